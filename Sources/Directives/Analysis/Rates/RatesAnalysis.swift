// Event rates as results: what they are compared by, the values and the table.

import Expressions
import Presentation
import Survival

/// The rates of all groups with everything that the author wants to know of them.
struct RatesAnalysis {
  let frame: SurvivalFrame
  let rates: EventRates
  /// The group that others are compared with; `nil` without groups.
  let reference: Int?
  let ratios: [Ratio]
  /// None unless asked for.
  let differences: [RateDifference]
  /// Observed over expected events, of each group and of all; `nil` unless expected events are given.
  let standardized: (groups: [StandardizedRatio], total: StandardizedRatio)?
  /// Units of person-time that a rate is given for.
  let scale: Double

  private var level: Double { rates.confidenceLevel }

  /// A rate ratio, of all rows or common to the strata.
  struct Ratio {
    let name: String
    let estimate: Estimate
    let pValue: Quantity
    var homogeneity: TestStatistic?

    fileprivate func note(_ style: JournalStyle) -> String? {
      homogeneity.map { $0.note("homogeneity of \(name) over strata", style: style) }
    }
  }

  static func ratios(of rates: EventRates, _ frame: SurvivalFrame, reference: Int?) throws -> [Ratio] {
    guard let reference, let groups = frame.groups?.codes else { return [] }
    let level = rates.confidenceLevel
    guard let strata = frame.strata else {
      return try rates.ratios(reference: reference).map {
        Ratio(
          name: $0.name, estimate: Estimate($0.ratio, $0.confidenceInterval, level: level),
          pValue: Quantity($0.pValue, otherwise: .notEstimable))
      }
    }
    return try EventRates.stratifiedRatios(
      frame.outcome, groups: groups, strata: strata, reference: reference, confidenceLevel: level
    ).map {
      Ratio(
        name: $0.name, estimate: Estimate($0.ratio, $0.confidenceInterval, level: level),
        pValue: Quantity($0.test?.pValue, otherwise: .notEstimable), homogeneity: $0.homogeneity)
    }
  }

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.addPatients(to: &values)
    frame.landmark?.addValues(to: &values)
    add(rates.total, standardized?.total, at: "", to: &values)
    guard let groups = frame.groups else { return }
    for (index, rate) in rates.groups.enumerated() {
      let path = groups.path(index)
      values.add(path + ".n", count: frame.rowCount(group: index, otherwise: rate.rowCount))
      add(rate, standardized?.groups[index], at: path, to: &values)
      guard let place = comparison(index) else { continue }
      let ratio = ratios[place]
      values.add(path + ".rate_ratio", ratio.estimate, .ratio)
      values.add(path + ".rate_ratio.p", ratio.pValue, .pValue)
      if let test = ratio.homogeneity {
        values.add(
          path + ".homogeneity", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom,
          pValue: test.pValue)
      }
      if differences.indices.contains(place) {
        values.add(path + ".rate_difference", estimate(differences[place]), .number)
      }
    }
  }

  private func add(
    _ rate: EventRate, _ standardized: StandardizedRatio?, at path: String, to values: inout ResultValues
  ) {
    values.add(path + ".events", rate.eventCount, .count)
    values.add(path + ".person_time", rate.personTime, .number)
    values.add(path + ".rate", estimate(rate), .number)
    guard let standardized else { return }
    values.add(path + ".expected", standardized.expected, .number)
    values.add(path + ".smr", estimate(standardized), .ratio)
    values.add(path + ".smr.p", Quantity(standardized.pValue, otherwise: .notEstimable), .pValue)
  }

  /// The place of a group among the comparisons; `nil` for the reference.
  private func comparison(_ group: Int) -> Int? {
    guard let reference, group != reference else { return nil }
    let place = group < reference ? group : group - 1
    return ratios.indices.contains(place) ? place : nil
  }

  private func estimate(_ rate: EventRate) -> Estimate { scaled(rate.rate, rate.confidenceInterval) }

  private func estimate(_ difference: RateDifference) -> Estimate {
    scaled(difference.difference, difference.confidenceInterval)
  }

  private func estimate(_ ratio: StandardizedRatio) -> Estimate {
    Estimate(ratio.ratio, ratio.confidenceInterval, level: level)
  }

  private func scaled(_ value: Double?, _ interval: ConfidenceInterval) -> Estimate {
    Estimate(
      value.map { $0 * scale },
      ConfidenceInterval(lower: interval.lower.map { $0 * scale }, upper: interval.upper.map { $0 * scale }),
      level: level)
  }

  // MARK: Table

  func table(caption: String, style: JournalStyle) -> Table {
    var body = rates.groups.enumerated().map { index, rate in
      TableRow(
        cells(
          rate, standardized?.groups[index], name: frame.groups?.rowNames[index] ?? "All",
          count: frame.printedCount(group: frame.groups == nil ? nil : index, otherwise: rate.rowCount))
          + comparisonCells(index))
    }
    if frame.groups != nil, rates.groups.count > 1 {
      let count = frame.printedCount(group: nil, otherwise: rates.total.rowCount)
      body.append(TableRow(cells(rates.total, standardized?.total, name: "All", count: count), role: .total))
    }
    return Table(caption: caption, columns: columns(style), rows: body, notes: notes(style))
  }

  private func columns(_ style: JournalStyle) -> [TableColumn] {
    func heading(_ word: String) -> String { GroupComparison.heading(word, level: level, style) }
    let unit = frame.times.unit
    var columns = [
      TableColumn(frame.grouping?.label ?? "", alignment: .left), TableColumn(frame.countHeading),
      TableColumn("Events"),
      TableColumn("person-\(unit ?? "time")".capitalizedFirst),
    ]
    if standardized != nil {
      return columns + [TableColumn("Expected"), TableColumn(heading("Observed/expected")), TableColumn("P")]
    }
    let amount = RatesDirective.amount(scale, unit: unit, style)
    columns.append(TableColumn(heading("Rate per \(amount)")))
    if !differences.isEmpty { columns.append(TableColumn(heading("Difference per \(amount)"))) }
    if reference != nil { columns += [TableColumn(heading("Rate ratio")), TableColumn("P")] }
    return columns
  }

  private func cells(
    _ rate: EventRate, _ standardized: StandardizedRatio?, name: String, count: Int
  ) -> [TableCell] {
    let counts: [TableCell] = [
      .text(name), .count(count), .count(rate.eventCount),
      .quantity(Quantity(rate.personTime), ValueFormat(.time, digits: 0)),
    ]
    guard let standardized else { return counts + [.estimate(estimate(rate), .number)] }
    return counts + [
      .quantity(Quantity(standardized.expected), .number), .estimate(estimate(standardized), .ratio),
      .pValue(Quantity(standardized.pValue, otherwise: .notEstimable)),
    ]
  }

  /// Rates of groups that differ in what is expected of them are not held against one another.
  private func comparisonCells(_ group: Int) -> [TableCell] {
    guard standardized == nil, reference != nil else { return [] }
    guard let place = comparison(group) else {
      return (differences.isEmpty ? [] : [.text("reference")]) + [.reference, .empty]
    }
    let difference: [TableCell] =
      differences.indices.contains(place) ? [.estimate(estimate(differences[place]), .number)] : []
    return difference + [.estimate(ratios[place].estimate, .ratio), .pValue(ratios[place].pValue)]
  }

  private func notes(_ style: JournalStyle) -> [String] {
    if standardized != nil {
      return [
        "observed over expected events (standardised mortality or incidence ratio), exact Poisson intervals and P values"
      ] + frame.notes(style)
    }
    return ["exact Poisson intervals"]
      + (differences.isEmpty ? [] : ["Wald intervals of rate differences"])
      + (reference == nil ? [] : [ratioWords]) + ratios.compactMap { $0.note(style) } + frame.notes(style)
  }

  private var ratioWords: String {
    guard let strata = frame.strata else {
      return "rate ratios with exact conditional intervals and P values"
    }
    let label = frame.strataLabel.map { " of \($0)" } ?? ""
    return "Mantel–Haenszel rate ratios over \(strata.count) strata\(label), Greenland–Robins intervals"
  }
}
