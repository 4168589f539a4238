// The rows that an author describes, as a table like the one a model was fitted to.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions

/// Patients given as `{age: 60, sex: male}`.
struct NewRows {
  let rows: [OptionMapping]
  let dataSet: DataSet
  /// The columns that the model uses.
  let names: [String]

  /// - Throws: all unknown variables and all missing values at once.
  func table() throws -> DataTable {
    var problems: [Diagnostic] = []
    for row in rows {
      for entry in row.entries where !names.contains(entry.key.string) {
        problems.append(
          Diagnostic(
            .unknownColumn, "the model has no variable '\(entry.key.string)'", at: entry.key.range(),
            remedy: NearMiss.remedy(for: entry.key.string, among: names)
              ?? "variables: \(names.joined(separator: ", "))"))
      }
      for name in names where row[name] == nil {
        problems.append(
          Diagnostic(
            .missingOption, "the patient has no value of '\(name)'", at: row.range, remedy: "add '\(name): …'"
          ))
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    let columns = try names.compactMap { name in
      try dataSet.table[name].map { try Self.column($0, rows.map { $0[name] }) }
    }
    return try DataTable(name: dataSet.id, columns: columns, rowCount: rows.count)
  }

  /// "Age 60, Sex male"
  func words(_ row: Int) -> String {
    guard rows.indices.contains(row) else { return "" }
    return rows[row].entries.map { entry in
      "\(dataSet.table[entry.key.string]?.label ?? entry.key.string) \(entry.value.scalar?.string ?? "")"
    }.joined(separator: ", ")
  }

  private static func column(_ source: Column, _ cells: [OptionTree?]) throws(Diagnostic) -> Column {
    func fault(_ code: DiagnosticCode, _ message: String, _ cell: OptionTree?, _ remedy: String?)
      -> Diagnostic
    {
      guard let range = cell?.range else { return Diagnostic(code, message, remedy: remedy) }
      return Diagnostic(code, message, at: range, remedy: remedy)
    }
    if source.type.hasLevels {
      var codes: [Int32] = []
      for cell in cells {
        let text = cell?.scalar?.string ?? ""
        guard let code = source.code(ofLevelOrValue: text) else {
          throw fault(
            .unknownLevel, "'\(source.name)' has no level '\(text)'", cell,
            NearMiss.remedy(for: text, among: source.levels)
              ?? "levels: \(source.levels.joined(separator: ", "))")
        }
        codes.append(code)
      }
      return Column(
        name: source.name, codes: codes, levels: source.levels, type: source.type, metadata: source.metadata)
    }
    if source.type == .flag {
      var flags: [Bool?] = []
      for cell in cells {
        switch cell?.scalar?.string ?? "" {
        case "true", "yes", "1", "TRUE", "True": flags.append(true)
        case "false", "no", "0", "FALSE", "False": flags.append(false)
        default: throw fault(.notAFlag, "'\(source.name)' needs true or false", cell, nil)
        }
      }
      return Column(name: source.name, flags: flags, metadata: source.metadata)
    }
    if source.type == .date {
      var days: [Int32] = []
      for cell in cells {
        guard let date = CalendarDate(cell?.scalar?.string ?? "") else {
          throw fault(.notADate, "'\(source.name)' needs a date such as 2003-01-31", cell, nil)
        }
        days.append(date.days)
      }
      return Column(name: source.name, days: days, metadata: source.metadata)
    }
    var numbers: [Double] = []
    for cell in cells {
      guard let number = cell?.scalar.flatMap({ Double($0.string) }), number.isFinite else {
        throw fault(.notANumber, "'\(source.name)' needs a number", cell, nil)
      }
      numbers.append(number)
    }
    return Column(name: source.name, numbers: numbers, metadata: source.metadata)
  }
}

extension RegressionFrame {
  /// The new rows with every column that the right side and the offset use.
  func newRows(_ rows: [OptionMapping]) -> NewRows {
    var names: [String] = []
    for (index, variable) in model.terms.variables.enumerated() where !model.terms.clusters.contains(index) {
      for use in variable.columnUses where !names.contains(use.name) { names.append(use.name) }
    }
    for name in offsetExpression?.columnNames ?? [] where !names.contains(name) { names.append(name) }
    return NewRows(rows: rows, dataSet: dataSet, names: names)
  }
}
