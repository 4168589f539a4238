// Where the line of a variable holds that the model lets interact with others.

import DataTables
import ModelFormula

extension DesignMatrix {
  /// "beside interactions, the line of age holds at sex: female, that of sex at age: 0"; empty without interactions.
  func interactionNotes(_ dataSet: DataSet) -> [String] {
    let variables = schema.terms.variables
    let joint = terms.filter { $0.degree > 1 && !$0.columns.isEmpty }
    let lines = variables.indices.compactMap { index -> (name: String, places: String)? in
      guard terms.contains(where: { $0.variables == [index] && !$0.isStrata && !$0.columns.isEmpty }) else {
        return nil
      }
      var partners: [Int] = []
      for term in joint where term.variables.contains(index) {
        partners += term.variables.filter { $0 != index && !partners.contains($0) }
      }
      guard !partners.isEmpty else { return nil }
      let places = partners.map { self.place(of: $0, dataSet) }.joined(separator: " and ")
      return (dataSet.withinSentence(dataSet.printedName(of: variables[index])), places)
    }
    guard let first = lines.first else { return [] }
    let rest = lines.dropFirst().map { ", that of \($0.name) at \($0.places)" }.joined()
    return ["beside interactions the line of \(first.name) holds at \(first.places)\(rest)"]
  }

  /// The value of a variable at which the others' own lines hold: its reference, or 0.
  private func place(of variable: Int, _ dataSet: DataSet) -> String {
    let name = dataSet.withinSentence(dataSet.printedName(of: schema.terms.variables[variable]))
    guard schema.codings.indices.contains(variable) else { return name }
    switch schema.codings[variable] {
    case .factor(let factor):
      guard factor.contrast == .treatment || factor.isFlag, let reference = factor.reference else {
        return "the average of \(name)"
      }
      return "\(name): \(GroupHeadings.word(reference, isFlag: factor.isFlag))"
    case .basis, .ridge: return "0 of all columns of \(name)"
    case .number, nil: return "\(name): 0"
    }
  }
}
