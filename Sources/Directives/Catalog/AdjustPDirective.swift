// `{adjust-p}`: P values adjusted for their number.

import Diagnostics
import HypothesisTests
import Presentation

enum AdjustPDirective: Directive {
  static let pValues = OptionKey(
    required: "p-values", OptionKind<GivenPValue>.pValue.list, "the P values, in order")
  static let names = OptionKey(
    "names", OptionKind<String>.text.list, default: [], shown: "the results, or 1, 2, 3, …",
    "what each P value belongs to")
  static let adjust = OptionKey(
    "adjust", OptionKind<Method>.choice().list, default: [.holm], shown: "holm", "the methods")

  enum Method: String, CaseIterable, Sendable {
    case bonferroni, holm, hochberg
    case benjaminiHochberg = "benjamini-hochberg"
    case benjaminiYekutieli = "benjamini-yekutieli"

    var adjustment: PValueAdjustment {
      switch self {
      case .bonferroni: .bonferroni
      case .holm: .holm
      case .hochberg: .hochberg
      case .benjaminiHochberg: .benjaminiHochberg
      case .benjaminiYekutieli: .benjaminiYekutieli
      }
    }

    /// As result names write it.
    var snakeCase: String { rawValue.split(separator: "-").joined(separator: "_") }

    var heading: String {
      rawValue.split(separator: "-").map { String($0).capitalizedFirst }.joined(separator: "–")
    }
  }

  static let specification = DirectiveSpecification(
    name: "adjust-p",
    summary: "P values adjusted for multiplicity.",
    details: """
      Bonferroni, Holm and Hochberg bound the chance of any false rejection; Benjamini–Hochberg and Benjamini–Yekutieli the \
      expected share of false ones among the rejected. Holm is the default: it holds under any dependence and rejects \
      whatever Bonferroni does.

      A P value may be a result of another directive, such as `os.log_rank.p` or `prognosis["age"].p`, which is then never \
      typed by hand; one that is not estimable does not count among the comparisons.
      """,
    options: [
      pValues.specification, names.specification, adjust.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.n", "how many P values"),
      ResultSpecification(
        "ID.holm(1)",
        "the first P value adjusted; also `.bonferroni(1)`, `.hochberg(1)`, `.benjamini_hochberg(1)`, "
          + "`.benjamini_yekutieli(1)`"),
    ],
    example: """
      p-values: [0.001, 0.012, 0.04]
      adjust: [holm, benjamini-hochberg]
      """,
    literature: [
      "Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65–70.",
      "Benjamini Y, Hochberg Y. Controlling the false discovery rate. J R Stat Soc B 1995;57:289–300.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let sources = try options[pValues]
    let given = try sources.map { try $0.value(in: context) }
    let labels = try options[names]
    let methods = try options[adjust]
    if !labels.isEmpty, labels.count != given.count {
      throw Diagnostic(
        .invalidOption, "\(labels.count) names for \(given.count) P values", at: options.range(names),
        remedy: "give one name for each P value")
    }
    let adjusted = methods.map { $0.adjustment.adjust(given) }
    var values = ResultValues()
    values.add(".n", count: given.count)
    for (method, column) in zip(methods, adjusted) {
      for (index, value) in column.enumerated() {
        values.add(".\(method.snakeCase)(\(index + 1))", value, .pValue)
      }
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let words = labels.isEmpty ? GivenPValue.words(sources, in: context) : labels
    let rows = given.indices.map { index in
      TableRow(
        [
          .text(words[index]),
          .pValue(Quantity(given[index])),
        ]
          + adjusted.map { .pValue(Quantity($0[index])) })
    }
    let table = Table(
      caption: try options[CommonOptions.caption],
      columns: [TableColumn("Comparison", alignment: .left), TableColumn("P")]
        + methods.map { TableColumn("Adjusted P (\($0.heading))") },
      rows: rows, notes: ["adjusted for \(given.count { !$0.isNaN }) comparisons"])
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
  }
}
