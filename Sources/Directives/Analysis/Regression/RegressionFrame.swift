// The rows, the response and the design of a regression.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Regression
import Survival

/// Everything a linear or generalised linear model needs from a formula and a data set.
struct RegressionFrame: Sendable {
  let dataSet: DataSet
  let formula: Formula
  let model: ModelFrame
  let response: RegressionResponse
  let cases: CompleteCases
  let values: RegressionResponse.Values
  let weights: [Double]?
  let weightsRange: SourceRange?
  /// The sum of the formula's offsets and the option's.
  let offset: [Double]?
  let offsetExpression: Expression?
  /// Rows that belong together, by number.
  let clusters: [Int32]?
  let clusterCount: Int
  let design: DesignMatrix
  let covariates: RegressionDesign
  let threads: Int
  /// 1 where the response is.
  let knownMarks = OnceValue<[UInt8]>()

  /// What a model is made from besides its right side.
  struct Source: Sendable {
    let dataSet: DataSet
    let formula: Formula
    let response: RegressionResponse
    let weights: Column?
    let weightsRange: SourceRange?
    let cluster: Column?
    let offset: Expression?
    let contrasts: ContrastChoice
    let contrastsRange: SourceRange
    let threads: Int

    init(_ options: ResolvedOptions, in context: DirectiveContext, isBinary: Bool) throws {
      threads = context.threads
      formula = try options[CommonOptions.formula]
      let dataSet = try context.selectedRows(options)
      let weights = try options[CommonOptions.weights]
      self.dataSet = dataSet
      self.weights = try weights.map { try dataSet.column($0.name, at: $0.range) }
      weightsRange = weights?.range
      cluster = try options[CommonOptions.cluster].map { try dataSet.column($0.name, at: $0.range) }
      response = try RegressionResponse(formula, in: dataSet, isBinary: isBinary, threads: threads)
      offset = try options[RegressionOptions.offset]
      contrasts = try options[CommonOptions.contrasts]
      contrastsRange = options.range(CommonOptions.contrasts)
    }
  }

  /// - Parameters:
  ///   - formula: another right side than the source's.
  ///   - rows: the rows to fit on, where another model has settled them.
  init(_ source: Source, formula other: Formula? = nil, rows: [Int32]? = nil) throws {
    let formula = other ?? source.formula
    let (dataSet, response, threads) = (source.dataSet, source.response, source.threads)
    let names = response.columnNames + [source.weights?.name, source.cluster?.name].compactMap(\.self)
    let table = dataSet.table
    let terms = try formula.terms(
      columns: formula.mentionsEverything ? table.columnNames : nil, excluding: Set(names))
    if let stratum = terms.strata.first {
      throw Diagnostic(
        .formulaSyntax, "strata() has no place in this model", at: terms.variables[stratum].sourceRange,
        remedy: "name the column itself as a factor; for matched sets use conditional-logistic")
    }
    let model = try ModelFrame(terms, in: table, threads: threads)
    let offsetValues = try source.offset.map { try $0.numbers(in: table, threads: threads) }
    var requirements = response.requirements + model.requirements(dataSet)
    if let offsetValues { requirements.append(.init(label: "Offset", isMissing: offsetValues.map(\.isNaN))) }
    for column in [source.weights, source.cluster].compactMap(\.self) {
      requirements.append(.init(label: column.label, isMissing: column.missingMask()))
    }
    let cases: CompleteCases
    if let rows {
      cases = CompleteCases(rows: rows, rowCount: table.rowCount)
    } else {
      let complete = CompleteCases(rowCount: table.rowCount, requirements: requirements)
      cases = complete.arranged(dataSet.arrangedByContent(complete.rows, threads: threads))
    }
    guard !cases.rows.isEmpty else {
      throw Diagnostic(
        .noRows, "no row of '\(dataSet.id)' has all values that the model needs", at: formula.source.range(),
        remedy: cases.remedyForNoRows)
    }
    self.dataSet = dataSet
    self.formula = formula
    self.model = model
    self.response = response.described
    self.cases = cases
    self.threads = threads
    values = response.gathered(cases.rows)
    weights = source.weights.map { $0.numbers().gathered(cases.rows) }
    weightsRange = source.weightsRange
    let ownOffset = model.offset(rows: cases.rows)
    let given = offsetValues?.gathered(cases.rows)
    offset = ownOffset.map { own in given.map { zip(own, $0).map(+) } ?? own } ?? given
    offsetExpression = source.offset
    let groups =
      try source.cluster.map { try GroupCodes(clustersOf: $0, rows: cases.rows) }
      ?? model.clusters(rows: cases.rows)?.groupCodes(role: .clusters)
    clusters = groups?.codes
    clusterCount = groups?.names.count ?? 0
    if other == nil { try source.contrasts.check(terms, at: source.contrastsRange) }
    design = try model.design(
      rows: cases.rows, options: source.contrasts.designOptions(dataSet.compatibility))
    try design.refusePenalties()
    guard !design.columns.isEmpty else {
      throw Diagnostic(
        .constantColumn, "the model has no covariate that varies and no intercept",
        at: formula.source.range(), remedy: "name covariates after '~'")
    }
    covariates = Self.covariates(design, model.terms, threads: threads)
  }

  /// Refuses a response that never varies where its mean would run away: no events, nothing but events, no counts.
  func refuseConstantResponse() throws(Diagnostic) {
    func holds(_ values: [Double], _ value: Double) -> Bool {
      guard let weights else { return values.allSatisfy { $0 == value } }
      return zip(values, weights).allSatisfy { $0 == value || $1 <= 0 }
    }
    switch values {
    case .numbers(let numbers):
      let isUsed = weights.map { $0.contains { $0 > 0 } } ?? !numbers.isEmpty
      guard isUsed, let first = [0.0, 1].first(where: { holds(numbers, $0) }) else { return }
      if first == 1, !response.isBinary { return }
      throw constantResponse(hasEvents: first == 1)
    case .counts(let successes, let failures):
      if holds(successes, 0) { throw constantResponse(hasEvents: false) }
      if holds(failures, 0) { throw constantResponse(hasEvents: true) }
    }
  }

  private func constantResponse(hasEvents: Bool) -> Diagnostic {
    Diagnostic(
      hasEvents ? .constantColumn : .noEvents,
      hasEvents
        ? "'\(response.label)' is the event in all rows used: nothing can be estimated"
        : "'\(response.label)' is 0 in all rows used: nothing can be estimated",
      at: response.range, remedy: "look at the coding of the outcome and the conditions under 'where:'")
  }

  /// The same rows in sum-to-zero contrasts, which tests of type III are about.
  func sumContrastDesign() throws -> RegressionDesign {
    Self.covariates(
      try model.design(rows: cases.rows, options: DesignOptions(defaultContrast: .sum)), model.terms,
      threads: threads)
  }

  static func matrix(_ design: DesignMatrix) -> Matrix {
    Matrix(columns: design.columns.map { $0.values.numbers() }, rowCount: design.rowCount)
  }

  private static func covariates(
    _ design: DesignMatrix, _ terms: FormulaTerms, threads: Int
  ) -> RegressionDesign {
    RegressionDesign(
      rowCount: design.rowCount, columns: design.columnValues(threads: threads),
      columnNames: design.columnNames,
      terms: design.terms.filter { !$0.columns.isEmpty }.map { term in
        RegressionTerm(
          name: term.text, columns: Array(term.columns),
          variables: term.variables.compactMap {
            terms.variables.indices.contains($0) ? terms.variables[$0].text : nil
          })
      },
      interceptColumn: design.hasIntercept ? 0 : nil)
  }

  /// Rows behind a line of the table.
  func count(of row: ModelRow) -> Int {
    guard let members = row.members else { return cases.rows.count }
    return cases.rows.indices.count { members.contains($0) }
  }

  /// Where a column's term stands in the formula.
  func range(ofColumn column: Int?) -> SourceRange {
    guard let column, design.columns.indices.contains(column),
      let term = design.columns[column].origin.term, design.terms.indices.contains(term)
    else { return formula.source.range() }
    return design.terms[term].range
  }
}
