// A propensity score with its weights: named results, the balance table and the love plot.

import DataTables
import Diagnostics
import Expressions
import Figures
import ModelFormula
import NumericalMethods
import Presentation
import Regression

/// Weighting by a propensity score as other directives find it.
struct PropensityAnalysis: AnalysedRows {
  let id: String
  let frame: PropensityFrame
  let score: PropensityScore
  let coefficients: [CoefficientRow]
  let weights: PropensityWeights
  let estimand: PropensityWeights.Estimand
  /// What made the groups alike: weighting or matching.
  var stage = "weighting"
  let knownLines = OnceValue<[Line]>()

  var dataSet: DataSet { frame.dataSet }
  var cases: CompleteCases { frame.cases }
  var arms: TreatmentArms { frame.arms }

  // MARK: Balance

  /// One line of the balance table; headings have no balance.
  struct Line: Sendable {
    let label: String
    let indent: Int
    let path: String
    let balance: PropensityWeights.Balance?
    let isShare: Bool
  }

  /// Every covariate, each level of a factor on a line of its own.
  var lines: [Line] { knownLines.value { frame.balance.flatMap { lines(of: $0) } } }

  private func lines(of column: Column) -> [Line] {
    let path = ModelRows.path([column.name])
    guard column.type.hasLevels else {
      let unit = column.type.isNumeric ? column.metadata.unit.map { ", \($0)" } ?? "" : ""
      let isFlag = column.type == .flag
      return [
        Line(
          label: column.label + unit, indent: 0, path: path,
          balance: weights.balance(of: column.numbers().gathered(cases.rows), isShare: isFlag),
          isShare: isFlag)
      ]
    }
    let codes = column.factorCodes().gathered(cases.rows)
    var isUsed = [Bool](repeating: false, count: column.levels.count)
    for code in codes where isUsed.indices.contains(Int(code)) { isUsed[Int(code)] = true }
    let balances = weights.balances(ofCodes: codes, levelCount: column.levels.count)
    return [Line(label: column.label, indent: 0, path: path, balance: nil, isShare: false)]
      + column.levels.indices.filter { isUsed[$0] }.map { level in
        Line(
          label: column.levels[level], indent: 1, path: ModelRows.path([column.name, column.levels[level]]),
          balance: balances[level], isShare: true)
      }
  }

  // MARK: Named results

  /// - Parameter rows: how many rows' own scores and weights are among the results.
  func addValues(to values: inout ResultValues, rows: Int) {
    values.add(".n", count: cases.rows.count)
    values.add(".missing", count: cases.excludedCount)
    values.add(".treated", count: weights.isTreated.count { $0 })
    addCoefficients(to: &values)
    let described = [("score", weights.scores, ValueFormat.proportion), ("weight", weights.weights, .number)]
    for (name, numbers, format) in described {
      for (index, value) in numbers.prefix(rows).enumerated() {
        values.add(".\(name)(\(index + 1))", value, format)
      }
      values.add(".\(name).sum", CompensatedSum.of(numbers), .number)
      values.add(".\(name).min", numbers.min() ?? .nan, format)
      values.add(".\(name).max", numbers.max() ?? .nan, format)
      values.add(".\(name).sum_of_squares", CompensatedSum.of(numbers.lazy.map { $0 * $0 }), .number)
    }
    for (name, treated) in [("treated", true), ("control", false)] {
      values.add(
        ".effective_sample_size[\"\(name)\"]", weights.effectiveSampleSize(treated: treated), .number)
    }
    addBalance(to: &values)
  }

  func addCoefficients(to values: inout ResultValues) {
    for (column, row) in zip(frame.design.columns, coefficients) {
      let name = ModelRows.path(column.origin.pathArguments)
      values.add(".coefficient\(name)", Quantity(row.estimate, otherwise: .notEstimable), .coefficient)
    }
  }

  func addBalance(to values: inout ResultValues) {
    for line in lines {
      guard let balance = line.balance else { continue }
      values.add(".balance\(line.path).before", balance.before, .number)
      values.add(".balance\(line.path).after", balance.after, .number)
    }
  }

  /// Covariates that still differ.
  func imbalanceNotes(_ style: JournalStyle) -> [String] {
    let limit = style.text(Quantity(0.1), ValueFormat(.number, digits: 1))
    let count = lines.count { ($0.balance?.after.magnitude ?? 0) > 0.1 }
    return count == 0
      ? [] : ["\(count) \(count == 1 ? "line differs" : "lines differ") by more than \(limit) after \(stage)"]
  }

  // MARK: Table and figure

  func notes(truncation: Double, isStabilised: Bool, style: JournalStyle) -> [String] {
    func text(_ value: Double, _ format: ValueFormat = .number) -> String {
      style.text(Quantity(value), format)
    }
    let treated = weights.isTreated.count { $0 }
    var notes = [
      "propensity score of \(arms.scoreWords(frame.treatmentWords)) by logistic regression on "
        + frame.design.termWords(frame.dataSet),
      "weights for the \(estimand.words)" + (isStabilised ? ", stabilised" : ""),
      "\(arms.treated) \(text(Double(treated), .count)), \(arms.control) "
        + text(Double(weights.isTreated.count - treated), .count) + ", effective sample sizes "
        + "\(text(weights.effectiveSampleSize(treated: true))) and "
        + text(weights.effectiveSampleSize(treated: false)),
      "weights \(text(weights.weights.min() ?? .nan)) to \(text(weights.weights.max() ?? .nan))",
    ]
    if truncation > 0 {
      let percent = NumberFormat.trimmed(truncation * 100, digits: 2, style: style.number)
      notes.append("cut at their outermost \(percent)% on either side")
    }
    notes.append("differences in units of the unweighted mean standard deviation, \(arms.words)")
    notes += imbalanceNotes(style) + stabilityNotes(style)
    if let excluded = cases.note(count: { text(Double($0), .count) }) { notes.append(excluded) }
    return notes
  }

  func table(caption: String, notes: [String]) -> Table {
    let groups = ["Before \(stage)", "After \(stage)"]
    let columns =
      [TableColumn("Covariate", alignment: .left)]
      + groups.flatMap { group in
        (arms.headings + ["Difference"]).map {
          TableColumn($0, group: group)
        }
      }
    let two = ValueFormat(.number, digits: 2)
    let rows = lines.map { line -> TableRow in
      guard let balance = line.balance else { return .header(line.label) }
      let format: ValueFormat = line.isShare ? .percentage : .number
      func mean(_ value: Double) -> TableCell { .quantity(Quantity(value + balance.origin), format) }
      return TableRow(
        [
          .text(line.isShare ? line.label + ", %" : line.label),
          mean(balance.treated), mean(balance.control), .quantity(Quantity(balance.before), two),
          mean(balance.weightedTreated), mean(balance.weightedControl),
          .quantity(Quantity(balance.after), two),
        ], indent: line.indent)
    }
    return Table(caption: caption, columns: columns, rows: rows, notes: notes)
  }

  func figure(title: String, request: FigureRequest, style: JournalStyle) -> Figure {
    BalanceFigure(
      id: id, title: title,
      stages: ["Before \(stage)", "After \(stage)"],
      rows: lines.map { line in
        BalanceFigure.Row(
          line.label, indent: line.indent,
          differences: line.balance.map { [$0.before, $0.after].map { $0.isFinite ? $0 : nil } } ?? [])
      }, style: request.style(style)
    ).figure()
  }
}
