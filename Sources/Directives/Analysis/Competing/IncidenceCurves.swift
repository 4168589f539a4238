// Cumulative incidences as results: values and warnings.

import Diagnostics
import Expressions
import Presentation
import Survival

/// The incidence of every cause, in all rows together and in each group.
struct IncidenceCurves: Sendable {
  let frame: CompetingFrame
  let grouping: Grouping?
  let groups: Groups?
  let pooled: GroupIncidence
  /// One per group; empty when the formula has none.
  let byGroup: [GroupIncidence]
  let gray: GrayTest?
  let rho: Double
  let times: [Double]
  let settings: CumulativeIncidenceOptions
  /// Why groups are not compared although nobody asked for that; `nil` where they are, or there is nothing to compare.
  var noGrayReason: String?

  /// The curves of the table and the figure, with the names that stand before the cause in result names.
  var rows: [(name: String, levels: [String], curves: GroupIncidence)] {
    guard let groups else { return [("", [], pooled)] }
    return byGroup.indices.map { (groups.headings[$0], groups.levels[$0], byGroup[$0]) }
  }

  var hasRows: Bool { rows.contains { $0.curves.eventFree.rowCount > 0 } }

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    if let patients = frame.patientCount() { values.add(".patients", count: patients) }
    values.add(".events", pooled.causes.reduce(0) { $0 + $1.eventCount }, .count)
    addValues(of: pooled, levels: [], to: &values)
    if groups != nil {
      for row in rows {
        values.add(ModelRows.path(row.levels) + ".n", count: row.curves.eventFree.rowCount)
        addValues(of: row.curves, levels: row.levels, to: &values)
      }
    }
    for (index, name) in frame.causes.names.enumerated() {
      guard let test = gray?.causes.first(where: { $0.cause == index + 1 }) else { continue }
      let path = ".gray" + ModelRows.path([name])
      guard let test = test.test else {
        values.add(path + ".chi_squared", .notEstimable, .statistic)
        values.add(path + ".p", .notEstimable, .pValue)
        continue
      }
      values.add(
        path, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
  }

  private func addValues(of curves: GroupIncidence, levels: [String], to values: inout ResultValues) {
    func quantity(_ value: Double?) -> Quantity { Quantity(value, otherwise: .notEstimable) }
    let own = levels.isEmpty ? "" : ModelRows.path(levels)
    for time in times {
      values.add(
        own + ".at(\(ShortestNumber.text(time))).event_free", quantity(curves.eventFree.at(time).survival),
        .proportion)
    }
    for (name, cause) in zip(frame.causes.names, curves.causes) {
      let path = ModelRows.path(levels + [name])
      values.add(path + ".events", cause.eventCount, .count)
      for time in times {
        let point = cause.at(time)
        let at = path + ".at(\(ShortestNumber.text(time))).incidence"
        values.add(at, estimate(point), .proportion)
        values.add(at + ".se", quantity(point.standardError), .proportion)
        values.add(at + ".se_aalen", quantity(point.aalenStandardError), .proportion)
        values.add(at + ".se_jackknife", quantity(point.jackknifeStandardError), .proportion)
      }
    }
  }

  func estimate(_ point: IncidenceEstimate) -> Estimate {
    Estimate(
      Quantity(point.cumulativeIncidence, otherwise: .notEstimable),
      lower: Quantity(point.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(point.confidenceInterval.upper, otherwise: .notEstimable),
      level: settings.confidenceLevel)
  }

  var warnings: [Diagnostic] {
    guard let groups else { return frame.warnings }
    let place = frame.model.terms.variables.first?.sourceRange ?? frame.formula.source.range()
    return frame.warnings + (grouping?.warnings ?? [])
      + zip(groups.names, groups.codes.sizes).filter { $1 == 0 }.map { name, _ in
        Diagnostic(
          .warning, .emptyGroup,
          "the group '\(name)' of \(grouping?.label ?? "the formula") has no rows", at: place,
          remedy: "remove the level from the dictionary if it does not belong to this analysis")
      }
  }
}
