// What tables and messages say of a regression's rows and columns.

import Diagnostics
import ModelFormula
import Presentation
import Regression

extension RegressionFrame {
  /// What a term is called in print.
  func label(ofTerm name: String) -> String {
    name.split(separator: ":").map { part in
      let variable = design.schema.terms.variables.first { $0.text == part }
      return variable.map { dataSet.printedName(of: $0) } ?? dataSet.table[String(part)]?.label
        ?? String(part)
    }.joined(separator: " × ")
  }

  /// Rows, weights, clusters and what was left out, for the note under a table.
  ///
  /// - Parameter isCompared: whether univariable estimates stand beside those of this model.
  func notes(_ style: JournalStyle, isCompared: Bool = false) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes: [String] = []
    if let event = response.eventNote { notes.append(event) }
    if let adjusted = design.adjustmentNote(dataSet), !isCompared || adjusted != "unadjusted" {
      notes.append(isCompared ? "multivariable estimates \(adjusted)" : adjusted)
    }
    notes += design.contrastNotes(dataSet) + design.interactionNotes(dataSet)
    if weights != nil { notes.append("weighted") }
    if let offset = design.offsetNote(dataSet, given: offsetExpression) { notes.append(offset) }
    if let excluded = cases.note(count: count) { notes.append(excluded) }
    return notes
  }

  /// Warnings about aliased columns and about the design.
  func designWarnings(_ coefficients: [CoefficientRow]) -> [Diagnostic] {
    var warnings = model.diagnostics + design.diagnostics
    if let column = dataSet.repeatedPatientColumn.flatMap({ dataSet.table[$0] }),
      let repeated = PatientCodes(column, rows: cases.rows).warning(
        isClustered: clusters != nil,
        remedy:
          "choose one row of each with 'where', or write 'cluster: \(column.name)' for a variance that knows of them",
        at: formula.source.range())
    {
      warnings.append(repeated)
    }
    let aliased = coefficients.indices.filter { coefficients[$0].status == .aliased }
    if !aliased.isEmpty {
      let names = aliased.map { "'\(coefficients[$0].name)'" }.joined(separator: ", ")
      warnings.append(
        Diagnostic(
          .warning, .aliased,
          "\(names) is aliased: other columns of the model determine it, so it is not estimable",
          at: range(ofColumn: aliased.first),
          remedy: "remove it from the formula, or one of the columns it depends on"))
    }
    return warnings
  }
}
