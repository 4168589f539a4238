// The tables of a parametric survival model.

import Expressions
import NumericalMethods
import Presentation
import Survival

extension ParametricAnalysis {
  /// Coefficients with their errors, and the ratios that are read from them; the intercept and the scale below.
  func table(_ table: RegressionTable, caption: String, style: JournalStyle) -> Table {
    table.table(
      caption: caption, notes: notes(style),
      parameters: parameterRows(columnCount: table.columns(style).count), style: style)
  }

  /// The coefficient with its standard error, of the change that the dictionary asks for.
  func coefficientCell(_ row: ModelRow) -> TableCell {
    let table = fit.coefficientTable
    guard row.kind == .estimate, let column = row.column, table.indices.contains(column + 1) else {
      return .empty
    }
    return cell(table[column + 1], units: row.per?.units ?? 1)
  }

  private func cell(_ coefficient: ParametricCoefficient, units: Double = 1) -> TableCell {
    if measure == nil { return .estimate(coefficient.estimate(level: level), .coefficient) }
    return .pair(
      coefficient.quantity(units * coefficient.estimate),
      coefficient.status == .estimated ? Quantity(units.magnitude * coefficient.standardError) : .missing,
      .coefficient)
  }

  /// The intercept, the scales and shapes.
  private func parameterRows(columnCount: Int) -> [TableRow] {
    func row(_ name: String, _ cell: TableCell) -> TableRow {
      let cells: [TableCell] = [.text(name), .empty, .empty, cell]
      return TableRow(cells + Array(repeating: .empty, count: columnCount - cells.count))
    }
    var body: [TableRow] = []
    if let intercept = fit.coefficientTable.first { body.append(row("Intercept", cell(intercept))) }
    for parameter in parameters {
      body.append(
        row(
          parameter.name,
          .pair(
            Quantity(parameter.estimate), Quantity(parameter.standardError),
            Self.format(parameter.standardError))))
    }
    return body
  }

  /// Enough digits for a shape per day.
  private static func format(_ standardError: Double) -> ValueFormat {
    var digits = 3
    while digits < 9, standardError > 0, standardError * Elementary.pow(10, Double(digits)) < 5 {
      digits += 1
    }
    return ValueFormat(.coefficient, digits: digits)
  }

  private func notes(_ style: JournalStyle) -> [String] {
    let family = distribution.family
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes = ["\(distribution.rawValue) model, \(scaleWords), maximum likelihood, Wald intervals"]
    if family.isProportionalHazards, family != .gompertz, fit.logHazardRatios?.isEmpty == false {
      notes.append(
        family == .exponential
          ? "hazard ratios exp(−coefficient)" : "hazard ratios exp(−coefficient/scale), by the delta method")
    }
    notes.append("\(count(frame.cases.rows.count)) rows, \(count(fit.eventCount)) events")
    notes += [frame.design.adjustmentNote(frame.dataSet)].compactMap(\.self)
    notes += frame.design.interactionNotes(frame.dataSet)
    if let strata = frame.strata { notes.append("a scale for each of \(strata.groupCount) strata") }
    if frame.outcome.weights != nil { notes.append("weighted") }
    if !frame.times.eventNote.isEmpty { notes.append(frame.times.eventNote) }
    if let excluded = frame.cases.note(count: count) { notes.append(excluded) }
    if let test = fit.likelihoodRatioTest { notes.append(test.note("likelihood ratio", style: style)) }
    notes.append("AIC \(style.text(Quantity(fit.aic), .statistic))")
    notes += frame.design.jointTestNotes(frame.dataSet, style) { columns, direction in
      waldTest(columns: columns, along: direction).map { JointTest($0) }
    }
    if !fit.infinite.isEmpty {
      notes.append("withheld: the likelihood has no maximum in this coefficient (separation)")
    }
    return notes
  }

  private var scaleWords: String {
    let family = distribution.family
    if family.isAcceleratedFailureTime { return "coefficients of log time" }
    return family == .gompertz ? "coefficients of the log hazard" : "coefficients of time"
  }
}

/// Quantiles and survival predicted for patients that the author describes.
struct ParametricPredictions {
  let analysis: ParametricAnalysis
  let rows: PredictionRows
  let quantiles: [Double]
  let times: [Double]

  func add(to values: inout ResultValues, style: JournalStyle) -> OutputBlock {
    let fit = analysis.fit
    var body: [TableRow] = []
    for row in rows.words.indices {
      let (x, stratum, offset) = (rows.values(row), rows.strata?[row] ?? 0, rows.offset?[row] ?? 0)
      let path = ".prediction(\(row + 1))"
      var cells: [TableCell] = [.text(rows.words[row])]
      for p in quantiles {
        let found = fit.quantile(p, row: x, stratum: stratum, offset: offset)
        let name = path + ".quantile(\(ShortestNumber.text(p)))"
        let isFinite = found?.time.isFinite ?? false
        let estimate = estimate(
          isFinite
            ? Quantity(found?.time, otherwise: .notEstimable) : found == nil ? .notEstimable : .notReached,
          found?.confidenceInterval)
        values.add(name, estimate, .time)
        values.add(name + ".se", Quantity(found?.standardError, otherwise: .notEstimable), .time)
        cells.append(.estimate(estimate, .time))
      }
      for time in times {
        let found = fit.survival(at: time, row: x, stratum: stratum, offset: offset)
        let name = path + ".at(\(ShortestNumber.text(time))).survival"
        let estimate = estimate(
          Quantity(found?.survival, otherwise: .notEstimable), found?.confidenceInterval)
        values.add(name, estimate, .proportion)
        values.add(name + ".se", Quantity(found?.standardError, otherwise: .notEstimable), .proportion)
        cells.append(.estimate(estimate, .percentage))
      }
      body.append(TableRow(cells))
    }
    return PredictionRows.table(
      body, caption: "Predicted survival times", headings: headings(style),
      notes: [
        "from the \(analysis.distribution.rawValue) model \(analysis.id)", "intervals by the delta method",
      ])
  }

  private func estimate(_ value: Quantity, _ interval: ConfidenceInterval?) -> Estimate {
    Estimate(
      value, lower: Quantity(interval?.lower, otherwise: .notEstimable),
      upper: Quantity(interval?.upper, otherwise: .notEstimable), level: analysis.level)
  }

  private func headings(_ style: JournalStyle) -> [String] {
    let interval = IntervalWording.name(level: analysis.level, style: style.number)
    let unit = analysis.frame.times.unit
    let inUnit = unit.map { ", \($0)" } ?? ""
    return quantiles.map { p in
      let percent = NumberFormat.trimmed(p * 100, digits: 4, style: style.number)
      return p == 0.5 ? "Median\(inUnit) (\(interval))" : "\(percent)% quantile\(inUnit) (\(interval))"
    }
      + times.map {
        "\(NumberFormat.trimmed($0, digits: 6, style: style.number))\(unit.map { " \($0)" } ?? ""), % (\(interval))"
      }
  }
}
