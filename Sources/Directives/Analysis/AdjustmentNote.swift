// Which variables the estimates of a model are adjusted for, as the note under its table says.

import DataTables
import Expressions
import ModelFormula

extension DesignMatrix {
  /// "adjusted for age, sex and centre"; "unadjusted" for a single variable, nothing for none.
  ///
  /// Every covariate of the model is named: each estimate is adjusted for the others.
  func adjustmentNote(_ dataSet: DataSet) -> String? {
    let variables = schema.terms.variables.filter { variable in
      switch variable.form {
      case .strata, .cluster, .offset: false
      case .column, .expression, .factor, .basis, .ridge: true
      }
    }
    let names = variables.map { dataSet.withinSentence(dataSet.printedName(of: $0)) }
    guard let last = names.last else { return nil }
    if names.count == 1 { return "unadjusted" }
    return "adjusted for \(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension DesignMatrix {
  /// "offset log(Follow-up)": what is added to the linear predictor of every row; `nil` for a model without.
  ///
  /// - Parameter given: the offset that an option names besides the formula's.
  func offsetNote(_ dataSet: DataSet, given: Expression? = nil) -> String? {
    let own = schema.terms.variables.filter { if case .offset = $0.form { true } else { false } }
      .map { variable in
        let name = dataSet.printedName(of: variable)
        return name.hasPrefix("offset(") ? String(name.dropFirst(7).dropLast()) : name
      }
    let names = own + (given.map { [dataSet.printedName(of: $0)] } ?? [])
    return names.isEmpty ? nil : "offset \(names.joined(separator: " + "))"
  }

  /// The terms in the words of readers: "age, log(Ki-67) and sex × stage".
  func termWords(_ dataSet: DataSet) -> String {
    let words = terms.map { term in
      term.text.split(separator: ":").map { part in
        let variable = schema.terms.variables.first { $0.text == part }
        return variable.map { dataSet.withinSentence(dataSet.printedName(of: $0)) } ?? String(part)
      }.joined(separator: " × ")
    }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension DataSet {
  /// A label within a sentence; the names of columns without one stay as they are.
  func withinSentence(_ label: String) -> String {
    table[label]?.label == label ? label : label.withinSentence
  }

  /// A variable of a formula as readers know it: the label of its column, also within a call: `log(Bilirubin)`.
  func printedName(of variable: FormulaVariable) -> String {
    let uses = variable.columnUses
    guard let name = uses.first?.name, uses.allSatisfy({ $0.name == name }), let label = table[name]?.label
    else { return variable.text }
    if case .basis(let call) = variable.form { return "\(label) (\(call.words))" }
    if case .factor = variable.form { return label }
    guard label != name else { return variable.text }
    switch variable.form {
    case .column, .factor: return label
    case .basis, .expression, .ridge, .strata, .cluster, .offset:
      return Self.replacing(name, with: label, in: variable.text)
    }
  }

  /// A call in the words of readers, `log(Bilirubin)`; comparisons with their signs as in print.
  func printedName(of expression: Expression) -> String {
    let names = Set(expression.columnNames)
    // An event coded 0 and 1 is what its column is called.
    if names.count == 1, let column = names.first.flatMap({ table[$0] }), column.metadata.label != nil,
      ["\(column.name) == 1", "\(column.name) == true"].contains(expression.words)
    {
      return column.label
    }
    guard expression.words.hasSuffix(")"), names.count == 1, let name = names.first,
      let label = table[name]?.label, label != name
    else {
      return expression.words.hasSuffix(")") ? expression.words : readable(expression.words)
    }
    return Self.replacing(name, with: label, in: expression.words)
  }

  /// Whole words only, the text of the call otherwise as it was written.
  private static func replacing(_ name: String, with label: String, in text: String) -> String {
    var result = ""
    var word = ""
    func finished() -> String { word == name ? label : word }
    for character in text {
      if character.isLetter || character.isNumber || character == "_" || character == "." {
        word.append(character)
      } else {
        result += finished()
        result.append(character)
        word = ""
      }
    }
    return (result + finished()).replacing("`", with: "")
  }
}

extension BasisCall {
  fileprivate var words: String {
    switch kind {
    case .polynomial: "polynomial"
    case .naturalSpline, .bSpline, .restrictedCubicSpline, .penalisedSpline: "spline"
    }
  }
}
