// An event or a number of treated and controls after weighting.

import DataTables
import Diagnostics
import Expressions
import Presentation
import Regression
import Survival

/// Weighted risks or means of both arms, and how they differ.
struct PropensityResponse {
  let comparison: WeightedMeanComparison
  let isBinary: Bool
  let label: String
  let eventNote: String?
  /// Rows and events by arm, controls first; not weighted.
  private let counts: [(rows: Int, events: Int)]
  private let clusterCount: Int

  /// - Parameter clusters: matched sets of the rows that have a weight.
  init(
    _ analysis: PropensityAnalysis, _ response: RegressionResponse, level: Double, clusters: GroupCodes? = nil
  ) throws {
    let frame = analysis.frame
    let kept = analysis.weights.weights.indices.filter { analysis.weights.weights[$0] > 0 }
    let rows = kept.compactMap { frame.cases.rows.indices.contains($0) ? frame.cases.rows[$0] : nil }
    guard case .numbers(let values) = response.gathered(rows) else {
      throw Diagnostic(
        .formulaSyntax, "counts of successes and failures have no place here", at: response.range,
        remedy: "name an event, such as died == 1, or a column of numbers")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        .notANumber, "the outcome is not a finite number in a row", at: response.range,
        remedy: "correct the data, or leave the rows out with 'where:'")
    }
    isBinary = values.allSatisfy { $0 == 0 || $0 == 1 }
    label = response.label
    eventNote = response.eventNote
    clusterCount = clusters?.names.count ?? 0
    let isTreated = kept.map { frame.isTreated[$0] }
    counts = [false, true].map { arm in
      let own = isTreated.indices.filter { isTreated[$0] == arm }
      return (own.count, own.count { values[$0] == 1 })
    }
    let found = WeightedMeanComparison(
      values: values, isSecond: isTreated, weights: kept.map { analysis.weights.weights[$0] },
      clusters: clusters?.codes, confidenceLevel: level)
    guard let found else { throw Diagnostic(.internalFault, "an arm has no weight") }
    comparison = found
  }

  private var level: Double { comparison.confidenceLevel }

  private func mean(_ arm: Int) -> Estimate {
    let interval = comparison.interval(of: arm, isProportion: isBinary)
    return Estimate(
      Quantity(comparison.means[arm]), lower: Quantity(interval?.lower, otherwise: .notEstimable),
      upper: Quantity(interval?.upper, otherwise: .notEstimable), level: level)
  }

  private func estimate(_ contrast: WeightedContrast?) -> Estimate {
    guard let contrast else { return .notEstimable }
    return Estimate(
      Quantity(contrast.estimate), lower: Quantity(contrast.lower, otherwise: .notEstimable),
      upper: Quantity(contrast.upper, otherwise: .notEstimable), level: level)
  }

  func addValues(to values: inout ResultValues) {
    let format: ValueFormat = isBinary ? .proportion : .number
    for (arm, name) in ["0", "1"].enumerated() {
      let path = (isBinary ? ".risk" : ".mean") + "[\"\(name)\"]"
      values.add(path, mean(arm), format)
      values.add(path + ".se", comparison.standardErrors[arm], format)
    }
    var contrasts: [(String, WeightedContrast?, ValueFormat)] = [
      (isBinary ? ".risk_difference" : ".difference", comparison.difference, format)
    ]
    if isBinary {
      contrasts += [(".risk_ratio", comparison.ratio, .ratio), (".or", comparison.oddsRatio, .ratio)]
    }
    for (path, contrast, format) in contrasts {
      values.add(path, estimate(contrast), format)
      values.add(
        path + ".se", Quantity(contrast?.standardError, otherwise: .notEstimable),
        format.kind == .ratio ? .coefficient : format)
      values.add(path + ".p", Quantity(contrast?.pValue, otherwise: .notEstimable), .pValue)
    }
  }

  func table(analysis: PropensityAnalysis, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    let own =
      isBinary
      ? [
        "Events", "Risk, % (\(interval))", "Risk difference, percentage points (\(interval))",
        "Risk ratio (\(interval))", "OR (\(interval))",
      ]
      : ["Mean (\(interval))", "Difference (\(interval))"]
    let columns = [TableColumn("Group", alignment: .left)] + (["N"] + own + ["P"]).map { TableColumn($0) }
    let arms = analysis.arms
    let format: ValueFormat = isBinary ? .percentage : .number
    let rows = [arms.control, arms.treated].enumerated().map { arm, name in
      var cells: [TableCell] = [.text(name), .count(counts[arm].rows)]
      if isBinary { cells.append(.count(counts[arm].events)) }
      cells.append(.estimate(mean(arm), format))
      if arm == 0 {
        cells += [.text("reference")] + (isBinary ? [.reference, .reference] : []) + [.empty]
      } else {
        cells.append(.estimate(estimate(comparison.difference), format))
        if isBinary {
          cells += [comparison.ratio, comparison.oddsRatio].map { .estimate(estimate($0), .ratio) }
        }
        cells.append(.pValue(Quantity(comparison.difference.pValue, otherwise: .notEstimable)))
      }
      return TableRow(cells)
    }
    var notes = isBinary ? ["N and events not weighted"] : ["N not weighted"]
    if let eventNote { notes.append(eventNote) }
    notes.append(
      "weighted \(isBinary ? "risks, their intervals on the logit scale" : "means"), variances robust over "
        + (clusterCount > 0 ? "\(clusterCount) matched sets" : "rows")
        + ", which take the \(analysis.stage) as known; P of the difference")
    return Table(
      name: "outcome", caption: "Outcome after \(analysis.stage): \(label.withinSentence)", columns: columns,
      rows: rows, notes: notes)
  }
}
