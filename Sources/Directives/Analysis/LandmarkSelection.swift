// Analyses of those still under observation at a landmark, with time counted from there.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// What a landmark left out.
struct LandmarkSelection: Sendable {
  let time: Double
  let eventsBefore: Int
  let censoredBefore: Int

  static let option = OptionKey(
    optional: "landmark", .number(in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude),
    "a time at which to begin: only rows still under observation after it, their time counted from there")

  /// Rows and times of an analysis, restricted and counted anew where there is a landmark.
  struct FollowUp {
    let dataSet: DataSet
    let times: SurvivalTimes
    let selection: LandmarkSelection?
  }

  /// - Throws: `no-rows` when nobody is left.
  static func apply(
    _ landmark: Double?, at range: SourceRange, formula: Formula, dataSet: DataSet, threads: Int
  ) throws -> FollowUp {
    let times = try SurvivalTimes(formula, in: dataSet, threads: threads)
    guard let landmark else { return FollowUp(dataSet: dataSet, times: times, selection: nil) }
    let (time, event) = (times.columns.time, times.columns.event)
    var mask = [Bool](repeating: true, count: dataSet.table.rowCount)
    var (events, censored, known) = (0, 0, 0)
    for row in mask.indices where row < time.count && !time[row].isNaN {
      if Landmark.isBeyond(time[row], landmark) {
        known += 1
        continue
      }
      mask[row] = false
      if event[row] == 1 { events += 1 } else { censored += 1 }
    }
    guard known > 0 else {
      throw Diagnostic(
        .noRows, "nobody of '\(dataSet.id)' is under observation after the landmark", at: range,
        remedy: "choose an earlier landmark")
    }
    let left = dataSet.with(dataSet.table.filtered(mask: mask))
    let restarted = try SurvivalTimes(formula, in: left, threads: threads).counted(from: landmark)
    return FollowUp(
      dataSet: left, times: restarted,
      selection: LandmarkSelection(time: landmark, eventsBefore: events, censoredBefore: censored))
  }

  /// "landmark 12 months: 45 rows with an earlier event and 30 censored earlier left out, time counted from there"
  func note(unit: String?, _ style: JournalStyle) -> String {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    let words = TimeText.words(time, unit: unit, style: style)
    return
      "landmark \(words): \(count(eventsBefore)) with the event and \(count(censoredBefore)) censored by then left out, time counted from there"
  }

  func addValues(to values: inout ResultValues) {
    values.add(".landmark.events_before", count: eventsBefore)
    values.add(".landmark.censored_before", count: censoredBefore)
  }
}
