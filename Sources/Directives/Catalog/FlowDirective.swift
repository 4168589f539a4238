// `{flow}`: from the rows of the file to those in the analysis.

import AnalysisDocument
import Diagnostics
import Expressions
import Figures
import Presentation

public enum FlowDirective: Directive {
  static let data = OptionKey(
    optional: "data", .dataSet, "the data set at the end of the flow; with a model, the model's data set")
  static let model = OptionKey(
    optional: "model", .id("the id of a model"), "a model: its complete cases are the last step")
  static let labels = OptionKey(
    "labels", OptionKind<String>.text.mapping, default: [], shown: "the ids",
    "what the boxes of data sets and models say, by id")
  static let reasons = OptionKey(
    "reasons", OptionKind<String>.text.mapping, default: [], shown: "the conditions",
    "why rows were left out on the way to a data set, by id")

  public static let specification = DirectiveSpecification(
    name: "flow",
    summary: "The flow of patients from the file to the analysis.",
    details: """
      Every data set between the file and the analysis is a box; beside the arrow stand the rows that were left out and why: \
      those that did not meet the condition, those for which it was missing, and for a model those without a value in \
      each variable (a row that lacks several counts with the first). Steps that left out nobody are shown with 0. The \
      numbers are those of the tables: if they did not add up, the directive would fail.
      """,
    options: [
      data.specification, model.specification, labels.specification, reasons.specification,
      CommonOptions.caption.specification,
    ],
    results: [
      ResultSpecification(
        "ID.step(1).n", "rows of the first box, the file; `.step(2).n` of the second, and so on"),
      ResultSpecification("ID.step(2).excluded", "rows left out on the way to the box"),
      ResultSpecification("ID.final", "rows of the last box"),
    ],
    example: """
      data: nelm
      model: prognosis
      reasons:
        nelm: No liver metastases
      """,
    literature: [
      "von Elm E, et al. The Strengthening the Reporting of Observational Studies in Epidemiology (STROBE) statement. "
        + "Lancet 2007;370:1453–7."
    ])

  /// One box with the rows left out on the way to it.
  private struct Step {
    let label: String
    let rowCount: Int
    var exclusions: [(reason: String, count: Int)] = []

    var excluded: Int { exclusions.reduce(0) { $0 + $1.count } }
  }

  public static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let modelReference = try options[model]
    let analysis = try modelReference.map {
      try context.artifact((any AnalysedRows).self, of: $0.id, called: "a model", at: $0.range)
    }
    let dataReference = try options[data]
    let named = try dataReference.map { try context.dataSet($0.id, at: $0.range) }
    guard let dataSet = analysis?.dataSet ?? named else {
      throw Diagnostic(
        .missingOption, "'flow' needs 'data' or 'model'", at: options.block,
        remedy: "add 'data: ID' or 'model: ID'")
    }
    if let named, let analysis, analysis.dataSet.id != named.id {
      throw Diagnostic(
        .invalidOption, "'\(analysis.id)' analyses '\(analysis.dataSet.id)', not '\(named.id)'",
        at: options.range(data), remedy: "write 'data: \(analysis.dataSet.id)', or leave it out")
    }
    let steps = try steps(dataSet, analysis, options)
    for (before, after) in zip(steps, steps.dropFirst())
    where before.rowCount != after.rowCount + after.excluded {
      throw Diagnostic(
        .internalFault,
        "the flow does not add up: \(before.rowCount) rows, \(after.excluded) left out, \(after.rowCount) kept",
        at: options.block)
    }
    var values = ResultValues()
    for (index, step) in steps.enumerated() {
      values.add(".step(\(index + 1)).n", count: step.rowCount)
      values.add(".step(\(index + 1)).excluded", count: step.excluded)
    }
    values.add(".final", count: steps.last?.rowCount ?? 0)
    let caption = try options[CommonOptions.caption]
    let figure = figure(steps, id: context.id, caption: caption, style: context.style)
    return DirectiveOutput(
      blocks: [.figure(figure, name: nil, caption: caption)], values: values.values)
  }

  private static func steps(
    _ dataSet: DataSet, _ analysis: (any AnalysedRows)?, _ options: ResolvedOptions
  ) throws -> [Step] {
    let names = Dictionary(try options[labels].map { ($0.string, $0.value) }) { first, _ in first }
    let reasonTexts = Dictionary(try options[reasons].map { ($0.string, $0.value) }) { first, _ in first }
    try check(labels, reasons, options, known: dataSet.steps.map(\.id) + [analysis?.id].compactMap(\.self))
    var steps: [Step] = []
    if let first = dataSet.steps.first, first.condition != nil {
      steps.append(Step(label: "Rows of the file", rowCount: first.rowCount + first.excluded))
    }
    for step in dataSet.steps {
      var box = Step(label: names[step.id] ?? step.id, rowCount: step.rowCount)
      if step.condition != nil {
        let reason = reasonTexts[step.id] ?? "Not \(step.condition ?? "")"
        box.exclusions.append((reason, step.excluded - step.undecided))
        if step.undecided > 0 { box.exclusions.append(("Not known: \(reason)", step.undecided)) }
      } else if !steps.isEmpty {
        continue
      }
      steps.append(box)
    }
    if let analysis {
      var box = Step(label: names[analysis.id] ?? analysis.id, rowCount: analysis.cases.rows.count)
      box.exclusions = analysis.cases.exclusions.map { ("\($0.label) missing", $0.count) }
      if box.exclusions.isEmpty { box.exclusions = [("Values missing", 0)] }
      steps.append(box)
    }
    return steps
  }

  /// Labels and reasons of ids that are not on the way are mistakes.
  private static func check(
    _ first: OptionKey<[Named<String>]>, _ second: OptionKey<[Named<String>]>, _ options: ResolvedOptions,
    known: [String]
  ) throws {
    var problems: [Diagnostic] = []
    for entry in try options[first] + options[second] where !known.contains(entry.string) {
      problems.append(
        Diagnostic(
          .unknownResult, "'\(entry.string)' is not on the way to this analysis", at: entry.name.range(),
          remedy: NearMiss.remedy(for: entry.string, among: known)
            ?? "there are: \(known.joined(separator: ", "))"))
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
  }

  private static func figure(_ steps: [Step], id: String, caption: String, style: JournalStyle) -> Figure {
    var boxes: [FlowFigure.Step] = []
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1].exclusions : []
      boxes.append(
        FlowFigure.Step(
          step.label, count: step.rowCount,
          exclusions: next.map { FlowFigure.Reason($0.reason, count: $0.count) }))
    }
    return FlowFigure(
      id: id, title: caption.isEmpty ? "Flow of patients" : caption, steps: boxes, style: FigureStyle(style)
    ).figure()
  }
}
