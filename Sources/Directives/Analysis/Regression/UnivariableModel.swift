// Models of one variable each, beside the multivariable regression.

import ModelFormula
import Presentation

/// The model of one term alone.
struct UnivariableModel: Sendable {
  let term: String
  let frame: RegressionFrame
  let rows: ModelRows
  let coefficients: RegressionCoefficients
  /// Rows behind a line, and events where the outcome has them.
  let counts: @Sendable (ModelRow) -> [Int]

  /// One model per main effect, with the offsets and clusters of the whole.
  static func all(
    of frame: RegressionFrame, _ source: RegressionFrame.Source, _ mode: CoxDirective.Univariable,
    fit: (RegressionFrame) throws -> RegressionCoefficients,
    counts: (RegressionFrame) -> @Sendable (ModelRow) -> [Int]
  ) throws -> [UnivariableModel] {
    guard mode != .no else { return [] }
    let terms = frame.model.terms
    return try terms.terms.filter { $0.degree == 1 }.compactMap { term in
      let own = try RegressionFrame(
        source, formula: try frame.formula.univariable(term, terms),
        rows: mode == .sameRows ? frame.cases.rows : nil)
      // A variable that does not vary has no model of its own.
      guard own.design.columns.contains(where: { $0.origin.term != nil }) else { return nil }
      return UnivariableModel(
        term: term.text, frame: own, rows: ModelRows(own.design, dataSet: own.dataSet),
        coefficients: try fit(own), counts: counts(own))
    }
  }

  func addValues(to values: inout ResultValues) {
    rows.addValues(frame, coefficients, at: ".univariable", to: &values) { row in
      let found = counts(row)
      return found.count == 2 ? [".n": found[0], ".events": found[1]] : [".n": found.first ?? 0]
    }
  }

  /// The line of a multivariable table in the model of its variable alone; `nil` for a table without such models.
  static func lines(
    _ models: [UnivariableModel], _ frame: RegressionFrame
  ) -> ((ModelRow) -> (row: ModelRow, model: RegressionEffects)?)? {
    guard !models.isEmpty else { return nil }
    let effects = models.map { model in
      (
        term: model.term,
        effects: model.coefficients.effects(model.rows, model.frame.design, counts: model.counts)
      )
    }
    return { row in
      guard let index = row.term, frame.design.terms.indices.contains(index),
        let single = effects.first(where: { $0.term == frame.design.terms[index].text })?.effects,
        let line = single.rows.rows.first(where: { $0.path == row.path && $0.kind == row.kind })
      else { return nil }
      return (line, single)
    }
  }

  /// On which rows the models stand.
  static func notes(_ models: [UnivariableModel], _ frame: RegressionFrame) -> [String] {
    guard !models.isEmpty else { return [] }
    let isSame = models.allSatisfy { $0.frame.cases.rows.count == frame.cases.rows.count }
    return [
      isSame ? "univariable models on the same rows" : "univariable models on all rows with the variable"
    ]
  }
}
