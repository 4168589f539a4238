// `{log-rank}`: tests of equal hazards in groups.

import Diagnostics
import Expressions
import Presentation
import Survival

enum LogRankDirective: Directive {
  static let test = OptionKey(
    "test", OptionKind<Weight>.choice(), default: .logRank, shown: "log-rank",
    "the weight of early and late differences")
  static let rho = OptionKey(
    "rho", .number(in: 0...100), default: 0, shown: "0", "exponent of S(t−) for fleming-harrington")
  static let gamma = OptionKey(
    "gamma", .number(in: 0...100), default: 0, shown: "0", "exponent of 1 − S(t−) for fleming-harrington")
  static let trend = OptionKey(
    optional: "trend", OptionKind<Trend>.trend,
    "scores of the groups for a test of trend, or true for 1, 2, 3, …")
  static let pairwise = OptionKey(
    "pairwise", .flag, default: false, shown: "false",
    "whether every pair of groups is compared, each on its own rows")
  static let adjust = OptionKey(
    "adjust", OptionKind<Adjustment>.choice().list, default: [.holm], shown: "holm",
    "how the P values of pairs are adjusted for their number")

  enum Weight: String, CaseIterable, Sendable {
    case logRank = "log-rank"
    case gehanBreslow = "gehan-breslow"
    case taroneWare = "tarone-ware"
    case petoPeto = "peto-peto"
    case modifiedPetoPeto = "modified-peto-peto"
    case flemingHarrington = "fleming-harrington"
  }

  enum Adjustment: String, CaseIterable, Sendable {
    case holm, hochberg, bonferroni
    case benjaminiHochberg = "benjamini-hochberg"

    var method: MultiplicityAdjustment {
      switch self {
      case .holm: .holm
      case .hochberg: .hochberg
      case .bonferroni: .bonferroni
      case .benjaminiHochberg: .benjaminiHochberg
      }
    }
    /// As result names write it.
    var snakeCase: String { rawValue == "benjamini-hochberg" ? "benjamini_hochberg" : rawValue }

    /// As prose has it.
    var words: String {
      switch self {
      case .holm: "Holm’s method"
      case .hochberg: "Hochberg’s method"
      case .bonferroni: "Bonferroni’s method"
      case .benjaminiHochberg: "Benjamini and Hochberg’s method"
      }
    }
  }

  enum Trend: Sendable {
    case ranks
    case scores([Double])
  }

  static let specification = DirectiveSpecification(
    name: "log-rank",
    summary: "Log-rank test and its weighted relatives, stratified, for trend, pairwise.",
    details: """
      The score of group g is Σ w(t) (d_g − d n_g / n) over the event times, with hypergeometric variance; χ² has one degree of \
      freedom less than there are groups. Weights: 1 (log-rank), n (Gehan–Breslow), √n (Tarone–Ware), the Peto–Peto estimate \
      of S (times n / (n + 1) where modified), or S(t−)^ρ (1 − S(t−))^γ. `strata()` in the formula sums scores and variances over strata. With weights, observed \
      and expected are weighted sums.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification,
      test.specification, rho.specification, gamma.specification, trend.specification, pairwise.specification,
      adjust.specification, LandmarkSelection.option.specification, CommonOptions.weights.specification,
      CommonOptions.patient.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.chi_squared", "also `.df` and `.p`"),
      ResultSpecification(
        "ID[\"group\"].observed", "also `.n`, `.expected`, and `.patients` where `id` tells them apart"),
      ResultSpecification("ID.variance[\"g\", \"h\"]", "covariance of the scores of two groups"),
      ResultSpecification("ID.trend.chi_squared", "also `.p`"),
      ResultSpecification("ID.pair[\"A\", \"B\"].chi_squared", "also `.p` and `.p_holm`, …"),
    ],
    example: """
      data: nelm
      formula: os ~ treatment
      pairwise: true
      """,
    literature: [
      "Harrington DP, Fleming TR. A class of rank test procedures for censored survival data. Biometrika 1982;69:553–66."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(reference.id, at: reference.range),
      condition: try options[CommonOptions.condition], weights: try options[CommonOptions.weights],
      patient: try options[CommonOptions.patient],
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    guard let groups = frame.groups else {
      throw Diagnostic(
        .oneGroup, "the formula names no group to compare", at: formula.source.range(),
        remedy: "write \(formula.response?.words ?? "os") ~ group")
    }
    let weight: LogRankWeight =
      switch try options[test] {
      case .logRank: .logRank
      case .gehanBreslow: .gehanBreslow
      case .taroneWare: .taroneWare
      case .petoPeto: .petoPeto
      case .modifiedPetoPeto: .modifiedPetoPeto
      case .flemingHarrington: .flemingHarrington(rho: try options[rho], gamma: try options[gamma])
      }
    var roles = frame.roles(formula)
    roles.options["trend"] = options.range(trend)
    let result = try roles.translating {
      try frame.logRankTest(groups, weight: weight, threads: context.threads)
    }
    guard try frame.hasEvents else {
      throw Diagnostic(
        .noEvents, "no events: there is nothing to compare", at: frame.times.eventRange,
        remedy: "look at the coding of the event")
    }
    let trendTest: TestStatistic? = try roles.translating {
      switch try options[trend] {
      case nil: nil
      case .ranks: try result.trend()
      case .scores(let scores): try result.trend(scores: scores)
      }
    }
    var values = ResultValues()
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.addPatients(to: &values)
    frame.landmark?.addValues(to: &values)
    values.add("", result.test)
    for (index, group) in result.groups.enumerated() {
      let path = groups.path(index)
      values.add(path + ".n", count: frame.rowCount(group: index, otherwise: group.rowCount))
      values.add(path + ".events", group.eventCount, .count)
      values.add(path + ".observed", group.observed, .number)
      values.add(path + ".expected", group.expected, .number)
      for (other, second) in result.groups.enumerated() {
        let pair = [group.name, second.name].map(ResultPath.quoted).joined(separator: ", ")
        values.add(".variance[\(pair)]", result.variance[index, other], .number)
      }
    }
    if let trendTest { values.add(".trend", trendTest) }
    let pairs = try options[pairwise] ? try addPairs(result, options, to: &values) : nil
    let blocks = try blocks(result, trendTest, pairs, frame, options, context)
    return DirectiveOutput(blocks: blocks, values: values.values, warnings: frame.warnings)
  }

  /// "log-rank", "Fleming–Harrington (ρ 0, γ 1)".
  private static func testName(_ options: ResolvedOptions, _ style: JournalStyle) throws -> String {
    switch try options[test] {
    case .logRank: return "log-rank"
    case .gehanBreslow: return "Gehan–Breslow"
    case .taroneWare: return "Tarone–Ware"
    case .petoPeto: return "Peto–Peto"
    case .modifiedPetoPeto: return "modified Peto–Peto"
    case .flemingHarrington:
      let exponents = (try options[rho], try options[gamma])
      func words(_ value: Double) -> String { NumberFormat.trimmed(value, digits: 4, style: style.number) }
      return "Fleming–Harrington (ρ \(words(exponents.0)), γ \(words(exponents.1)))"
    }
  }

  /// Each method's comparisons, the first method's for the table.
  private static func addPairs(
    _ result: LogRankTest, _ options: ResolvedOptions, to values: inout ResultValues
  ) throws -> (adjustment: Adjustment, comparisons: [LogRankTest.Comparison])? {
    var first: (Adjustment, [LogRankTest.Comparison])?
    for adjustment in try options[adjust] {
      let comparisons = result.pairwise(adjustment: adjustment.method)
      for comparison in comparisons {
        let path = ".pair[\(ResultPath.quoted(comparison.first)), \(ResultPath.quoted(comparison.second))]"
        if first == nil { values.add(path, comparison.test) }
        values.add(
          path + ".p_" + adjustment.snakeCase, Quantity(comparison.adjustedPValue, otherwise: .notEstimable),
          .pValue)
      }
      if first == nil { first = (adjustment, comparisons) }
    }
    return first
  }

  private static func blocks(
    _ result: LogRankTest, _ trend: TestStatistic?,
    _ pairs: (adjustment: Adjustment, comparisons: [LogRankTest.Comparison])?,
    _ frame: SurvivalFrame, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> [OutputBlock] {
    guard try options[CommonOptions.showsTable] else { return [] }
    let style = context.style
    // Events are counted; only weights make fractions of them.
    let digits = result.groups.allSatisfy { $0.observed == $0.observed.rounded() } ? 0 : 1
    let names = frame.groups?.rowNames ?? result.groups.map(\.name)
    let rows = zip(names, result.groups).enumerated().map { index, named in
      let (name, group) = named
      return TableRow([
        .text(name), .count(frame.printedCount(group: index, otherwise: group.rowCount)),
        .quantity(Quantity(group.observed), ValueFormat(.number, digits: digits)),
        .quantity(Quantity(group.expected), ValueFormat(.number, digits: 1)),
      ])
    }
    let name = try testName(options, style)
    var notes = [result.test?.note(name, style: style) ?? "\(name): not estimable"]
    if let label = frame.strataLabel { notes[0] += ", stratified by \(label)" }
    if let trend { notes.append(trend.note("trend", style: style)) }
    notes += frame.notes(style)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = [
      .table(
        Table(
          caption: caption,
          columns: [
            TableColumn(frame.grouping?.label ?? "", alignment: .left),
            TableColumn(frame.countHeading),
            TableColumn("Observed"),
            TableColumn("Expected"),
          ], rows: rows, notes: notes), name: nil)
    ]
    if let pairs {
      func heading(_ name: String) -> String { frame.groups?.heading(ofName: name) ?? name }
      let rows = pairs.comparisons.map { pair in
        TableRow([
          .text([pair.first, pair.second].map(heading).joined(separator: " vs ")),
          .quantity(Quantity(pair.test?.statistic, otherwise: .notEstimable), .statistic),
          .pValue(Quantity(pair.test?.pValue, otherwise: .notEstimable)),
          .pValue(Quantity(pair.adjustedPValue, otherwise: .notEstimable)),
        ])
      }
      blocks.append(
        .table(
          Table(
            name: "pairs", caption: "Pairwise comparisons",
            columns: [
              TableColumn("Groups", alignment: .left), TableColumn("χ²"), TableColumn("P"),
              TableColumn("Adjusted P"),
            ], rows: rows,
            notes: [
              "\(name), each pair on its own rows"
                + (frame.strataLabel.map { ", stratified by \($0)" } ?? ""),
              "P values adjusted by \(pairs.adjustment.words)",
            ]),
          name: "pairs"))
    }
    return blocks
  }
}

extension OptionKind where Value == LogRankDirective.Trend {
  static var trend: Self {
    OptionKind("true, or a list of scores") { tree, reader in
      if tree.scalar?.string == "true" { return .ranks }
      return OptionKind<Double>.number().list.decode(tree, &reader).map { .scores($0) }
    }
  }
}
