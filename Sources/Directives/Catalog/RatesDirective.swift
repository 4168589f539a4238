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
  static let difference = OptionKey(
    "difference", .flag, default: false, shown: "false",
    "whether the table gives rate differences to the reference group, with Wald intervals")
  static let expected = OptionKey(
    optional: "expected", .column,
    "the column of expected events: the table then gives observed over expected, the SMR or SIR")

  static let specification = DirectiveSpecification(
    name: "rates",
    summary: "Event rates per person-time by group, with exact intervals, and rate ratios.",
    details: """
      The rate of a group is its number of events over its person-time, Σ (time − entry); its interval is Garwood's exact one for \
      a Poisson count. Given all events of two groups, those of the first are binomial with the share of its person-time: from \
      this come the exact interval of the rate ratio (after Clopper and Pearson) and its P value, as R's `poisson.test`. A rate \
      assumes that the hazard is constant over follow-up. Without events the lower limit is 0; a ratio to a group \
      without events is not estimable. Weights count rows and must be whole numbers.

      `expected: e` compares with a reference population: e is a column with the events that each row would have at its rates \
      (person-time by age, sex and period times the rate). Observed over expected events, the standardised mortality or incidence \
      ratio, has exact Poisson limits and P value; the formula ends in `~ 1` for all rows together.

      `os ~ treatment + strata(centre)` compares groups within strata: the ratios are then Mantel and Haenszel's, with Greenland and \
      Robins' interval and the score test, and a test says whether the strata agree on one ratio. Rates stay those of all rows.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, per.specification, difference.specification,
      expected.specification, GroupComparison.reference.specification,
      LandmarkSelection.option.specification, CommonOptions.confidenceLevel.specification,
      CommonOptions.weights.specification, CommonOptions.patient.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification(
        "ID.n", "rows used; `.missing` rows left out, `.patients` where `id` tells them apart"),
      ResultSpecification(
        "ID.rate", "of all, and `ID[\"group\"].rate`, per `per` units of person-time, with `.lower`, `.upper`"
      ),
      ResultSpecification("ID[\"group\"].person_time", "in the unit of time; also `.events`, `.n`"),
      ResultSpecification(
        "ID[\"group\"].rate_ratio", "to the reference group, with `.lower`, `.upper`, `.p`"),
      ResultSpecification(
        "ID[\"group\"].rate_difference", "per `per` units, where `difference` asks for it, with limits"),
      ResultSpecification(
        "ID.smr", "observed over `ID.expected`, with `.lower`, `.upper`, `.p`; also `ID[\"group\"].smr`"),
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
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(source.id, at: source.range).withTimesAsGiven,
      condition: try options[CommonOptions.condition], weights: try options[CommonOptions.weights],
      patient: try options[CommonOptions.patient],
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    let analysis = try frame.roles(formula).translating { try Self.analysis(frame, options) }
    var values = ResultValues()
    analysis.addValues(to: &values)
    let table = analysis.table(caption: try options[CommonOptions.caption], style: context.style)
    return DirectiveOutput(
      blocks: try options[CommonOptions.showsTable] ? [.table(table, name: nil)] : [], values: values.values,
      warnings: frame.warnings)
  }

  private static func analysis(_ frame: SurvivalFrame, _ options: ResolvedOptions) throws -> RatesAnalysis {
    let reference = try frame.groups.map {
      try GroupComparison.referenceIndex(
        try options[GroupComparison.reference], among: $0, at: options.range(GroupComparison.reference))
    }
    let outcome = try frame.outcome
    let rates = try EventRates.estimate(
      outcome, groups: frame.groups?.codes, confidenceLevel: try options[CommonOptions.confidenceLevel])
    let wantsDifferences = try options[difference]
    let isCompared = frame.groups != nil
    return RatesAnalysis(
      frame: frame, rates: rates, reference: reference,
      ratios: try RatesAnalysis.ratios(of: rates, frame, reference: reference),
      differences: wantsDifferences && isCompared ? try rates.differences(reference: reference ?? 0) : [],
      standardized: try expectedEvents(frame, options).map {
        try rates.standardizedRatios(
          expected: $0, groups: frame.groups?.codes, weights: outcome.weights)
      },
      scale: try options[per])
  }

  /// The expected events of the rows used; `nil` where none are given.
  private static func expectedEvents(_ frame: SurvivalFrame, _ options: ResolvedOptions) throws -> [Double]? {
    guard let name = try options[expected] else { return nil }
    let column = try frame.dataSet.column(name.name, at: name.range)
    guard column.type.isNumeric else {
      throw Diagnostic(
        .notANumber, "'\(column.name)' holds no numbers", at: name.range,
        remedy: "name the column of expected events: person-time times the rate of the reference population")
    }
    let values = column.numbers().gathered(frame.cases.rows)
    let faulty = values.count { !($0 >= 0 && $0.isFinite) }
    guard faulty == 0 else {
      throw Diagnostic(
        .invalidArgument,
        "expected events are missing or negative in \(faulty) row\(faulty == 1 ? "" : "s")",
        at: name.range, remedy: "leave these rows out by 'where'")
    }
    return values
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
