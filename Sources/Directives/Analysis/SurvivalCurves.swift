// Survival curves as results: the values, the table and the figure that Kaplan–Meier and follow-up share.

import Diagnostics
import Expressions
import Presentation
import Survival

/// The curves of all groups together and of each group, with what the author wants to know of them.
struct SurvivalCurves: Sendable {
  /// The estimate without regard to groups.
  let pooled: SurvivalCurve
  /// One per group; empty when the formula has none.
  let curves: [SurvivalCurve]
  let frame: SurvivalFrame
  let times: [Double]
  let quantiles: [Double]
  /// How quantiles are read off, and what stands where a curve has ended.
  let rules: Compatibility
  let restrictionTime: Double?
  let confidenceLevel: Double
  /// "Events", "Censored": what the curves count as their event.
  let eventHeading: String
  /// Whether the table gives the cumulative hazard.
  var showsHazard = false
  /// Whether the curves are those of follow-up, where the end of observation is the event.
  var isReversed = false

  var quantileRule: QuantileRule { rules.quantileRule.rule }

  /// What the note under the table says of rules that are not Meier's own.
  var ruleNotes: [String] {
    let isBeyond = rows.contains { row in times.contains { row.curve.at($0).survival == nil } }
    return rules.notes(Compatibility.quantileRuleChoice, Compatibility.nearEqualChoice)
      + (isBeyond ? rules.notes(Compatibility.beyondChoice) : []) + endedNotes
  }

  /// Groups that nobody was left of: their curve is 0 at its end, and times after it are not estimated all the same.
  private var endedNotes: [String] {
    let ended = rows.filter { row in
      row.curve.survival.last == 0 && times.contains { row.curve.at($0).survival == nil }
    }
    guard !ended.isEmpty, rules.beyondLastTime == .notEstimable else { return [] }
    let names = frame.groups == nil ? "" : " of " + ended.map(\.name).joined(separator: ", ")
    return ["S(t) is not estimated after the last observed time, at which the curve\(names) is 0"]
  }

  /// The curves of the table's rows, each with the path of its results.
  var rows: [(name: String, path: String, curve: SurvivalCurve)] {
    guard let groups = frame.groups else { return [("All", "", pooled)] }
    return curves.indices.map { (groups.headings[$0], groups.path($0), curves[$0]) }
  }

  /// Times with the decimals that the dictionary gives the time column.
  var timeFormat: ValueFormat { .time.digits(frame.times.timeColumn?.metadata.digits) }

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.landmark?.addValues(to: &values)
    if let patients = frame.patientCount() { values.add(".patients", count: patients) }
    addValues(of: pooled, at: "", to: &values)
    if frame.groups != nil {
      for (group, row) in rows.enumerated() {
        values.add(
          row.path + ".n", count: frame.rowCount(group: group, otherwise: row.curve.rowCount))
        if let patients = frame.patientCount(group: group) {
          values.add(row.path + ".patients", count: patients)
        }
        addValues(of: row.curve, at: row.path, to: &values)
      }
    }
  }

  private func addValues(of curve: SurvivalCurve, at path: String, to values: inout ResultValues) {
    // "Events" and "censored" always mean those of the outcome.
    let others = curve.weightSum - curve.eventCount
    values.add(path + ".events", isReversed ? others : curve.eventCount, .count)
    values.add(path + ".censored", isReversed ? curve.eventCount : others, .count)
    values.add(
      path + ".median", estimate(curve.median(rule: quantileRule)), timeFormat, followedTo: curve.lastTime)
    for probability in quantiles {
      values.add(
        path + ".quantile(\(ShortestNumber.text(probability)))",
        estimate(curve.quantile(probability, rule: quantileRule)), timeFormat, followedTo: curve.lastTime)
    }
    for time in times { add(curve.at(time), at: path + ".at(\(ShortestNumber.text(time)))", to: &values) }
    if let restrictionTime {
      let mean = curve.restrictedMean(upTo: restrictionTime)
      let name = path + ".restricted_mean(\(ShortestNumber.text(restrictionTime)))"
      values.add(name, estimate(mean), timeFormat, isDegenerate: !mean.hasKnownError)
      values.add(name + ".se", Quantity(mean.standardError, otherwise: .notEstimable), timeFormat)
    }
  }

  private func add(_ point: SurvivalEstimate, at path: String, to values: inout ResultValues) {
    func quantity(_ value: Double?) -> Quantity { Quantity(value, otherwise: .notEstimable) }
    values.add(path + ".survival", survival(point), .proportion)
    values.add(path + ".survival.se", quantity(point.standardError), .proportion)
    values.add(path + ".cumulative_hazard", hazard(point), .number)
    values.add(path + ".cumulative_hazard.se", quantity(point.cumulativeHazardStandardError), .number)
    // Beyond the last observed time nothing is known, not even that nobody is left.
    func count(_ value: Double) -> Quantity { point.survival == nil ? .notEstimable : Quantity(value) }
    let (events, censored) = (count(point.cumulativeEvents), count(point.cumulativeCensored))
    values.add(path + ".at_risk", count(point.atRisk), .count)
    values.add(path + ".events", isReversed ? censored : events, .count)
    values.add(path + ".censored", isReversed ? events : censored, .count)
  }

  func survival(_ point: SurvivalEstimate) -> Estimate {
    Estimate(
      Quantity(point.survival, otherwise: .notEstimable),
      lower: Quantity(point.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(point.confidenceInterval.upper, otherwise: .notEstimable), level: confidenceLevel)
  }

  func hazard(_ point: SurvivalEstimate) -> Estimate {
    Estimate(
      point.cumulativeHazard, point.cumulativeHazardInterval(level: confidenceLevel), level: confidenceLevel)
  }

  func estimate(_ quantile: QuantileEstimate) -> Estimate {
    // A curve that came down to its quantile took its lower limit along, unless it has none: all died at one time.
    let hasLimits = quantile.time == nil || quantile.confidenceInterval.lower != nil
    let reason: Quantity = hasLimits ? .notReached : .notEstimable
    return Estimate(
      Quantity(quantile.time, otherwise: .notReached),
      lower: Quantity(quantile.confidenceInterval.lower, otherwise: reason),
      upper: Quantity(quantile.confidenceInterval.upper, otherwise: reason), level: confidenceLevel)
  }

  func estimate(_ mean: RestrictedMean) -> Estimate {
    Estimate(
      Quantity(mean.mean, otherwise: .notEstimable),
      lower: Quantity(mean.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(mean.confidenceInterval.upper, otherwise: .notEstimable), level: confidenceLevel)
  }

  // MARK: Table

  /// One row per group: N, events, median, and the curve at the times asked for.
  func table(caption: String, notes: [String], style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: confidenceLevel, style: style.number)
    let unit = frame.times.unit
    let inUnit = unit.map { ", \($0)" } ?? ""
    var columns = [
      TableColumn(frame.grouping?.label ?? "", alignment: .left), TableColumn(frame.countHeading),
      TableColumn(eventHeading),
    ]
    let others = quantiles.filter { $0 != 0.5 }
    columns.append(TableColumn("Median\(inUnit) (\(interval))"))
    for probability in others {
      let percent = NumberFormat.trimmed(probability * 100, digits: 4, style: style.number)
      columns.append(TableColumn("\(percent)% quantile\(inUnit) (\(interval))"))
    }
    for time in times {
      columns.append(TableColumn("\(TimeText.words(time, unit: unit, style: style)), % (\(interval))"))
    }
    for time in times where showsHazard {
      let words = NumberFormat.trimmed(time, digits: 6, style: style.number)
      columns.append(TableColumn("H(\(words)) (\(interval))"))
    }
    if let restrictionTime {
      let words = NumberFormat.trimmed(restrictionTime, digits: 6, style: style.number)
      columns.append(TableColumn("Mean to \(words)\(inUnit) (\(interval))"))
    }
    let names = frame.groups?.rowNames ?? rows.map(\.name)
    let body = zip(names, rows).enumerated().map { index, named -> TableRow in
      let (name, curve) = (named.0, named.1.curve)
      let patients = frame.patientCount(group: frame.groups == nil ? nil : index)
      var cells: [TableCell] = [
        .text(name), patients.map { .count($0) } ?? .count(curve.weightSum), .count(curve.eventCount),
        .estimate(estimate(curve.median(rule: quantileRule)), timeFormat),
      ]
      for probability in others {
        cells.append(.estimate(estimate(curve.quantile(probability, rule: quantileRule)), timeFormat))
      }
      for time in times { cells.append(cell(curve.at(time))) }
      for time in times where showsHazard { cells.append(.estimate(hazard(curve.at(time)), .coefficient)) }
      if let restrictionTime {
        let mean = estimate(curve.restrictedMean(upTo: restrictionTime))
        cells.append(.estimate(mean.printed, timeFormat))
      }
      return TableRow(cells)
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  private func cell(_ point: SurvivalEstimate) -> TableCell {
    switch (point.survival, rules.beyondLastTime) {
    case (nil, .blank): .empty
    case (nil, .missing): .text(".")
    default: .estimate(survival(point), .percentage)
    }
  }
}
