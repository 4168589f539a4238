// `{conditional-logistic}`: matched case-control studies.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

enum ConditionalLogisticDirective: Directive {
  static let formula = OptionKey(
    required: "formula", .formula, "case == 1 ~ terms + strata(set), in R's grammar")
  static let ties = OptionKey(
    "ties", OptionKind<TiesMethod>.choice(), default: .exactPartial, shown: "exact-partial",
    "the conditional likelihood itself, or Efron's or Breslow's approximation to it")

  static let specification = DirectiveSpecification(
    name: "conditional-logistic",
    summary: "Conditional logistic regression for matched sets, with odds ratios and a forest plot.",
    details: """
      The likelihood conditional on the number of cases in each matched set, which `strata()` names; it is the exact partial \
      likelihood of a Cox model with one time for everybody, and computed as such, also for sets with several cases. Sets \
      without a case, or without a control, say nothing about the coefficients. Intervals and P values are Wald's. A \
      coefficient whose likelihood keeps rising (separation) is withheld.
      """,
    options: [
      CommonOptions.data.specification, formula.specification, CommonOptions.condition.specification,
      ties.specification, CommonOptions.confidenceLevel.specification,
      CoxDirective.maximumIterations.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.forest.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.events` cases"),
      ResultSpecification(
        "ID[\"induced\"].or",
        "odds ratio with `.lower`, `.upper`; also `.coefficient`, `.se`, `.z`, `.p`"),
      ResultSpecification("ID[\"induced\", \"2\"].or", "a factor's level against the reference"),
      .perUnits("or"),
      ResultSpecification("ID[\"induced\"].wald.chi_squared", "joint test of a term, with `.df` and `.p`"),
      ResultSpecification("ID.likelihood_ratio.chi_squared", "also `.wald`, `.score`"),
      ResultSpecification("ID.log_likelihood", "also `.null_log_likelihood`, `.aic`, `.bic`"),
    ],
    decimals: [.estimates],
    example: """
      data: infertility
      formula: case == 1 ~ spontaneous + induced + strata(stratum)
      """,
    literature: [
      "Breslow NE, Day NE. Statistical methods in cancer research I. Lyon: IARC; 1980: chapter 7.",
      "Gail MH, Lubin JH, Rubinstein LV. Likelihood calculations for matched case-control studies. Biometrika 1981;68:703–7.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let written = try options[formula]
    let dataSet = try context.selectedRows(options)
    let survival = try atOneTime(written, dataSet)
    let frame = try CoxFrame(
      formula: survival,
      source: CoxFrame.Source(
        dataSet: dataSet, times: try SurvivalTimes(survival, in: dataSet, threads: context.threads),
        weights: nil, cluster: nil, offset: nil, threads: context.threads, weightsRange: nil))
    try check(frame, written)
    var settings = CoxOptions()
    settings.ties = try options[ties]
    settings.confidenceLevel = try options[CommonOptions.confidenceLevel]
    settings.maximumIterations = try options[CoxDirective.maximumIterations]
    settings.threads = context.threads
    let fit = try CoxDirective.fit(frame, settings)
    let analysis = CoxAnalysis(
      id: context.id, frame: frame, fit: fit, rows: ModelRows(frame.design, dataSet: dataSet),
      univariable: [], confidenceLevel: settings.confidenceLevel, measure: .odds)
    return try output(analysis, options, context, at: written.source.range())
  }

  /// The same formula with `Surv(1, case)` on the left; everything the author wrote keeps its place.
  private static func atOneTime(_ formula: Formula, _ dataSet: DataSet) throws -> Formula {
    guard let response = formula.response else {
      throw Diagnostic(
        .formulaSyntax, "the formula has no left side", at: formula.source.range(),
        remedy: "write case == 1 ~ …, with the condition that makes a case")
    }
    switch response.form {
    case .expression: break
    case .name(let name) where dataSet.outcomes[name] == nil: break
    case .name, .survival, .columns:
      throw Diagnostic(
        .formulaSyntax, "the left side of a case-control study is a condition, not a survival outcome",
        at: response.sourceRange, remedy: "write case == 1 ~ …; for times to an event use 'cox'")
    }
    let source = formula.source
    let start = source.offsets.first ?? 0
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    func add(_ text: String, at offset: Int) {
      bytes += Array(text.utf8)
      offsets += Array(repeating: offset, count: text.utf8.count)
    }
    func add(_ range: Range<Int>) {
      let range = range.clamped(to: 0..<source.bytes.count)
      bytes += source.bytes[range]
      offsets += source.offsets[range]
    }
    add(0..<response.range.lowerBound)
    add("Surv(1, ", at: start)
    add(response.range)
    add(")", at: start)
    add(response.range.upperBound..<source.bytes.count)
    return try Formula.parse(
      SourceText(bytes: bytes, file: source.file, offsets: offsets + source.offsets.suffix(1)))
  }

  private static func check(_ frame: CoxFrame, _ formula: Formula) throws {
    guard frame.strata != nil else {
      throw Diagnostic(
        .formulaSyntax, "the formula does not say which rows are matched", at: formula.source.range(),
        remedy: "add '+ strata(set)' with the column of matched sets; for unmatched data use 'logistic'")
    }
    guard !frame.design.columns.isEmpty else {
      throw Diagnostic(
        .constantColumn, "the model has no covariate that varies", at: formula.source.range(),
        remedy: frame.design.diagnostics.first?.message ?? "name covariates after '~'")
    }
    try frame.design.refusePenalties(of: "conditional-logistic")
  }

  private static func output(
    _ analysis: CoxAnalysis, _ options: ResolvedOptions, _ context: DirectiveContext, at range: SourceRange
  ) throws -> DirectiveOutput {
    let style = context.style
    var values = ResultValues()
    analysis.addValues(to: &values)
    let table = analysis.table(countHeadings: ["N", "Cases"])
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = notes(analysis, style)
      blocks.append(.table(table.table(caption: caption, notes: notes, style: style), name: nil))
    }
    let request = try options[FigureOption.forest]
    if request.isDrawn {
      blocks.append(
        table.figures(id: context.id, title: try options.title, request: request, style: style),
        caption: caption)
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values, warnings: warnings(analysis, at: range),
      artifact: AnalysedCases(
        id: context.id, dataSet: analysis.frame.dataSet, cases: analysis.frame.cases))
  }

  private static func notes(_ analysis: CoxAnalysis, _ style: JournalStyle) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    let (frame, fit) = (analysis.frame, analysis.fit)
    let likelihood =
      switch fit.model.options.ties {
      case .exactPartial: "exact conditional likelihood"
      case .efron: "Efron's approximation"
      case .breslow: "Breslow's approximation"
      }
    var notes = ["conditional logistic regression, \(likelihood), Wald intervals"]
    notes.append("\(count(frame.cases.rows.count)) rows, \(count(fit.eventCount)) cases")
    notes += [frame.design.adjustmentNote(frame.dataSet)].compactMap(\.self)
    notes += frame.design.interactionNotes(frame.dataSet)
    if let strata = frame.strata {
      var cases = [Int](repeating: 0, count: strata.groupCount)
      for (row, code) in strata.codes.enumerated() where cases.indices.contains(Int(code)) {
        cases[Int(code)] += frame.outcome.event[row] == 0 ? 0 : 1
      }
      let informative = cases.indices.count { cases[$0] > 0 && cases[$0] < strata.counts[$0] }
      notes.append("\(count(strata.groupCount)) matched sets, \(count(informative)) with cases and controls")
    }
    if let excluded = frame.cases.note(count: count) { notes.append(excluded) }
    if let test = fit.likelihoodRatioTest { notes.append(test.note("likelihood ratio", style: style)) }
    notes += analysis.jointTestNotes(style)
    if !fit.infinite.isEmpty {
      notes.append("withheld: the likelihood has no maximum in this coefficient (separation)")
    }
    return notes
  }

  private static func warnings(_ analysis: CoxAnalysis, at range: SourceRange) -> [Diagnostic] {
    analysis.warnings(at: range).map { warning in
      // Firth's likelihood is not to be had with exact ties.
      guard warning.code == .separation || warning.code == .fewEvents else { return warning }
      return Diagnostic(
        .warning, warning.code, warning.message, at: range,
        remedy: warning.code == .separation ? "join levels, or leave the term out" : "fit fewer terms",
        notes: warning.notes)
    }
  }
}
