// `{rates}`: events per person-time.

import Diagnostics
import Expressions
import Figures
import Presentation
import Survival

enum RatesDirective: Directive {
  static let per = OptionKey(
    "per", .number(in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude), default: 100,
    shown: "100", "units of person-time that a rate is given for")

  static let specification = DirectiveSpecification(
    name: "rates",
    summary: "Event rates per person-time by group, with exact intervals, and rate ratios.",
    details: """
      The rate of a group is its number of events over its person-time, Σ (time − entry); its interval is Garwood's exact one for \
      a Poisson count. Given all events of two groups, those of the first are binomial with the share of its person-time: from \
      this come the exact interval of the rate ratio (after Clopper and Pearson) and its P value, as R's `poisson.test`. A rate \
      assumes that the hazard is constant over follow-up. Without events the lower limit is 0; a ratio to a group \
      without events is not estimable. Weights count rows and must be whole numbers.

      `os ~ treatment + strata(centre)` compares groups within strata: the ratios are then Mantel and Haenszel's, with Greenland and \
      Robins' interval and the score test, and a test says whether the strata agree on one ratio. Rates stay those of all rows.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, per.specification, GroupComparison.reference.specification,
      LandmarkSelection.option.specification, CommonOptions.confidenceLevel.specification,
      CommonOptions.weights.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out"),
      ResultSpecification(
        "ID.rate", "of all, and `ID[\"group\"].rate`, per `per` units of person-time, with `.lower`, `.upper`"
      ),
      ResultSpecification("ID[\"group\"].person_time", "in the unit of time; also `.events`, `.n`"),
      ResultSpecification(
        "ID[\"group\"].rate_ratio", "to the reference group, with `.lower`, `.upper`, `.p`"),
      ResultSpecification(
        "ID[\"group\"].homogeneity.chi_squared", "whether strata agree on the ratio, with `.df`, `.p`"),
    ],
    decimals: [.estimates],
    example: """
      data: nelm
      formula: os ~ treatment
      per: 1000
      """,
    literature: [
      "Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437–42.",
      "Rothman KJ, Greenland S, Lash TL. Modern epidemiology. 3rd ed. Philadelphia: Lippincott; 2008.",
      "Greenland S, Robins JM. Estimation of a common effect parameter from sparse follow-up data. Biometrics 1985;41:55–68.",
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let source = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let level = try options[CommonOptions.confidenceLevel]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(source.id, at: source.range).withTimesAsGiven,
      condition: try options[CommonOptions.condition], weights: try options[CommonOptions.weights],
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    let reference = try frame.groups.map {
      try GroupComparison.referenceIndex(
        try options[GroupComparison.reference], among: $0, at: options.range(GroupComparison.reference))
    }
    let (rates, ratios) = try frame.roles(formula).translating {
      let rates = try EventRates.estimate(
        frame.outcome, groups: frame.groups?.codes, confidenceLevel: level)
      return (rates, try Self.ratios(of: rates, frame, reference: reference))
    }
    let scale = try options[per]
    var values = ResultValues()
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.landmark?.addValues(to: &values)
    add(rates.total, at: "", scale, level, to: &values)
    var body: [TableRow] = []
    var remaining = ratios[...]
    for (index, rate) in rates.groups.enumerated() {
      var cells = cells(rate, name: frame.groups?.rowNames[index] ?? "All", scale, level)
      if let groups = frame.groups {
        values.add(groups.path(index) + ".n", count: rate.rowCount)
        add(rate, at: groups.path(index), scale, level, to: &values)
        if index == reference {
          cells += [.reference, .empty]
        } else if let ratio = remaining.popFirst() {
          values.add(groups.path(index) + ".rate_ratio", ratio.estimate, .ratio)
          values.add(groups.path(index) + ".rate_ratio.p", ratio.pValue, .pValue)
          if let test = ratio.homogeneity {
            values.add(
              groups.path(index) + ".homogeneity", statistic: test.statistic,
              degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
          }
          cells += [.estimate(ratio.estimate, .ratio), .pValue(ratio.pValue)]
        }
      }
      body.append(TableRow(cells))
    }
    if frame.groups != nil, rates.groups.count > 1 {
      body.append(TableRow(cells(rates.total, name: "All", scale, level), role: .total))
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values, warnings: frame.warnings)
    }
    let table = table(
      body, frame, ratios, reference: reference, scale: scale, level: level,
      caption: try options[CommonOptions.caption], style: context.style)
    return DirectiveOutput(
      blocks: [.table(table, name: nil)], values: values.values, warnings: frame.warnings)
  }

  /// A rate ratio, of all rows or common to the strata.
  private struct Ratio {
    let name: String
    let estimate: Estimate
    let pValue: Quantity
    var homogeneity: TestStatistic?

    func note(_ style: JournalStyle) -> String? {
      homogeneity.map { $0.note("homogeneity of \(name) over strata", style: style) }
    }
  }

  private static func ratios(
    of rates: EventRates, _ frame: SurvivalFrame, reference: Int?
  ) throws -> [Ratio] {
    guard let reference, let groups = frame.groups?.codes else { return [] }
    let level = rates.confidenceLevel
    guard let strata = frame.strata else {
      return try rates.ratios(reference: reference).map {
        Ratio(
          name: $0.name, estimate: Estimate($0.ratio, $0.confidenceInterval, level: level),
          pValue: Quantity($0.pValue, otherwise: .notEstimable))
      }
    }
    return try EventRates.stratifiedRatios(
      frame.outcome, groups: groups, strata: strata, reference: reference, confidenceLevel: level
    ).map {
      Ratio(
        name: $0.name, estimate: Estimate($0.ratio, $0.confidenceInterval, level: level),
        pValue: Quantity($0.test?.pValue, otherwise: .notEstimable), homogeneity: $0.homogeneity)
    }
  }

  private static func ratioWords(_ frame: SurvivalFrame) -> String {
    guard let strata = frame.strata else {
      return "rate ratios with exact conditional intervals and P values"
    }
    let label = frame.strataLabel.map { " of \($0)" } ?? ""
    return "Mantel–Haenszel rate ratios over \(strata.count) strata\(label), Greenland–Robins intervals"
  }

  private static func estimate(_ rate: EventRate, _ scale: Double, _ level: Double) -> Estimate {
    let interval = rate.confidenceInterval
    return Estimate(
      rate.rate.map { $0 * scale },
      ConfidenceInterval(lower: interval.lower.map { $0 * scale }, upper: interval.upper.map { $0 * scale }),
      level: level)
  }

  private static func add(
    _ rate: EventRate, at path: String, _ scale: Double, _ level: Double, to values: inout ResultValues
  ) {
    values.add(path + ".events", rate.eventCount, .count)
    values.add(path + ".person_time", rate.personTime, .number)
    values.add(path + ".rate", estimate(rate, scale, level), .number)
  }

  private static func cells(_ rate: EventRate, name: String, _ scale: Double, _ level: Double) -> [TableCell]
  {
    [
      .text(name), .count(rate.rowCount), .count(rate.eventCount),
      .quantity(Quantity(rate.personTime), ValueFormat(.time, digits: 0)),
      .estimate(estimate(rate, scale, level), .number),
    ]
  }

  private static func table(
    _ body: [TableRow], _ frame: SurvivalFrame, _ ratios: [Ratio], reference: Int?, scale: Double,
    level: Double, caption: String, style: JournalStyle
  ) -> Table {
    func heading(_ word: String) -> String { GroupComparison.heading(word, level: level, style) }
    let unit = "person-" + (frame.times.unit ?? "time")
    var columns = [
      TableColumn(frame.grouping?.label ?? "", alignment: .left), TableColumn("N"), TableColumn("Events"),
      TableColumn(unit.capitalizedFirst),
      TableColumn(heading("Rate per \(amount(scale, unit: frame.times.unit, style))")),
    ]
    if reference != nil { columns += [TableColumn(heading("Rate ratio")), TableColumn("P")] }
    let notes =
      ["exact Poisson intervals"]
      + (reference == nil ? [] : [ratioWords(frame)]) + ratios.compactMap { $0.note(style) }
      + frame.notes(style)
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  /// "person-year" for 365.25 days, "100 person-years", "1000 person-months".
  static func amount(_ scale: Double, unit: String?, _ style: JournalStyle) -> String {
    guard let unit else {
      return scale == 1
        ? "unit of person-time"
        : NumberFormat.trimmed(scale, digits: 6, style: style.number) + " units of person-time"
    }
    let perYear =
      switch TimeUnit(unit) {
      case .days: 365.25
      case .months: 12.0
      case .weeks, .hours, .years, .other: 0.0
      }
    let years = perYear > 0 ? scale / perYear : 0
    let isYears = years >= 1 && years == years.rounded()
    let count = isYears ? years : scale
    if count == 1 { return isYears ? "person-year" : "person-\(unit)" }
    return NumberFormat.trimmed(count, digits: 6, style: style.number)
      + (isYears ? " person-years" : " person-\(unit)")
  }
}
