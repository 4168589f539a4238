// `{proportional-hazards}`: whether hazard ratios change with time.

import Diagnostics
import Expressions
import Figures
import Presentation
import Survival

enum ProportionalHazardsDirective: Directive {
  static let model = OptionKey(required: "model", .id("the id of a Cox model"), "the Cox model to examine")
  static let transform = OptionKey(
    "transform", OptionKind<TimeTransform>.choice(), default: .kaplanMeier, shown: "km, or by `compat`",
    "the time scale on which a trend is sought: km, identity, log, rank")
  static let per = OptionKey(
    "per", OptionKind<Unit>.choice(), default: .term, shown: "term",
    "one test per term, or per column of the design")

  enum Unit: String, CaseIterable, Sendable { case term, column }

  static let specification = DirectiveSpecification(
    name: "proportional-hazards",
    summary: "Score tests of proportional hazards, per term and global.",
    details: """
      The score test of Grambsch and Therneau for a coefficient that changes with g(t), where g is one minus the Kaplan–Meier \
      estimate unless `transform` says otherwise; with the full information matrix, as `cox.zph` has it since version 3.0. \
      Where a test falls below 0.05 a warning stands in the document. The figure shows each term's scaled Schoenfeld residuals \
      plus its coefficient, smoothed by a natural spline with four degrees of freedom on the time scale of the test, within \
      two standard errors; for a term of several columns those of its linear predictor, whose coefficient is 1.
      """,
    options: [
      model.specification, transform.specification, per.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.residuals.specification,
    ],
    results: [
      ResultSpecification("ID[\"age\"].chi_squared", "per term, also `.df` and `.p`"),
      ResultSpecification("ID.global.chi_squared", "for all terms together, also `.df` and `.p`"),
    ],
    example: "model: prognosis",
    literature: [
      "Grambsch PM, Therneau TM. Proportional hazards tests and diagnostics based on weighted residuals. Biometrika 1994;81:515–26."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[model]
    let analysis = try context.coxModel(reference)
    let perTerm = try options[per] == .term
    let transform = try options.value(transform, otherwise: context.compatibility.timeTransform)
    let test = analysis.fit.proportionalHazardsTest(transform: transform, perTerm: perTerm)
    var values = ResultValues()
    values.add(".n", count: analysis.frame.cases.rows.count)
    values.add(".events", count: analysis.fit.eventCount)
    for term in test.terms {
      let column = perTerm ? nil : analysis.frame.design.columns.first { $0.name == term.name }
      add(term.test, at: ModelRows.path(column?.origin.pathArguments ?? [term.name]), to: &values)
    }
    add(test.global, at: ".global", to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let notes = [
        "score tests of proportional hazards", "time scale \(transform.words)", "model \(reference.id)",
      ]
      blocks.append(.table(table(test, analysis, caption: caption, notes: notes), name: nil))
    }
    let doubt = doubtful(test, analysis).joined(separator: ", ")
    if !doubt.isEmpty {
      blocks.append(
        .paragraph(
          "**Warning.** Proportional hazards are in doubt for \(MarkdownText.inline(doubt)): the hazard ratio is an average over follow-up."
        ))
    }
    let request = try options[FigureOption.residuals]
    if request.isDrawn {
      blocks.append(
        residualFigures(
          test, analysis, id: context.id, title: try options.title, request: request, style: context.style),
        caption: caption)
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: doubt.isEmpty ? [] : [warning(of: doubt, at: reference.range)])
  }

  /// The terms whose hazards seem not to be proportional; all together where none does alone.
  private static func doubtful(_ test: ProportionalHazardsTest, _ analysis: CoxAnalysis) -> [String] {
    func isDoubtful(_ pValue: Double?) -> Bool { pValue.map { $0 < 0.05 } ?? false }
    let terms = test.terms.filter { isDoubtful($0.test?.pValue) }.map { label(of: $0.name, analysis) }
    return terms.isEmpty && isDoubtful(test.global?.pValue) ? ["all terms together"] : terms
  }

  private static func warning(of doubt: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, .nonProportionalHazards, "proportional hazards are in doubt for \(doubt)", at: range,
      remedy:
        "stratify by it, split the follow-up so that its effect can change (split: {outcome: …, at: […]} in the "
        + "data set, then x:interval), or report restricted means; 'meier explain time-varying-effects'")
  }

  private static func table(
    _ test: ProportionalHazardsTest, _ analysis: CoxAnalysis, caption: String, notes: [String]
  ) -> Table {
    Table(
      caption: caption,
      columns: [
        TableColumn("Term", alignment: .left), TableColumn("χ²"), TableColumn("df"), TableColumn("P"),
      ],
      rows: test.terms.map { row(label(of: $0.name, analysis), $0.test) }
        + [TableRow(row("Global", test.global).cells, role: .total)], notes: notes)
  }

  private static func add(_ test: TestStatistic?, at path: String, to values: inout ResultValues) {
    guard let test else {
      values.add(path + ".chi_squared", .notEstimable, .statistic)
      values.add(path + ".p", .notEstimable, .pValue)
      return
    }
    values.add(path, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
  }

  private static func row(_ label: String, _ test: TestStatistic?) -> TableRow {
    TableRow([
      .text(label), .quantity(Quantity(test?.statistic, otherwise: .notEstimable), .statistic),
      .quantity(Quantity(test?.degreesOfFreedom, otherwise: .notEstimable), ValueFormat(.number, digits: 0)),
      .pValue(Quantity(test?.pValue, otherwise: .notEstimable)),
    ])
  }

  /// The words of the model's table for a term.
  static func label(of term: String, _ analysis: CoxAnalysis) -> String {
    let design = analysis.frame.design
    let row = analysis.rows.rows.first { row in
      guard let index = row.term, design.terms.indices.contains(index) else { return false }
      if let column = row.column, design.columns.indices.contains(column), design.columns[column].name == term
      {
        return true
      }
      return design.terms[index].text == term && (row.kind == .heading || row.indent == 0)
    }
    return row?.label ?? term
  }
}

extension TimeTransform {
  var words: String {
    switch self {
    case .kaplanMeier: "1 − Kaplan–Meier"
    case .identity: "identity"
    case .log: "log"
    case .rank: "rank"
    }
  }
}
