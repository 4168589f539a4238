// The rows, times and design of a Cox model.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Survival

/// Everything a Cox model needs from a formula and a data set.
struct CoxFrame: Sendable {
  let dataSet: DataSet
  let formula: Formula
  let times: SurvivalTimes
  let model: ModelFrame
  let cases: CompleteCases
  let outcome: SurvivalOutcome
  let design: DesignMatrix
  let covariates: CoxDesign
  let strata: RowGroups?
  let clusters: GroupCodes?
  /// Patients behind the rows, where an id tells them apart, or clusters of follow-up in pieces.
  let patients: PatientCodes?
  let offset: [Double]?
  let landmark: LandmarkSelection?
  let threads: Int

  /// What a model is made from besides its right side.
  struct Source: Sendable {
    let dataSet: DataSet
    let times: SurvivalTimes
    var landmark: LandmarkSelection?
    let weights: Column?
    let cluster: Column?
    /// Tells patients apart where one has several rows.
    var patient: Column?
    let offset: Expression?
    let threads: Int
    let weightsRange: SourceRange?
    var contrasts = ContrastChoice()
    /// Whether times are any measurement.
    var takesNegativeTimes = false
  }

  /// - Parameter rows: the rows to fit on, where another model has settled them.
  init(formula: Formula, source: Source, rows: [Int32]? = nil) throws {
    self.formula = formula
    dataSet = source.dataSet
    times = source.times
    landmark = source.landmark
    threads = source.threads
    let table = source.dataSet.table
    let columns = formula.mentionsEverything ? table.columnNames : nil
    let excluded = Set(
      [source.times.timeColumn?.name, source.weights?.name, source.cluster?.name].compactMap(\.self))
    let model = try ModelFrame(
      try formula.terms(columns: columns, excluding: excluded.union(source.times.columnNames)), in: table,
      threads: source.threads)
    self.model = model
    let offsetValues = try source.offset.map { try $0.numbers(in: table, threads: source.threads) }
    var requirements = times.requirements + model.requirements(dataSet)
    if let offsetValues { requirements.append(.init(label: "Offset", isMissing: offsetValues.map(\.isNaN))) }
    if let weights = source.weights {
      requirements.append(.init(label: weights.label, isMissing: weights.missingMask()))
    }
    if let cluster = source.cluster {
      requirements.append(.init(label: cluster.label, isMissing: cluster.missingMask()))
    }
    let cases =
      rows.map { CompleteCases(rows: $0, rowCount: table.rowCount) }
      ?? CompleteCases(rowCount: table.rowCount, requirements: requirements)
    self.cases = cases
    guard !cases.rows.isEmpty else {
      throw Diagnostic(
        .noRows, "no row of '\(source.dataSet.id)' has all values that the model needs",
        at: formula.source.range(),
        remedy: cases.remedyForNoRows)
    }
    let design = try model.design(
      rows: cases.rows,
      options: source.contrasts.designOptions(intercept: .implied, source.dataSet.compatibility))
    self.design = design
    strata = model.strata(rows: cases.rows)
    let ownOffset = model.offset(rows: cases.rows)
    let given = offsetValues?.gathered(cases.rows)
    offset = ownOffset.map { own in given.map { zip(own, $0).map(+) } ?? own } ?? given
    let roles = RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange, weights: source.weightsRange,
      covariates: Self.ranges(design))
    let times = times
    (outcome, covariates, clusters) = try roles.translating {
      (
        try source.dataSet.outcome(
          times, cases: cases, weights: source.weights.map { $0.numbers().gathered(cases.rows) },
          takesNegativeTimes: source.takesNegativeTimes, threads: source.threads),
        try Self.covariates(design, threads: source.threads),
        try source.cluster.map { try GroupCodes(clustersOf: $0, rows: cases.rows) }
          ?? model.clusters(rows: cases.rows)?.groupCodes(role: .clusters)
      )
    }
    patients = PatientCodes.of(source.patient, clusters, times.columns, rows: cases.rows)
  }

  var hasEntry: Bool { times.columns.entry != nil }

  var roles: RoleMapping {
    RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange, covariates: Self.ranges(design))
  }

  func strataCodes() throws(SurvivalInputError) -> GroupCodes? { try strata?.groupCodes(role: .strata) }

  private static func ranges(_ design: DesignMatrix) -> [String: SourceRange] {
    var ranges: [String: SourceRange] = [:]
    for column in design.columns {
      if let term = column.origin.term, design.terms.indices.contains(term) {
        ranges[column.name] = design.terms[term].range
      }
    }
    return ranges
  }

  /// The design as the Cox model takes it: factors by their codes, the rest dense.
  static func covariates(_ design: DesignMatrix, threads: Int = 1) throws(SurvivalInputError) -> CoxDesign {
    let columns = zip(design.columns, design.columnValues(threads: threads)).map {
      CoxColumn(name: $0.name, values: $1)
    }
    let terms = design.terms.filter { !$0.isStrata && !$0.columns.isEmpty }.map {
      CoxTerm(name: $0.text, columns: Array($0.columns))
    }
    return try CoxDesign(rowCount: design.rowCount, columns: columns, terms: terms, threads: threads)
  }
}

extension CompleteCases {
  /// Rows that another model has settled.
  init(rows: [Int32], rowCount: Int) {
    self.init(rows: rows, rowCount: rowCount, exclusions: [], missingByVariable: [])
  }
}

extension SurvivalTimes {
  /// Columns of the outcome: `.` does not mean them.
  var columnNames: Set<String> { Set(syntaxColumns) }
}

extension Formula {
  /// One term of this formula alone, with its strata, clusters and offsets: positions stay those of the author's text.
  func univariable(_ term: FormulaTerms.Term, _ terms: FormulaTerms) throws(DiagnosticList) -> Formula {
    var ranges = [term.range]
    for index in terms.strata + terms.clusters + terms.offsets { ranges.append(terms.variables[index].range) }
    var bytes = Array("~".utf8)
    var offsets = [source.offsets.first ?? 0]
    for (index, range) in ranges.enumerated() {
      let part = source.slice(range)
      let glue = index == 0 ? " " : " + "
      bytes += Array(glue.utf8) + part.bytes
      offsets +=
        Array(repeating: part.offsets.first ?? 0, count: glue.utf8.count)
        + part.offsets.prefix(part.bytes.count)
    }
    return try Formula.parse(SourceText(bytes: bytes, file: source.file, offsets: offsets))
  }
}
