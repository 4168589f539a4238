// The rows, times and groups of a nonparametric survival analysis.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// Everything that Kaplan–Meier curves, follow-up and log-rank tests need from a formula and a data set.
struct SurvivalFrame: Sendable {
  let dataSet: DataSet
  let times: SurvivalTimes
  let cases: CompleteCases
  /// The rows by time, event and group, where nothing else is needed of them.
  let counted: CountedRows?
  private let rows: SurvivalOutcome?
  let isWeighted: Bool
  /// The first time of delayed entry; `nil` without it.
  let earliestEntry: Double?
  let grouping: Grouping?
  let groups: Groups?
  /// The groups row by row, where pieces of follow-up have been put together in `groups`.
  private let rowGroups: Groups?
  let strata: GroupCodes?
  let strataLabel: String?
  let clusters: GroupCodes?
  /// Patients behind the rows, where an id tells them apart, or clusters of follow-up in pieces.
  let patients: PatientCodes?
  let landmark: LandmarkSelection?
  let warnings: [Diagnostic]

  /// - Parameters:
  ///   - condition: rows of this analysis only.
  ///   - weights, cluster: columns named by options; a `cluster()` term of the formula counts as well.
  ///   - patient: the column that tells patients apart; without it the data's own.
  ///   - takesClusters: whether the directive has an option for clusters.
  ///   - takesRepeatedEvents: whether a patient may have the event more than once.
  ///   - landmark: the time from which follow-up counts, and where it was given.
  init(
    formula: Formula, dataSet original: DataSet, condition: Expression? = nil, weights: ColumnName? = nil,
    cluster: ColumnName? = nil, patient: ColumnName? = nil, takesClusters: Bool = false,
    takesRepeatedEvents: Bool = false,
    landmark: (time: Double?, range: SourceRange)? = nil, threads: Int
  ) throws {
    let selected = try original.selecting(condition, at: formula.source.range(), threads: threads)
    let followUp = try LandmarkSelection.apply(
      landmark?.time, at: landmark?.range ?? formula.source.range(), formula: formula, dataSet: selected,
      threads: threads)
    let dataSet = followUp.dataSet
    self.dataSet = dataSet
    times = followUp.times
    self.landmark = followUp.selection
    let frame = try ModelFrame(try formula.terms(), in: dataSet.table, threads: threads)
    grouping = try Grouping(frame)
    let clusterColumn = try cluster.map { try dataSet.column($0.name, at: $0.range) }
    let patientColumn = try dataSet.patientColumn(patient)
    let weightColumn = try weights.map { try dataSet.column($0.name, at: $0.range) }

    var requirements = times.requirements + frame.requirements(dataSet)
    if let clusterColumn {
      requirements.append(
        CompleteCases.Requirement(label: clusterColumn.label, isMissing: clusterColumn.missingMask()))
    }
    if let weightColumn {
      requirements.append(
        CompleteCases.Requirement(label: weightColumn.label, isMissing: weightColumn.numbers().map(\.isNaN)))
    }
    let cases = CompleteCases(rowCount: dataSet.table.rowCount, requirements: requirements)
    self.cases = cases
    guard cases.count > 0 else {
      throw Diagnostic(
        .noRows, "no row of '\(dataSet.id)' has all values that this analysis needs",
        at: formula.source.range())
    }
    isWeighted = weightColumn != nil
    let place = frame.terms.variables.first?.sourceRange ?? formula.source.range()
    let isCounted =
      weightColumn == nil && clusterColumn == nil && patientColumn == nil && followUp.selection == nil
      && cases.excludedCount == 0
    if isCounted, let narrow = times.columns.narrow?.followUp, let words = times.sharedWords,
      let counted = CountedRows.all(
        narrow, frame, grouping, in: dataSet, outcome: words, threads: threads)
    {
      self.counted = counted
      groups = counted.groups
      (rows, earliestEntry, strata, strataLabel, clusters) = (nil, nil, nil, nil, nil)
      (patients, rowGroups) = (nil, nil)
      let hasEvent = counted.tally.outcomeTotals.dropFirst().contains { $0 > 0 }
      warnings = times.eventWarnings(hasEvent: hasEvent) + Self.warnings(groups, grouping, at: place)
      return
    }
    counted = nil
    let roles = RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange, weights: weights?.range)
    let weightValues = weightColumn.map { $0.numbers().gathered(cases.rows) }
    var outcome: SurvivalOutcome
    var (ownGroups, ownStrata, ownClusters): (Groups?, GroupCodes?, GroupCodes?)
    (outcome, ownGroups, ownStrata, ownClusters) = try roles.translating { [times, grouping] in
      (
        try dataSet.outcome(times, cases: cases, weights: weightValues, threads: threads),
        try grouping.map { try Groups($0, rows: cases.rows) },
        try frame.strata(rows: cases.rows)?.groupCodes(role: .strata),
        try clusterColumn.map { try GroupCodes(clustersOf: $0, rows: cases.rows) }
          ?? frame.clusters(rows: cases.rows)?.groupCodes(role: .clusters)
      )
    }
    let strataLabels = frame.terms.strata.map { dataSet.withinSentence(frame.label(of: $0)) }
    strataLabel = strataLabels.isEmpty ? nil : strataLabels.joined(separator: ", ")
    patients = PatientCodes.of(patientColumn, ownClusters, times.columns, rows: cases.rows)
    rowGroups = ownGroups
    let repeated = patients?.warning(
      entry: outcome.entry, time: Array(outcome.time), event: takesRepeatedEvents ? nil : outcome.event,
      isClustered: ownClusters != nil,
      takesClusters: takesClusters, at: patient?.range ?? formula.source.range())
    if let patients, patients.column != nil,
      let pieces = try FollowUpPieces(
        outcome, patients,
        alike: [ownGroups?.codes.codes, ownStrata?.codes, ownClusters?.codes].compactMap(\.self))
    {
      outcome = pieces.outcome
      ownGroups = try ownGroups?.gathered(pieces.rows)
      ownStrata = try ownStrata?.gathered(pieces.rows)
      ownClusters = try ownClusters?.gathered(pieces.rows)
    }
    (groups, strata, clusters) = (ownGroups, ownStrata, ownClusters)
    rows = outcome
    earliestEntry = outcome.entry?.min()
    let hasEvent = outcome.event.contains { $0 != 0 }
    warnings =
      times.eventWarnings(hasEvent: hasEvent) + Self.warnings(groups, grouping, at: place)
      + [repeated].compactMap(\.self)
  }

  /// The rows one by one, in the order of their times.
  var outcome: SurvivalOutcome {
    get throws { try rows ?? dataSet.outcome(times, cases: cases, weights: nil, threads: 1) }
  }

  /// What the column of counts is called.
  var countHeading: String { PatientCodes.heading(patients, hasEntry: times.columns.entry != nil) }

  /// Patients of a group, or of all; `nil` where rows are counted.
  func patientCount(group: Int? = nil) -> Int? {
    patients.map { patients in
      guard let group, let codes = rowGroups?.codes.codes else { return patients.count() }
      return patients.count { codes.indices.contains($0) && Int(codes[$0]) == group }
    }
  }

  /// Rows of a group, each counted though follow-up may go on in the next.
  func rowCount(group: Int, otherwise count: Int) -> Int {
    guard let sizes = rowGroups?.codes.sizes, sizes.indices.contains(group) else { return count }
    return sizes[group]
  }

  /// What the column of counts holds: patients where they are known.
  func printedCount(group: Int?, otherwise count: Int) -> Int { patientCount(group: group) ?? count }

  /// The same of a curve, whose rows may have weights.
  func countCell(group: Int?, _ curve: SurvivalCurve) -> TableCell {
    patientCount(group: group).map { .count($0) } ?? .count(curve.weightSum)
  }

  /// Patients of all and of each group, where they are known.
  func addPatients(to values: inout ResultValues) {
    guard let count = patientCount() else { return }
    values.add(".patients", count: count)
    guard let groups else { return }
    for group in groups.names.indices {
      values.add(groups.path(group) + ".patients", count: patientCount(group: group) ?? 0)
    }
  }

  /// All rows together.
  func pooledCurve(_ options: KaplanMeierOptions) throws -> KaplanMeier {
    if let counted { return try KaplanMeier.estimate(counted.tally.pooled, options: options) }
    return try KaplanMeier.estimate(outcome, clusters: clusters, options: options)
  }

  /// A curve for each group; `nil` without groups.
  func groupCurves(_ options: KaplanMeierOptions) throws -> KaplanMeier? {
    guard let groups else { return nil }
    if let counted { return try KaplanMeier.estimate(counted.tally, names: groups.names, options: options) }
    return try KaplanMeier.estimate(outcome, groups: groups.codes, clusters: clusters, options: options)
  }

  /// The groups compared.
  func logRankTest(
    _ groups: Groups, weight: LogRankWeight = .logRank, threads: Int
  ) throws -> LogRankTest {
    if let counted { return try LogRankTest.compare(counted.tally, names: groups.names, weight: weight) }
    return try LogRankTest.compare(
      outcome, groups: groups.codes, strata: strata, weight: weight, threads: threads)
  }

  /// Whether anybody has the event.
  var hasEvents: Bool {
    get throws {
      if let counted { return counted.tally.outcomeTotals.dropFirst().contains { $0 > 0 } }
      return try outcome.event.contains { $0 != 0 }
    }
  }

  private static func warnings(_ groups: Groups?, _ grouping: Grouping?, at range: SourceRange)
    -> [Diagnostic]
  {
    guard let grouping, let groups else { return [] }
    let sizes = groups.codes.sizes
    return grouping.warnings
      + groups.names.indices.filter { sizes[$0] == 0 }.map { group in
        Diagnostic(
          .warning, .emptyGroup,
          "the group '\(groups.names[group])' of \(grouping.label) has no rows",
          at: range, remedy: "remove the level from the dictionary if it does not belong to this analysis")
      }
  }
}

extension ModelFrame {
  /// What a row needs to have all variables of the right side.
  func requirements(_ dataSet: DataSet) -> [CompleteCases.Requirement] {
    terms.variables.indices.compactMap { index in
      guard let mask = missingMask(of: index) else { return nil }
      let variable = terms.variables[index]
      let isCall = if case .expression = variable.form { true } else { false }
      let isBasis = if case .basis = variable.form { true } else { false }
      let label = isCall ? dataSet.printedName(of: variable) : label(of: index)
      // A spline is missing where its column is.
      let uses = Set(variable.columnUses.map(\.name))
      let printed = isBasis && uses.count == 1 ? uses.first.flatMap { dataSet.table[$0]?.label } : nil
      return CompleteCases.Requirement(label: label, printed: printed, isMissing: mask)
    }
  }
}

extension RowGroups {
  func groupCodes(role: SurvivalInputError.Role) throws(SurvivalInputError) -> GroupCodes {
    try GroupCodes(codes: codes, names: groups.map(\.label), role: role)
  }
}

extension GroupCodes {
  /// Rows that share a value of the column belong together.
  init(clustersOf column: Column, rows: [Int32]) throws(SurvivalInputError) {
    if column.type.hasLevels {
      try self.init(codes: column.factorCodes().gathered(rows), names: column.levels, role: .clusters)
      return
    }
    let distinct = DistinctValues(column.numbers().gathered(rows))
    try self.init(codes: distinct.codes, names: distinct.values.map(ShortestNumber.text), role: .clusters)
  }
}

extension Array {
  /// The elements at the given rows; rows outside are passed over.
  func gathered(_ rows: [Int32]) -> [Element] {
    if rows.count == count, rows.indices.allSatisfy({ Int(rows[$0]) == $0 }) { return self }
    return withUnsafeBufferPointer { values in
      var result: [Element] = []
      result.reserveCapacity(rows.count)
      for row in rows where values.indices.contains(Int(row)) { result.append(values[Int(row)]) }
      return result
    }
  }
}
