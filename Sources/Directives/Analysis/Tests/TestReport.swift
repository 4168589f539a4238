// What a test returns: named results and one table.

import Diagnostics
import Expressions
import HypothesisTests
import Presentation

/// Results of a test on their way to the document.
struct TestReport {
  var values = ResultValues()
  var columns: [TableColumn] = []
  var rows: [TableRow] = []
  var notes: [String] = []
  /// Below the first table.
  var furtherTable: Table?
  var warnings: [Diagnostic] = []
  let style: JournalStyle
  let level: Double

  var interval: String { IntervalWording.name(level: level, style: style.number) }

  func text(_ value: Double?, _ format: ValueFormat = .number) -> String {
    style.text(Quantity(value, otherwise: .notEstimable), format)
  }

  mutating func add(_ path: String, _ value: Double?, _ format: ValueFormat = .number) {
    values.add(path, Quantity(value, otherwise: .notEstimable), format)
  }

  func estimate(_ value: Double?, _ limits: Limits) -> Estimate {
    Estimate(
      Quantity(value, otherwise: .notEstimable), lower: Quantity(limits.lower, otherwise: .notEstimable),
      upper: Quantity(limits.upper, otherwise: .notEstimable), level: level)
  }

  mutating func addEstimate(
    _ value: Double?, _ limits: Limits, at path: String = ".estimate", _ format: ValueFormat = .number
  ) {
    values.add(path, estimate(value, limits), format)
  }

  /// `.statistic`, `.df`, `.p`.
  mutating func addTest(statistic: Double?, degreesOfFreedom: Double? = nil, pValue: Double?) {
    add(".statistic", statistic, .statistic)
    if let degreesOfFreedom { add(".df", degreesOfFreedom) }
    add(".p", pValue, .pValue)
  }

  mutating func addCounts(_ count: Int, missing: Int) {
    values.add(".n", count: count)
    values.add(".missing", count: missing)
    if missing > 0 {
      let rows = missing == 1 ? "row" : "rows"
      notes.append("\(text(Double(missing), .count)) \(rows) left out for missing values")
    }
  }

  /// "Welch's t test t = 3.42, df 18.3, P = 0.001"
  func sentence(
    _ name: String, _ symbol: String, _ statistic: Double?, _ degreesOfFreedom: [Double?] = [], _ p: Double?
  ) -> String {
    guard let statistic, let p else { return "\(name): not estimable" }
    let known = degreesOfFreedom.compactMap(\.self).map {
      NumberFormat.trimmed($0, digits: 1, style: style.number)
    }
    // Sums of ranks are whole or end in a half.
    let isRankSum = symbol == "W" || symbol == "V"
    let value =
      isRankSum
      ? NumberFormat.trimmed(statistic, digits: 15, style: style.number) : text(statistic, .statistic)
    let degrees = known.isEmpty ? "" : ", df \(known.joined(separator: " and "))"
    return "\(name) \(symbol) = \(value)\(degrees), \(style.pSentence(Quantity(p)))"
  }

  /// Whether the test itself has no value.
  var lacksTest: Bool {
    values.values.contains {
      ($0.path == ".p" || $0.path == ".statistic") && $0.content == .quantity(.notEstimable)
    }
  }

  /// N, mean (SD) and median (quartiles) of samples.
  mutating func describe(_ heading: String, names: [String], labels: [String], samples: [[Double]]) {
    columns = [
      TableColumn(heading, alignment: .left), TableColumn("N"),
      TableColumn("Mean (SD)", sharesDecimals: true),
      TableColumn("Median (Q1–Q3)", sharesDecimals: true),
    ]
    for (index, values) in samples.enumerated() {
      let sample = NumericSample(values)
      let path = "[\(ResultPath.quoted(names[index]))]"
      self.values.add(path + ".n", count: sample.count)
      add(path + ".mean", sample.mean)
      add(path + ".sd", sample.standardDeviation)
      add(path + ".median", sample.median)
      let quartiles = Estimate(
        Quantity(sample.median), lower: Quantity(sample.quantile(0.25)),
        upper: Quantity(sample.quantile(0.75)))
      rows.append(
        TableRow([
          .text(labels[index]), .count(sample.count),
          .pair(Quantity(sample.mean), Quantity(sample.standardDeviation), .number),
          .estimate(quartiles, .number),
        ]))
    }
  }
}
