// `{compare-rules}`: one analysis under the defaults of several programs.

import Diagnostics
import Expressions
import Presentation

enum CompareRulesDirective: Directive {
  static let of = OptionKey(
    optional: "of", .id("the id of an analysis"),
    "the analysis to run again under other rules; without it `data`, `formula` and `analysis` say what to run"
  )
  static let data = OptionKey(optional: "data", .dataSet, "the data set, for an analysis of its own")
  static let formula = OptionKey(optional: "formula", .formula, "its formula")
  static let analysis = OptionKey(
    "analysis", OptionKind<Analysis>.choice(), default: .cox, shown: "cox", "what to make of data and formula"
  )

  enum Analysis: String, CaseIterable, Sendable {
    case cox
    case kaplanMeier = "kaplan-meier"
    case followUp = "follow-up"
    case logRank = "log-rank"

    var type: any Directive.Type {
      switch self {
      case .cox: CoxDirective.self
      case .kaplanMeier: KaplanMeierDirective.self
      case .followUp: FollowUpDirective.self
      case .logRank: LogRankDirective.self
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "compare-rules",
    summary: "One analysis under the defaults of Meier, R, SAS and Stata, and why they differ.",
    details: """
      Programs print different numbers for the same data because their defaults differ: ties, the scale of an interval, \
      where a median lies on a flat step, the reference level, whether times that differ by rounding alone are tied. The \
      analysis is run once under each program's set (what `compat:` in the front matter would set), and once for each rule \
      on which the sets disagree with that rule alone changed. The first table holds the results side by side; the second \
      the rules that move any of them, with the number of quantities moved and the largest relative change. Options that \
      the author gave hold under all sets.
      """,
    options: [
      of.specification, data.specification, formula.specification, analysis.specification,
      CommonOptions.condition.specification, KaplanMeierDirective.times.specification,
      CommonOptions.weights.specification, CommonOptions.cluster.specification,
      CommonOptions.caption.specification, CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification(
        "ID.sas[\"age\"].hr", "any result of the analysis, under `meier`, `r`, `sas` or `stata`"),
      ResultSpecification("ID.differing", "quantities on which the programs differ; `.compared` of how many"),
      ResultSpecification(
        "ID.rule(\"ties\").moved", "quantities that the rule moves; `.largest_change` in per cent"),
    ],
    example: """
      of: prognosis
      """,
    literature: [
      "Therneau TM, Grambsch PM. Modeling Survival Data: Extending the Cox Model. Springer 2000, section 3.3.",
      "Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361–5.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let request = try request(options, context)
    let comparison = try RuleComparison { try output(of: request, under: $0, context) }
    var values = ResultValues()
    for run in comparison.runs {
      for value in run.output?.values ?? [] {
        values.add(value, under: ".\(run.rules.preset.rawValue)")
      }
    }
    values.add(".compared", count: comparison.paths.count)
    values.add(".differing", count: comparison.paths.count { !comparison.isAgreed($0) })
    for decision in comparison.decisions {
      let path = ".rule(\(ResultPath.quoted(decision.choice.name)))"
      values.add(path + ".moved", count: decision.movedCount)
      values.add(path + ".largest_change", decision.largestChange * 100, .percent)
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = [
      .table(
        comparison.resultTable(
          caption: caption, labels: context.columnLabels, style: context.style), name: nil)
    ]
    if comparison.decisions.isEmpty {
      blocks.append(.paragraph("The rules on which the programs disagree make no difference here."))
    } else {
      blocks.append(.table(comparison.decisionTable(style: context.style), name: "rules"))
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }

  /// The analysis under the given rules, on models that were fitted under them as well.
  private static func output(
    of request: DirectiveRequest, under rules: Compatibility, _ context: DirectiveContext
  ) throws -> DirectiveOutput {
    var outputs = context.outputs
    for id in request.options.use.ids.sorted() {
      guard let other = context.requests[id], !(other.type is DataDirective.Type) else { continue }
      outputs[id] = try output(of: other, under: rules, context)
    }
    return try request.type.run(request.options, in: context.following(rules, outputs: outputs))
  }

  /// What to run.
  private static func request(
    _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> DirectiveRequest {
    if let reference = try options[of] {
      guard let request = context.requests[reference.id] else {
        throw Diagnostic(
          .unknownResult, "no analysis '\(reference.id)'", at: reference.range,
          remedy: NearMiss.remedy(for: reference.id, among: context.requests.keys.sorted()))
      }
      if request.type is CompareRulesDirective.Type || request.type is DataDirective.Type {
        throw Diagnostic(
          .unknownResult, "'\(reference.id)' is no analysis", at: reference.range,
          remedy: "name a model, a table or curves")
      }
      return request
    }
    guard let reference = try options[data] else {
      throw Diagnostic(
        .missingOption, "'compare-rules' needs an analysis", at: options.block,
        remedy: "add 'of: ID', or 'data:' and 'formula:'")
    }
    guard try options[formula] != nil else {
      throw Diagnostic(
        .missingOption, "'compare-rules' needs a formula for '\(reference.id)'", at: options.block,
        remedy: "add 'formula: os ~ …'")
    }
    let kind = try options[analysis]
    var own = options.selecting(kind.type.specification.options.map(\.name))
    own.unwrap(data)
    own.unwrap(formula)
    return DirectiveRequest(type: kind.type, options: own)
  }
}

extension ResultValues {
  /// A value of another directive under a longer path.
  fileprivate mutating func add(_ value: ResultValue, under prefix: String) {
    append(
      ResultValue(
        prefix + value.path, value.content, value.format, confidenceLevel: value.confidenceLevel,
        followedTo: value.followedTo))
  }
}
