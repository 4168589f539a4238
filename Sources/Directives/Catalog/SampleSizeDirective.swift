// `{sample-size}`: events, patients or power of a comparison of survival.

import Diagnostics
import Expressions
import NumericalMethods
import Presentation
import Survival

enum SampleSizeDirective: Directive {
  private static let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude

  static let hazardRatio = OptionKey(
    required: "hazard-ratio", OptionKind<Double>.number(in: positive).list,
    "the hazard ratios to be found, experimental over control, or per unit of a covariate")
  static let power = OptionKey("power", .openProportion, default: 0.8, shown: "0.8", "the power wanted")
  static let events = OptionKey(
    optional: "events", .number(in: positive), "a number of events: the power is then computed from it")
  static let alpha = OptionKey(
    "alpha", .openProportion, default: 0.05, shown: "0.05", "the level of the test")
  static let sides = OptionKey("sides", .integer(in: 1...2), default: 2, shown: "2", "one- or two-sided")
  static let allocation = OptionKey(
    "allocation", .number(in: positive), default: 1, shown: "1", "experimental patients per control patient")
  static let method = OptionKey(
    "method", OptionKind<SurvivalSampleSize.Method>.choice(), default: .schoenfeld, shown: "schoenfeld",
    "the formula for the number of events")
  static let deviation = OptionKey(
    optional: "covariate-sd", .number(in: positive),
    "standard deviation of a covariate, instead of two groups")
  static let squaredCorrelation = OptionKey(
    "r-squared", .number(in: 0...0.999999), default: 0, shown: "0",
    "R² of the group or covariate on the model's other covariates")
  static let probability = OptionKey(
    optional: "event-probability", .openProportion, "the share of patients who will have the event observed")
  static let median = OptionKey(
    optional: "control-median", .number(in: positive), "median survival of the control group")
  static let survival = OptionKey(
    optional: "control-survival", .openProportion, "survival of the control group at `control-time`")
  static let time = OptionKey(
    optional: "control-time", .number(in: positive), "the time of `control-survival`")
  static let accrual = OptionKey(
    "accrual", .number(in: 0...Double.greatestFiniteMagnitude), default: 0, shown: "0",
    "how long patients are recruited, at an even rate")
  static let followUp = OptionKey(
    optional: "follow-up", .number(in: 0...Double.greatestFiniteMagnitude),
    "how long they are followed after recruitment has ended")
  static let dropout = OptionKey(
    "dropout", .number(in: 0...Double.greatestFiniteMagnitude), default: 0, shown: "0",
    "hazard of being lost to follow-up, per unit of time")

  static let specification = DirectiveSpecification(
    name: "sample-size",
    summary: "Events, patients or power for the log-rank test and the Cox model.",
    details: """
      Events by Schoenfeld's formula, (z_α + z_β)² / (p (1 − p) (log HR)²) with p the share of the experimental group, or by \
      Freedman's, (z_α + z_β)² (1 + r HR)² / (r (1 − HR)²) with r the allocation ratio. With `covariate-sd` σ the variance σ² stands for \
      p (1 − p), and `r-squared` takes (1 − R²) of it (Hsieh and Lavori). With `events` the power is computed instead. Patients \
      follow from the probability of an observed event: given as `event-probability`, or, under constant hazards, from \
      `control-median` or `control-survival` at `control-time`, uniform `accrual`, `follow-up` after it, and exponential `dropout`. \
      Numbers of events and patients are rounded up, those of the groups each.
      """,
    options: [
      hazardRatio.specification, power.specification, events.specification, alpha.specification,
      sides.specification, allocation.specification, method.specification, deviation.specification,
      squaredCorrelation.specification, probability.specification, median.specification,
      survival.specification, time.specification, accrual.specification, followUp.specification,
      dropout.specification, CommonOptions.caption.specification, CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification(
        "ID.events", "for the first hazard ratio; `ID[\"0.7\"].events` for each; rounded up"),
      ResultSpecification("ID.n", "patients; `.n_control`, `.n_experimental`"),
      ResultSpecification("ID.power", "asked for, or computed from `events`"),
      ResultSpecification("ID.event_probability", "over both groups; also `.exact_events`, not rounded"),
    ],
    example: """
      hazard-ratio: [0.6, 0.7]
      control-median: 24
      accrual: 24
      follow-up: 36
      """,
    literature: [
      "Schoenfeld DA. Sample-size formula for the proportional-hazards regression model. Biometrics 1983;39:499–503.",
      "Freedman LS. Tables of the number of patients required in clinical trials using the logrank test. Stat Med "
        + "1982;1:121–9.",
      "Hsieh FY, Lavori PW. Sample-size calculations for the Cox proportional hazards regression model with nonbinary "
        + "covariates. Control Clin Trials 2000;21:552–60.",
    ])

  /// One line of the table.
  private struct Line {
    let ratio: Double
    let exactEvents: Double
    let power: Double
    let eventProbability: Double?
    let control: Double?
    let experimental: Double?

    var events: Double { exactEvents.rounded(.up) }
    var patients: Double? { control.flatMap { control in experimental.map { control + $0 } } }
  }

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let hazard = try controlHazard(options)
    let lines = try options[hazardRatio].map { try line($0, hazard, options) }
    var values = ResultValues()
    for (index, line) in lines.enumerated() {
      if index == 0 { add(line, at: "", to: &values) }
      add(line, at: "[\(ResultPath.quoted(ShortestNumber.text(line.ratio)))]", to: &values)
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let table = try table(lines, options, context.style)
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
  }

  private static func controlHazard(_ options: ResolvedOptions) throws -> Double? {
    if let median = try options[median] { return 0.6931471805599453 / median }
    guard let share = try options[survival] else { return nil }
    guard let time = try options[time] else {
      throw Diagnostic(
        .missingOption, "'control-survival' needs 'control-time'", at: options.range(survival),
        remedy: "add 'control-time: …'")
    }
    return -Elementary.log(share) / time
  }

  private static func line(_ ratio: Double, _ hazard: Double?, _ options: ResolvedOptions) throws -> Line {
    do {
      let size = try SurvivalSampleSize(
        hazardRatio: ratio, alpha: try options[alpha], sides: Double(try options[sides]),
        allocation: try options[allocation], method: try options[method],
        covariateVariance: try options[deviation].map { $0 * $0 },
        squaredCorrelation: try options[squaredCorrelation])
      let given = try options[events]
      let exact = try given ?? size.events(power: try options[power])
      let reached = try given.map { try size.power(events: $0) } ?? options[power]
      let share = size.experimentalShare
      var probability = try options[Self.probability]
      if probability == nil, let hazard, let followUp = try options[followUp] {
        let observed = try EventProbability(
          accrual: try options[accrual], followUp: followUp, dropout: try options[dropout])
        probability =
          (1 - share) * observed.probability(hazard: hazard) + share
          * observed.probability(hazard: hazard * ratio)
      }
      let total = probability.flatMap { $0 > 0 ? exact.rounded(.up) / $0 : nil }
      func group(_ share: Double) -> Double? {
        // What rounding alone lifts above a whole number is that number.
        total.map { ($0 * share - 1e-9 * $0).rounded(.up) }
      }
      return Line(
        ratio: ratio, exactEvents: exact, power: reached, eventProbability: probability,
        control: group(1 - share), experimental: group(share))
    } catch let error as SurvivalInputError {
      throw fault(error, ratio, options)
    }
  }

  private static func fault(
    _ error: SurvivalInputError, _ ratio: Double, _ options: ResolvedOptions
  ) -> Diagnostic {
    switch error.role {
    case .option("hazard-ratio"):
      Diagnostic(
        .invalidArgument, "a hazard ratio of \(ShortestNumber.text(ratio)) is no effect to be found",
        at: options.range(hazardRatio), remedy: "give the smallest effect worth finding")
    case .option("method"):
      Diagnostic(
        .invalidArgument, "Freedman's formula knows two groups only", at: options.range(method),
        remedy: "write 'method: schoenfeld'")
    default: Diagnostic(.invalidArgument, "\(error.role.words): \(error.fault.words)", at: options.block)
    }
  }

  private static func add(_ line: Line, at path: String, to values: inout ResultValues) {
    values.add(path + ".events", line.events, .count)
    values.add(path + ".exact_events", line.exactEvents, .number)
    values.add(path + ".power", line.power, .proportion)
    if let probability = line.eventProbability {
      values.add(path + ".event_probability", probability, .proportion)
    }
    if let patients = line.patients, let control = line.control, let experimental = line.experimental {
      values.add(path + ".n", patients, .count)
      values.add(path + ".n_control", control, .count)
      values.add(path + ".n_experimental", experimental, .count)
    }
  }

  private static func table(_ lines: [Line], _ options: ResolvedOptions, _ style: JournalStyle) throws
    -> Table
  {
    let hasPatients = lines.contains { $0.patients != nil }
    var columns = [TableColumn("HR"), TableColumn("Power, %"), TableColumn("Events")]
    if hasPatients {
      columns += [
        TableColumn("Event probability, %"), TableColumn("N"), TableColumn("N, control"),
        TableColumn("N, experimental"),
      ]
    }
    let percent = ValueFormat(.proportion, digits: 1, asPercent: true)
    let body = lines.map { line -> TableRow in
      var cells: [TableCell] = [
        .quantity(Quantity(line.ratio), .ratio), .quantity(Quantity(line.power), percent),
        .count(line.events),
      ]
      if hasPatients {
        cells += [
          .quantity(Quantity(line.eventProbability, otherwise: .missing), percent),
          .quantity(Quantity(line.patients, otherwise: .missing), .count),
          .quantity(Quantity(line.control, otherwise: .missing), .count),
          .quantity(Quantity(line.experimental, otherwise: .missing), .count),
        ]
      }
      return TableRow(cells)
    }
    func words(_ value: Double) -> String { NumberFormat.trimmed(value, digits: 4, style: style.number) }
    var notes = [
      "\(try options[method] == .schoenfeld ? "Schoenfeld's" : "Freedman's") formula",
      "\(try options[sides] == 2 ? "two" : "one")-sided α \(words(try options[alpha]))",
      "allocation \(words(try options[allocation])):1",
    ]
    if let deviation = try options[deviation] { notes.append("covariate with SD \(words(deviation))") }
    if try options[squaredCorrelation] > 0 { notes.append("R² \(words(try options[squaredCorrelation]))") }
    if hasPatients, try options[probability] == nil {
      notes.append(
        "constant hazards, accrual \(words(try options[accrual])), follow-up \(words(try options[followUp] ?? 0)), dropout hazard \(words(try options[dropout]))"
      )
    }
    return Table(caption: try options[CommonOptions.caption], columns: columns, rows: body, notes: notes)
  }
}
