// `{milestone}`: survival compared at times fixed beforehand.

import Diagnostics
import Expressions
import Presentation
import Survival

enum MilestoneDirective: Directive {
  static let times = OptionKey(
    required: "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list,
    "the times at which survival is compared, fixed before the data were seen")

  static let specification = DirectiveSpecification(
    name: "milestone",
    summary: "Survival at fixed times compared between groups: differences with intervals and tests.",
    details: """
      At each time the Kaplan–Meier estimates of every group and of the reference are subtracted; the standard error is \
      √(SE₁² + SE₂²) with Greenwood's variances, the interval is symmetric. The P value is that of the comparison on the scale \
      log(−log S), which holds its level better in small groups; where a survival is 0 or 1 it is the one of the difference itself. \
      Unlike the log-rank test it looks at one moment only and does not need proportional hazards; a time chosen after looking \
      at the curves makes its P value meaningless. Beyond a group's follow-up nothing is estimable.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, times.specification, GroupComparison.reference.specification,
      LandmarkSelection.option.specification, CommonOptions.confidenceLevel.specification,
      KaplanMeierDirective.confidenceType.specification, CommonOptions.weights.specification,
      CommonOptions.cluster.specification, CommonOptions.patient.specification,
      CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out"),
      ResultSpecification("ID[\"group\"].at(t).survival", "with `.lower`, `.upper`, `.se`; also `.at_risk`"),
      ResultSpecification(
        "ID[\"group\"].at(t).difference",
        "from the reference, with `.lower`, `.upper`, `.se`, and `.p` by Wald's test"),
      ResultSpecification(
        "ID[\"group\"].at(t).log_log.chi_squared", "the comparison of log(−log S), with `.df`, `.p`"),
    ],
    decimals: [.estimates, .percentages],
    example: """
      data: nelm
      formula: os ~ treatment
      times: [24, 60]
      """,
    literature: [
      "Klein JP, Logan B, Harhoff M, Andersen PK. Analyzing survival curves at a fixed point in time. Stat Med "
        + "2007;26:4505–19."
    ])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let source = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(source.id, at: source.range),
      condition: try options[CommonOptions.condition], weights: try options[CommonOptions.weights],
      cluster: try options[CommonOptions.cluster], patient: try options[CommonOptions.patient],
      takesClusters: true,
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    let groups = try GroupComparison.groups(
      of: frame, formula: formula.source.range(), response: formula.response?.words)
    let settings = KaplanMeierOptions(
      confidenceLevel: try options[CommonOptions.confidenceLevel],
      transform: try options.value(
        KaplanMeierDirective.confidenceType, otherwise: context.compatibility.confidenceType
      ).transform,
      threads: context.threads)
    let analysis = Comparisons(
      frame: frame, groups: groups,
      reference: try GroupComparison.referenceIndex(
        try options[GroupComparison.reference], among: groups, at: options.range(GroupComparison.reference)),
      estimate: try frame.roles(formula).translating {
        if let curves = try frame.groupCurves(settings) { return curves }
        return try frame.pooledCurve(settings)
      }, settings: settings, times: try options[times])
    var values = ResultValues()
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.addPatients(to: &values)
    frame.landmark?.addValues(to: &values)
    addValues(of: analysis, to: &values)
    let table = table(analysis, caption: try options[CommonOptions.caption], style: context.style)
    return DirectiveOutput(
      blocks: try options[CommonOptions.showsTable] ? [.table(table, name: nil)] : [], values: values.values,
      warnings: frame.warnings)
  }

  /// The curves of all groups, and which of them the others are compared with at which times.
  private struct Comparisons {
    let frame: SurvivalFrame
    let groups: Groups
    let reference: Int
    let estimate: KaplanMeier
    let settings: KaplanMeierOptions
    let times: [Double]

    func at(_ time: Double) -> [(group: Int, curve: SurvivalCurve, milestone: MilestoneComparison)] {
      estimate.curves.enumerated().map { group, curve in
        (group, curve, MilestoneComparison(estimate.curves[reference], curve, at: time))
      }
    }
  }

  private static func addValues(of analysis: Comparisons, to values: inout ResultValues) {
    for time in analysis.times {
      for (group, _, milestone) in analysis.at(time) {
        add(
          milestone, isReference: group == analysis.reference,
          at: analysis.groups.path(group) + ".at(\(ShortestNumber.text(time)))",
          analysis.settings.confidenceLevel, to: &values)
      }
    }
  }

  private static func table(_ analysis: Comparisons, caption: String, style: JournalStyle) -> Table {
    let (frame, times) = (analysis.frame, analysis.times)
    let level = analysis.settings.confidenceLevel
    var body: [TableRow] = []
    var tests: [MilestoneComparison] = []
    for time in times {
      if times.count > 1 {
        body.append(.header(TimeText.words(time, unit: frame.times.unit, style: style)))
      }
      for (group, curve, milestone) in analysis.at(time) {
        let isReference = group == analysis.reference
        if !isReference { tests.append(milestone) }
        body.append(
          row(
            analysis.groups.rowNames[group], frame.countCell(group: frame.groups == nil ? nil : group, curve),
            milestone, isReference: isReference, level,
            indent: times.count > 1 ? 1 : 0))
      }
    }
    func heading(_ word: String) -> String { GroupComparison.heading(word, level: level, style) }
    let at =
      times.count == 1
      ? times.map {
        " at " + NumberFormat.trimmed($0, digits: 6, style: style.number)
          + (frame.times.unit.map { " \($0)" } ?? "")
      }.joined() : ""
    let variance = analysis.estimate.isRobust ? ", robust variance" : ""
    return Table(
      caption: caption,
      columns: [
        TableColumn(frame.grouping?.label ?? "", alignment: .left), TableColumn(frame.countHeading),
        TableColumn("At risk"),
        TableColumn(heading("Survival\(at), %")), TableColumn(heading("Difference, percentage points")),
        TableColumn("P"),
      ], rows: body,
      notes: [
        "Kaplan–Meier", "interval of survival \(analysis.settings.transform.words)\(variance)",
        "differences from \(analysis.groups.headings[analysis.reference]), \(testWords(tests, style))",
      ] + frame.notes(style))
  }

  private static func add(
    _ milestone: MilestoneComparison, isReference: Bool, at path: String, _ level: Double,
    to values: inout ResultValues
  ) {
    let point = milestone.second
    values.add(
      path + ".survival", Estimate(point.survival, point.confidenceInterval, level: level), .proportion)
    values.add(path + ".survival.se", Quantity(point.standardError, otherwise: .notEstimable), .proportion)
    values.add(path + ".at_risk", point.survival == nil ? .notEstimable : Quantity(point.atRisk), .count)
    guard !isReference else { return }
    values.add(path + ".difference", milestone.difference, .proportion, level: level)
    values.add(path + ".log_log", milestone.complementaryLogLogTest)
  }

  /// Which test the P values are of: where a survival is 0 or 1 only the difference itself can be tested.
  private static func testWords(_ milestones: [MilestoneComparison], _ style: JournalStyle) -> String {
    let plain = milestones.filter { $0.complementaryLogLogTest == nil && $0.difference?.test != nil }.count
    let usual = milestones.contains { $0.complementaryLogLogTest != nil }
    let letter = style.pValue.letter
    if plain == 0 { return "\(letter) by the difference of log(−log S)" }
    return usual
      ? "\(letter) by the difference of log(−log S); where a survival is 0 or 1, by the difference of S"
      : "\(letter) by the difference of S, since a survival of 0 or 1 has no log(−log S)"
  }

  private static func row(
    _ name: String, _ count: TableCell, _ milestone: MilestoneComparison, isReference: Bool,
    _ level: Double, indent: Int
  ) -> TableRow {
    let point = milestone.second
    var cells: [TableCell] = [
      .text(name), count,
      point.survival == nil ? .quantity(.notEstimable, .count) : .count(point.atRisk),
      .estimate(Estimate(point.survival, point.confidenceInterval, level: level), .percentage),
    ]
    if isReference {
      cells += [.text("reference"), .empty]
    } else {
      let test = milestone.complementaryLogLogTest ?? milestone.difference?.test
      cells += [
        .estimate(Estimate(milestone.difference, level: level).printed, .percentage),
        .pValue(Quantity(test?.pValue, otherwise: .notEstimable)),
      ]
    }
    return TableRow(cells, indent: indent)
  }
}
