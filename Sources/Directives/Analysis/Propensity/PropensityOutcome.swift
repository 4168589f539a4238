// Survival of treated and controls after weighting.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Presentation
import Survival

/// Weighted Kaplan–Meier estimates and the weighted Cox model of the treatment.
struct PropensityOutcome {
  let robust: KaplanMeier
  let greenwood: KaplanMeier
  let cox: CoxFit
  let level: Double

  /// Rows and events by arm, controls first; not weighted.
  private let counts: [(rows: Int, events: Int)]

  /// Sets over which the variance is robust; 0 where it is over rows.
  let clusterCount: Int

  /// - Parameter clusters: matched sets of the rows that have a weight.
  init(
    _ analysis: PropensityAnalysis, _ times: SurvivalTimes, level: Double, threads: Int,
    clusters: GroupCodes? = nil
  ) throws {
    self.level = level
    clusterCount = clusters?.names.count ?? 0
    let frame = analysis.frame
    // Rows without a weight belong to no group.
    let kept = analysis.weights.weights.indices.filter { analysis.weights.weights[$0] > 0 }
    let rows = kept.compactMap { frame.cases.rows.indices.contains($0) ? frame.cases.rows[$0] : nil }
    let isTreated = kept.map { frame.isTreated[$0] }
    let events = times.columns.event.gathered(rows)
    counts = [false, true].map { arm in
      let own = isTreated.indices.filter { isTreated[$0] == arm }
      return (own.count, own.count { events[$0] != 0 })
    }
    let weights = kept.map { analysis.weights.weights[$0] }
    let roles = RoleMapping(
      dataSet: frame.dataSet, rows: rows, formula: frame.formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange)
    (robust, greenwood, cox) = try roles.translating {
      let outcome = try SurvivalOutcome(
        time: times.columns.time.gathered(rows), event: times.columns.event.gathered(rows),
        entry: times.columns.entry?.gathered(rows), weights: weights,
        mergesNearEqualTimes: frame.dataSet.compatibility.nearEqualTimes.merges)
      let arms = try GroupCodes(codes: isTreated.map { $0 ? 1 : 0 }, names: ["0", "1"])
      func curves(_ variance: KaplanMeierOptions.Variance) throws -> KaplanMeier {
        try KaplanMeier.estimate(
          outcome, groups: arms, clusters: variance == .robust ? clusters : nil,
          options: KaplanMeierOptions(confidenceLevel: level, variance: variance, threads: threads))
      }
      let design = try CoxDesign(
        [(name: "treated", values: isTreated.map { $0 ? 1 : 0 })], rowCount: rows.count)
      var options = CoxOptions()
      options.isRobust = true
      options.confidenceLevel = level
      options.threads = threads
      return (
        try curves(.robust), try curves(.greenwood),
        try CoxModel.fit(outcome: outcome, covariates: design, clusters: clusters, options: options)
      )
    }
  }

  func addValues(at times: [Double], to values: inout ResultValues) {
    for arm in ["0", "1"] {
      for time in times {
        let path = ".survival[\"\(arm)\"].at(\(ShortestNumber.text(time))).survival"
        let point = robust[arm]?.at(time)
        values.add(path, survival(arm, time), .proportion)
        values.add(path + ".se", Quantity(point?.standardError, otherwise: .notEstimable), .proportion)
        values.add(
          path + ".se_greenwood",
          Quantity(greenwood[arm]?.at(time).standardError, otherwise: .notEstimable), .proportion)
      }
    }
    guard let row = cox.coefficientTable.first else { return }
    values.add(".hr", row.ratio(level: level), .ratio)
    values.add(".hr.coefficient", row.quantity(row.coefficient), .coefficient)
    values.add(".hr.se", row.quantity(row.standardError), .coefficient)
    values.add(
      ".hr.robust_se", row.robustStandardError.map { row.quantity($0) } ?? .notEstimable, .coefficient)
    values.add(".hr.p", row.quantity(row.pValue), .pValue)
  }

  func table(at times: [Double], unit: String?, analysis: PropensityAnalysis, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    let columns =
      [TableColumn("Group", alignment: .left), TableColumn("N"), TableColumn("Events")]
      + times.map {
        TableColumn("\(TimeText.words($0, unit: unit, style: style)), % (\(interval))")
      } + [TableColumn("HR (\(interval))"), TableColumn("P")]
    let row = cox.coefficientTable.first
    let arms = analysis.arms
    let rows = zip([(arms.control, "0"), (arms.treated, "1")], counts).map { group, count in
      let (name, arm) = group
      return TableRow(
        [.text(name), .count(count.rows), .count(count.events)]
          + times.map { .estimate(survival(arm, $0), .percentage) }
          + (arm == "0"
            ? [.reference, .empty]
            : [
              .estimate(row?.ratio(level: level) ?? .notEstimable, .ratio),
              .pValue(row.map { $0.status == .estimated ? Quantity($0.pValue) : .missing } ?? .missing),
            ]))
    }
    return Table(
      name: "outcome", caption: "Outcome after \(analysis.stage)", columns: columns, rows: rows,
      notes: [
        "N and events not weighted",
        (times.isEmpty
          ? "weighted Cox model, variance robust "
          : "weighted Kaplan–Meier estimates, \(interval) log-log, and weighted Cox model, variances robust ")
          + (clusterCount > 0 ? "over \(clusterCount) matched sets" : "over rows")
          + ", which \(times.isEmpty ? "takes" : "take") the \(analysis.stage) as known",
      ])
  }

  /// Warnings about the hazard ratio.
  func warnings(at range: SourceRange) -> [Diagnostic] {
    guard cox.coefficientTable.first?.status == .infinite else { return [] }
    return [
      Diagnostic(
        .warning, .separation,
        "separation: one group of the treatment has no events, so the hazard ratio is withheld", at: range,
        remedy: "report the survival of both groups instead")
    ]
  }

  private func survival(_ arm: String, _ time: Double) -> Estimate {
    guard let point = robust[arm]?.at(time), point.survival != nil else { return .notEstimable }
    return Estimate(
      Quantity(point.survival, otherwise: .notEstimable),
      lower: Quantity(point.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(point.confidenceInterval.upper, otherwise: .notEstimable), level: level)
  }
}
