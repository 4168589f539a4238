// The rows, times and causes of an analysis of competing risks.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// Everything that cumulative incidences and Fine–Gray models need from a formula and a data set.
struct CompetingFrame: Sendable {
  let dataSet: DataSet
  let formula: Formula
  let causes: CompetingCauses
  let model: ModelFrame
  let cases: CompleteCases
  /// The rows by time, cause and group, where nothing else is needed of them; the outcomes are the causes in the author's
  /// order.
  let counted: CountedRows?
  private let rows: SurvivalOutcome?
  /// The first time of delayed entry; `nil` without it.
  var earliestEntry: Double? { rows?.entry?.min() }
  private let syntax: SurvivalSyntax
  private let threads: Int
  let isWeighted: Bool
  /// For each cause whether some row has it.
  private let isPresent: [Bool]
  let clusters: GroupCodes?
  /// Patients behind the rows, where an id tells them apart and some have several rows.
  let patients: PatientCodes?
  private let repeated: Diagnostic?
  let roles: RoleMapping
  /// The time's label and unit.
  let label: String
  let unit: String?

  /// - Parameters:
  ///   - weights: the range of the option too, where the analysis takes weights.
  ///   - counts: whether the analysis needs no more of the rows than their numbers, where nothing is missing.
  init(
    _ options: ResolvedOptions, _ context: DirectiveContext, weights weightsName: ColumnName? = nil,
    counts: Bool = false
  ) throws {
    let formula = try options[CommonOptions.formula]
    let causes = try CompetingCauses(options)
    let threads = context.threads
    let dataSet = try context.selectedRows(options)
    let syntax = try SurvivalTimes.syntax(of: formula, in: dataSet)
    guard let event = syntax.event else {
      throw Diagnostic(
        .eventCoding, "the outcome does not say which column holds the causes", at: syntax.sourceRange,
        remedy: "write Surv(time, status) ~ …")
    }
    let weights = try weightsName.map { try dataSet.column($0.name, at: $0.range) }
    let cluster = try options[CommonOptions.cluster].map { try dataSet.column($0.name, at: $0.range) }
    let patient = try dataSet.patientColumn(try options[CommonOptions.patient])

    let excluded = Set(
      syntax.columnUses.map(\.name) + [weights?.name, cluster?.name].compactMap(\.self))
    let model = try ModelFrame(
      try formula.terms(
        columns: formula.mentionsEverything ? dataSet.table.columnNames : nil, excluding: excluded),
      in: dataSet.table, threads: threads)
    self.dataSet = dataSet
    self.formula = formula
    self.causes = causes
    self.model = model
    self.syntax = syntax
    self.threads = threads
    isWeighted = weights != nil
    let timeColumn = syntax.time.columnNames.first.flatMap {
      syntax.time.columnNames.count == 1 ? dataSet.table[$0] : nil
    }
    let label = timeColumn?.label ?? syntax.time.words
    self.label = label
    unit = timeColumn?.metadata.unit
    if counts, weights == nil, cluster == nil, patient == nil,
      let counted = try Self.counted(syntax, event, causes, model, in: dataSet, threads: threads)
    {
      self.counted = counted
      rows = nil
      clusters = nil
      (patients, repeated) = (nil, nil)
      let cases = CompleteCases(rowCount: dataSet.table.rowCount, requirements: [])
      self.cases = cases
      isPresent = counted.tally.outcomeTotals.dropFirst().map { $0 > 0 }
      roles = RoleMapping(
        dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: syntax.time.place,
        event: event.place)
      return
    }
    counted = nil
    let days = weights == nil ? Self.days(syntax, in: dataSet.table) : nil
    let time = days == nil ? try syntax.time.numbers(in: dataSet.table, threads: threads) : []
    let entry = try syntax.entry.map { try $0.numbers(in: dataSet.table, threads: threads) }
    let codes = try causes.codes(of: event, in: dataSet, threads: threads)
    let eventLabel = dataSet.table[event.words]?.label ?? event.words
    var requirements = [
      CompleteCases.Requirement(label: label, isMissing: time.map(\.isNaN)),
      CompleteCases.Requirement(label: eventLabel, isMissing: codes.map { $0 == 255 }),
    ]
    if let entry { requirements.append(.init(label: "Entry", isMissing: entry.map(\.isNaN))) }
    requirements += model.requirements(dataSet)
    if let weights {
      requirements.append(.init(label: weights.label, isMissing: weights.numbers().map(\.isNaN)))
    }
    if let cluster { requirements.append(.init(label: cluster.label, isMissing: cluster.missingMask())) }
    let cases = CompleteCases(rowCount: dataSet.table.rowCount, requirements: requirements)
    guard cases.count > 0 else {
      throw Diagnostic(
        .noRows, "no row of '\(dataSet.id)' has all values that this analysis needs",
        at: formula.source.range(),
        remedy: cases.remedyForNoRows)
    }
    let roles = RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: syntax.time.place,
      entry: syntax.entry?.place, event: event.place, weights: weightsName?.range)
    self.cases = cases
    self.roles = roles
    let outcome: SurvivalOutcome
    (outcome, clusters) = try roles.translating {
      (
        try Self.outcome(days, cases, codes, in: dataSet, threads: threads)
          ?? SurvivalOutcome(
            time: cases.gathered(
              days == nil ? time : try syntax.time.numbers(in: dataSet.table, threads: threads)),
            event: cases.gathered(codes), entry: entry.map(cases.gathered),
            weights: weights.map { cases.gathered($0.numbers()) },
            mergesNearEqualTimes: dataSet.compatibility.nearEqualTimes.merges),
        try cluster.map { try GroupCodes(clustersOf: $0, rows: cases.rows) }
          ?? model.clusters(rows: cases.rows)?.groupCodes(role: .clusters)
      )
    }
    rows = outcome
    patients = patient.map { PatientCodes($0, rows: cases.rows) }
    repeated = patients?.warning(
      entry: outcome.entry, time: Array(outcome.time), event: nil, isClustered: clusters != nil,
      takesClusters: true,
      at: formula.source.range())
    isPresent = causes.names.indices.map { outcome.event.contains(UInt8(truncatingIfNeeded: $0 + 1)) }
  }

  /// The follow-up as it was read, where it is in whole numbers and none is missing.
  private static func days(_ syntax: SurvivalSyntax, in table: DataTable) -> NarrowColumn? {
    guard syntax.entry == nil, let time = syntax.time.plainColumn(in: table), time.type == .integer else {
      return nil
    }
    return NarrowColumn(time)
  }

  private static func outcome(
    _ days: NarrowColumn?, _ cases: CompleteCases, _ codes: [UInt8], in dataSet: DataSet, threads: Int
  ) -> SurvivalOutcome? {
    guard let days, cases.excludedCount == 0 else { return nil }
    return SurvivalOutcome(
      time: days, event: codes, mergesNearEqualTimes: dataSet.compatibility.nearEqualTimes.merges,
      threads: threads)
  }

  private static func counted(
    _ syntax: SurvivalSyntax, _ event: Expression, _ causes: CompetingCauses, _ model: ModelFrame,
    in dataSet: DataSet, threads: Int
  ) throws -> CountedRows? {
    guard let time = syntax.time.plainColumn(in: dataSet.table), let times = days(syntax, in: dataSet.table),
      let codes = causes.byteCodes(of: event, in: dataSet)
    else { return nil }
    let followUp = NarrowFollowUp(
      time: times, event: codes.bytes, outcomes: codes.codes, outcomeCount: causes.names.count + 1)
    return CountedRows.all(
      followUp, model, try Grouping(model), in: dataSet,
      outcome: "\(time.name)\u{0}\(event.words)\u{0}\(codes.codes)", threads: threads)
  }

  /// Event codes: 0 censored, 1… the causes in the author's order.
  var outcome: SurvivalOutcome {
    get throws {
      if let rows { return rows }
      return try SurvivalOutcome(
        time: try syntax.time.numbers(in: dataSet.table, threads: threads),
        event: try causes.codes(of: syntax.event ?? syntax.time, in: dataSet, threads: threads),
        mergesNearEqualTimes: dataSet.compatibility.nearEqualTimes.merges)
    }
  }

  /// "Relapse = 1, death = 2, censored = 0": the coding, and the rows left out.
  func notes(_ style: JournalStyle) -> [String] {
    let coding = causes.named.map { "\($0.string) = \($0.value.joined(separator: "/"))" }
    var notes: [String] = []
    if causes.named.contains(where: { $0.value != [$0.string] }) {
      notes.append(
        "coding: \(coding.joined(separator: ", ")), censored = \(causes.censored.joined(separator: "/"))")
    }
    if isWeighted { notes.append("weighted") }
    if let clusters { notes.append("\(clusters.names.count) clusters") }
    if let excluded = cases.note(count: { style.text(Quantity($0), .count) }) { notes.append(excluded) }
    return notes
  }

  /// Causes that no row has.
  var warnings: [Diagnostic] {
    causes.named.enumerated().compactMap { index, cause in
      guard isPresent.indices.contains(index), !isPresent[index] else { return nil }
      return Diagnostic(
        .warning, .noEvents, "no row has the cause '\(cause.string)'", at: cause.name.range(),
        remedy: "look at the coding of the causes")
    } + [repeated].compactMap(\.self)
  }

  /// What the column of counts is called.
  var countHeading: String { PatientCodes.heading(patients, hasEntry: syntax.entry != nil) }

  /// Patients of the rows that belong; `nil` where rows are all that is known.
  func patientCount(where belongs: (Int) -> Bool = { _ in true }) -> Int? {
    patients.map { $0.count(where: belongs) }
  }
}
