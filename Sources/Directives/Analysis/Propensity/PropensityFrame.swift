// The rows, the treatment and the covariates of a propensity score.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Survival

/// Everything that weighting by a propensity score needs from a data set.
struct PropensityFrame: Sendable {
  let dataSet: DataSet
  let formula: Formula
  let treatmentWords: String
  let treatmentRange: SourceRange
  let cases: CompleteCases
  let isTreated: [Bool]
  let arms: TreatmentArms
  let design: DesignMatrix
  /// Columns whose balance is shown.
  let balance: [Column]
  let times: SurvivalTimes?
  /// An outcome that is an event or a number without a time.
  let response: RegressionResponse?
  let warnings: [Diagnostic]

  /// - Parameter required: columns beyond the covariates that a row must have a value in.
  init(_ options: ResolvedOptions, in context: DirectiveContext, required: [ColumnName] = []) throws {
    let dataSet = try context.selectedRows(options)
    let formula = try options[PropensityDirective.formula]
    let treatment = try options[PropensityDirective.treatment]
    if let response = formula.response {
      throw Diagnostic(
        .formulaSyntax, "the treatment stands under 'treatment:', not left of '~'", at: response.sourceRange,
        remedy: "write formula: ~ age + sex")
    }
    let flags = try treatment.flags(in: dataSet.table, threads: context.threads)
    let terms = try formula.terms(
      columns: formula.mentionsEverything ? dataSet.table.columnNames : nil,
      excluding: Set(treatment.columnNames))
    if let term = terms.strata.first ?? terms.clusters.first ?? terms.offsets.first {
      throw Diagnostic(
        .formulaSyntax, "'\(terms.variables[term].text)' has no place in a propensity score",
        at: terms.variables[term].sourceRange, remedy: "name the column itself as a covariate")
    }
    guard !terms.terms.isEmpty else {
      throw Diagnostic(
        .formulaSyntax, "the score has no covariate", at: formula.source.range(),
        remedy: "write formula: ~ age + sex")
    }
    let model = try ModelFrame(terms, in: dataSet.table, threads: context.threads)
    let outcome = try options[PropensityDirective.outcome]
    let isSurvival = outcome.map { Self.isSurvival($0, dataSet) } ?? false
    let times = try outcome.flatMap {
      isSurvival ? try SurvivalTimes($0, in: dataSet, threads: context.threads) : nil
    }
    let response = try outcome.flatMap {
      isSurvival
        ? nil : try RegressionResponse($0, in: dataSet, isBinary: true, threads: context.threads)
    }
    if response != nil, options.isGiven(PropensityDirective.times) {
      throw Diagnostic(
        .invalidOption, "'times' belong to a survival outcome", at: options.range(PropensityDirective.times),
        remedy: "leave them out, or write 'outcome: Surv(time, died == 1)'")
    }
    let others = try required.map { try dataSet.column($0.name, at: $0.range) }
    let requirements =
      [
        CompleteCases.Requirement(
          label: treatment.words, printed: dataSet.readable(treatment.words),
          isMissing: flags.map { $0 == 255 })
      ]
      + model.requirements(dataSet) + (times?.requirements ?? [])
      + (response?.requirements ?? [])
      + others.map { CompleteCases.Requirement(label: $0.label, isMissing: $0.missingMask()) }
    let cases = CompleteCases(rowCount: dataSet.table.rowCount, requirements: requirements)
    let isTreated = flags.gathered(cases.rows).map { $0 == 1 }
    guard isTreated.contains(true), isTreated.contains(false) else {
      throw Diagnostic(
        cases.rows.isEmpty ? .noRows : .oneGroup,
        cases.rows.isEmpty
          ? "no row has the treatment and every covariate"
          : "all \(cases.rows.count) rows are \(isTreated.contains(true) ? "treated" : "controls")",
        at: treatment.place, remedy: "look at the coding of the treatment")
    }
    self.dataSet = dataSet
    self.formula = formula
    treatmentWords = dataSet.readable(treatment.words)
    treatmentRange = treatment.place
    self.cases = cases
    self.isTreated = isTreated
    arms = TreatmentArms(treatment, dataSet.table, rows: cases.rows)
    self.times = times
    self.response = response
    design = try model.design(
      rows: cases.rows, options: DesignOptions(reference: dataSet.compatibility.referenceLevel))
    balance = try Self.balance(options, terms, dataSet)
    warnings = model.diagnostics + design.diagnostics
  }

  /// Whether an outcome has a time; a name that nobody knows is looked for among outcomes.
  private static func isSurvival(_ outcome: Formula, _ dataSet: DataSet) -> Bool {
    switch outcome.response?.form {
    case .expression, .columns: false
    case .name(let name): dataSet.outcomes[name] != nil || dataSet.table[name] == nil
    case .survival, nil: true
    }
  }

  /// The columns named, or all that the formula mentions.
  private static func balance(_ options: ResolvedOptions, _ terms: FormulaTerms, _ dataSet: DataSet) throws
    -> [Column]
  {
    let named = try options[PropensityDirective.balance]
    if !named.isEmpty { return try named.map { try dataSet.column($0.name, at: $0.range) } }
    var names: [String] = []
    for use in terms.variables.flatMap(\.columnUses) where !names.contains(use.name) {
      names.append(use.name)
    }
    return names.compactMap { dataSet.table[$0] }
  }
}

extension OptionKind where Value == Formula {
  /// `Surv(time, died == 1)`, the name of an outcome declared with the data, `died == 1`, or a column.
  static var comparedOutcome: Self {
    OptionKind(
      "an outcome such as Surv(time, died == 1) or died == 1, or the name of an outcome or a column",
      use: { OptionUse(names: $0.columnUses) },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected("an outcome such as Surv(time, died == 1)", at: tree, &reader)
        }
        // As the left side of a formula without covariates; what is added stands where the outcome ends.
        let glue = Array(" ~ 1".utf8)
        return reader.reading { () throws(DiagnosticList) in
          let text = try scalar.expressionText()
          let end = text.offsets.last ?? 0
          let source = SourceText(
            bytes: text.bytes + glue, file: text.file,
            offsets: text.offsets + Array(repeating: end, count: glue.count))
          return try Formula.parse(source)
        }
      })
  }
}
