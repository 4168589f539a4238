// The variables of a frame one by one: for groups, and for saying why rows are left out.

import DataTables

extension ModelFrame {
  /// Whether each row lacks a value of the variable; `nil` when none does.
  public func missingMask(of variable: Int) -> [Bool]? {
    guard contents.indices.contains(variable) else { return nil }
    let columns = contents[variable].columns.filter { $0.missingCount > 0 }
    guard var mask = columns.first?.missingMask() else { return nil }
    for column in columns.dropFirst() {
      for (row, isMissing) in column.missingMask().enumerated() where isMissing { mask[row] = true }
    }
    return mask
  }

  /// What the reader knows the variable by: its column's label, else the text of the call.
  public func label(of variable: Int) -> String {
    guard contents.indices.contains(variable) else { return "" }
    let columns = contents[variable].columns
    if case .column = terms.variables[variable].form, let column = columns.first { return column.label }
    if case .groups = contents[variable] { return columns.map(\.label).joined(separator: ", ") }
    return terms.variables[variable].text
  }

  /// The variable as a column of levels: numbers and days ascending, false before true.
  public func factor(of variable: Int) -> Column? {
    guard contents.indices.contains(variable), let column = contents[variable].columns.first else {
      return nil
    }
    return column.asLevels()
  }

  /// The column behind a variable that is one column.
  public func column(of variable: Int) -> Column? {
    guard contents.indices.contains(variable) else { return nil }
    return contents[variable].columns.first
  }
}
