// How a fitted model fills its table.

import Presentation

/// What a fitted model has to say for each line of its table.
struct RegressionEffects: Sendable {
  let rows: ModelRows
  /// By column of the design.
  let columns: [RegressionTable.Effect]
  /// P values of the joint tests of terms with several columns, by term of the design.
  let jointPValues: [Int: Double]
  /// Counts behind a line, one for each of the table's headings.
  let counts: @Sendable (ModelRow) -> [Int]

  func effect(of row: ModelRow, isRatio: Bool) -> RegressionTable.Effect {
    switch row.kind {
    case .heading:
      return RegressionTable.Effect(pValue: row.term.flatMap { jointPValues[$0] }.map { Quantity($0) })
    case .reference: return .none
    case .estimate:
      guard let column = row.column, columns.indices.contains(column) else { return .none }
      var effect = columns[column]
      effect.estimate = effect.estimate.map { row.printed($0, isRatio: isRatio) }
      return effect
    }
  }

  func counts(behind row: ModelRow) -> [Int]? {
    if row.term == nil { return nil }
    if row.kind != .heading { return counts(row) }
    // The columns of a spline have no lines of their own in print: its heading stands for all of them.
    return rows.rows.first { $0.term == row.term && $0.isBasis }.map(counts)
  }
}

extension RegressionTable {
  /// - Parameters:
  ///   - showsIntercept: whether the intercept has a line: ratios of it mean little.
  ///   - second: the estimate of a line on a second scale.
  ///   - univariable: the same line in the model of its variable alone; `nil` for a table without such models.
  init(
    _ measure: EffectMeasure, _ model: RegressionEffects, countHeadings: [String], level: Double,
    showsIntercept: Bool = false, coefficient: ((ModelRow) -> TableCell)? = nil,
    second: ((ModelRow) -> Estimate?)? = nil,
    univariable: ((ModelRow) -> (row: ModelRow, model: RegressionEffects)?)? = nil
  ) {
    self.init(
      measure: measure, level: level, countHeadings: countHeadings,
      lines: model.rows.rows.filter { showsIntercept || $0.term != nil }.map { row in
        Line(
          label: row.printedLabel, kind: row.kind, indent: row.indent, isIntercept: row.term == nil,
          isBasis: row.isBasis,
          counts: model.counts(behind: row), effect: model.effect(of: row, isRatio: measure.isRatio),
          univariable: univariable.flatMap { $0(row) }.map { single in
            Univariable(
              counts: single.model.counts(behind: single.row),
              effect: single.model.effect(of: single.row, isRatio: measure.isRatio))
          }, coefficient: coefficient.map { $0(row) } ?? .empty,
          second: second.flatMap { $0(row) })
      })
    isCompared = univariable != nil
  }
}
