// `{flow}`: from the rows of the file to those in the analysis.

import AnalysisDocument
import Diagnostics
import Expressions
import Presentation

enum FlowDirective: Directive {
  static let data = OptionKey(
    optional: "data", .dataSet, "the data set at the end of the flow; with a model, one on the way to it")
  static let model = OptionKey(
    optional: "model", .id("the id of an analysis"),
    "an analysis: the rows it used, after its own condition and missing values, are the last step")
  static let labels = OptionKey(
    "labels", OptionKind<String>.text.mapping, default: [], shown: "the ids",
    "what the boxes of data sets and analyses say, by id; `file` stands for all rows of the file")
  static let reasons = OptionKey(
    "reasons", OptionKind<String>.text.mapping, default: [], shown: "the conditions",
    "why rows did not meet the condition of a data set or an analysis, by id")
  static let showsTable = OptionKey(
    "table", .flag, default: false, shown: "false", "whether the numbers are printed as a table as well")

  static let specification = DirectiveSpecification(
    name: "flow",
    summary: "The flow of patients from the file to the analysis.",
    details: """
      Every data set between the file and the analysis is a box; beside the arrow stand the rows that were left out and why: \
      those that did not meet the condition, those for which it could not be decided because a value was missing, and for an \
      analysis those without a value in each of its variables (a row that lacks several counts with the first). Steps \
      that left out nobody are shown with 0. A data set that only derives columns is a box if `labels` names it. The \
      numbers are those of the data sets and the analysis themselves; if they did not add up, the directive would fail. Where the \
      data's `id` says that patients have several rows, boxes count patients beside rows; what was left out are rows.
      """,
    options: [
      data.specification, model.specification, labels.specification, reasons.specification,
      CommonOptions.caption.specification, showsTable.specification, FigureOption.plain.specification,
    ],
    results: [
      ResultSpecification(
        "ID.step(1).n", "rows of the first box, the file; `.step(2).n` of the second, and so on"),
      ResultSpecification(
        "ID.step(1).patients", "where the data's `id` tells patients apart and some have several rows"),
      ResultSpecification("ID.step(2).excluded", "rows left out on the way to the second box"),
      ResultSpecification(
        "ID.step(2).excluded[\"reason\"]", "those of one reason, in the words of the chart"),
      ResultSpecification("ID.final", "rows of the last box"),
    ],
    example: """
      data: resectable
      labels:
        nelm: Neuroendocrine liver metastases
        resectable: Stage I or II
      reasons:
        resectable: Stage III
      """,
    literature: [
      "von Elm E, et al. The Strengthening the Reporting of Observational Studies in Epidemiology (STROBE) statement. "
        + "Lancet 2007;370:1453–7."
    ],
    reportsSelection: true)

  /// The directives that tell which rows they used.
  private static var analyses: [any Directive.Type] {
    [
      CoxDirective.self, LinearDirective.self, LogisticDirective.self, PoissonDirective.self,
      NegativeBinomialDirective.self, GammaDirective.self, GeneralizedLinearDirective.self,
      ConditionalLogisticDirective.self, FineGrayDirective.self, CumulativeIncidenceDirective.self,
      ParametricSurvivalDirective.self, PropensityDirective.self, MatchingDirective.self,
    ]
  }

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let analysis = try options[model].map {
      try context.artifact(
        (any AnalysedRows).self, of: $0.id, called: "an analysis of rows", madeBy: analyses, at: $0.range)
    }
    let named = try options[data].map { try context.dataSet($0.id, at: $0.range) }
    guard let last = try analysis.map({ try given($0, in: context) }) ?? named else {
      throw Diagnostic(
        .missingOption, "'flow' needs 'data' or 'model'", at: options.block,
        remedy: "add 'data: ID' or 'model: ID'")
    }
    if let named, let analysis, !last.steps.contains(where: { $0.id == named.id }) {
      throw Diagnostic(
        .invalidOption, "'\(named.id)' is not on the way to '\(analysis.id)', which analyses '\(last.id)'",
        at: options.range(data), remedy: "write 'data: \(last.id)', or leave it out")
    }
    let flow = Flow(last, analysis, try words(options, last, analysis))
    try reconcile(flow, last, analysis, options, context)
    var values = ResultValues()
    flow.addValues(to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[showsTable] { blocks.append(.table(flow.table(caption: caption), name: nil)) }
    let request = try options[FigureOption.plain]
    if request.isDrawn {
      let figure = flow.figure(id: context.id, title: try options.title, style: request.style(context.style))
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    blocks.append(.paragraph(MarkdownText.paragraph(flow.note(context.style))))
    return DirectiveOutput(blocks: blocks, values: values.values)
  }

  /// The data set that the analysis was given, before its own condition.
  private static func given(
    _ analysis: any AnalysedRows, in context: DirectiveContext
  ) throws -> DataSet {
    if let dataSet = context.outputs[analysis.dataSet.id]?.artifact as? DataSet { return dataSet }
    throw Diagnostic(
      .internalFault, "'\(analysis.id)' analyses '\(analysis.dataSet.id)', which is not a data set")
  }

  /// The author's words; those for ids that are not on the way are mistakes.
  private static func words(
    _ options: ResolvedOptions, _ dataSet: DataSet, _ analysis: (any AnalysedRows)?
  ) throws -> Flow.Words {
    let ids = dataSet.steps.map(\.id) + [analysis?.id].compactMap(\.self)
    let hasFileBox = dataSet.steps.first?.condition != nil
    var problems: [Diagnostic] = []
    func read(_ key: OptionKey<[Named<String>]>, known: [String]) throws -> [String: String] {
      var texts: [String: String] = [:]
      for entry in try options[key] {
        texts[entry.string] = entry.value
        if known.contains(entry.string) { continue }
        problems.append(
          Diagnostic(
            .unknownReference, "'\(entry.string)' is not on the way to this analysis", at: entry.name.range(),
            remedy: NearMiss.remedy(for: entry.string, among: known)
              ?? "on the way are: \(known.joined(separator: ", "))"))
      }
      return texts
    }
    let words = Flow.Words(
      labels: try read(labels, known: ids + (hasFileBox ? [Flow.Words.file] : [])),
      reasons: try read(reasons, known: ids))
    if !problems.isEmpty { throw DiagnosticList(problems) }
    return words
  }

  /// The chart must say what the data set and the analysis say.
  private static func reconcile(
    _ flow: Flow, _ dataSet: DataSet, _ analysis: (any AnalysedRows)?, _ options: ResolvedOptions,
    _ context: DirectiveContext
  ) throws {
    var contradictions = [flow.contradiction].compactMap(\.self)
    func compare(_ count: Int?, with id: String) {
      for value in context.outputs[id]?.values ?? [] where value.path == ".n" {
        guard case .quantity(let quantity) = value.content, quantity != count.map({ Quantity($0) }) else {
          continue
        }
        contradictions.append("the rows of '\(id)' are not those that it reports")
      }
    }
    compare(dataSet.steps.last?.rowCount, with: dataSet.id)
    compare(dataSet.table.rowCount, with: dataSet.id)
    if let analysis {
      compare(analysis.cases.rows.count, with: analysis.id)
      if analysis.cases.rowCount != analysis.dataSet.table.rowCount {
        contradictions.append("'\(analysis.id)' looked at other rows than those of '\(analysis.dataSet.id)'")
      }
    }
    if let first = contradictions.first {
      throw Diagnostic(.internalFault, "the flow does not add up: \(first)", at: options.block)
    }
  }
}
