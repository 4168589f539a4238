// `{restricted-mean}`: mean survival time up to a horizon, by group, with differences and ratios.

import Diagnostics
import Expressions
import Presentation
import Survival

enum RestrictedMeanDirective: Directive {
  static let horizon = OptionKey(
    "tau", OptionKind<RestrictionTime>.restrictionTime, default: .smallestLastTime, shown: "last-time",
    "the time up to which means are taken: a number, last-time (the smallest of the groups' last times) or last-event"
  )

  static let specification = DirectiveSpecification(
    name: "restricted-mean",
    summary: "Restricted mean survival time by group, with differences, ratios and the time lost.",
    details: """
      The mean survival time up to τ is the area under the Kaplan–Meier curve from 0 to τ: the time that a patient followed \
      for τ lives on average. It needs no proportional hazards. Its variance is Σ A(t)² d / (n (n − d)) over the event times, with \
      A(t) the area from t to τ. Every group is compared with the reference: the difference of means, their ratio, and the \
      ratio of the times lost, τ minus the mean; standard errors are those of independent groups, ratios on the log scale. \
      τ is best fixed beforehand; without one it is the smallest of the groups' last observed times, so that no curve is \
      carried beyond its follow-up. Where τ lies beyond a group's follow-up its curve is carried on flat, as R does, and a \
      note says so.

      Where a group's curve does not vary up to τ (a single patient, all deaths at one time, or none before τ) its standard error \
      is 0, which is no sign of precision: intervals print as NE, and a comparison with such a group has no interval and no P value.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.formula.specification,
      CommonOptions.condition.specification, horizon.specification, GroupComparison.reference.specification,
      LandmarkSelection.option.specification, CommonOptions.patient.specification,
      CommonOptions.confidenceLevel.specification,
      CommonOptions.caption.specification, CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.tau", "the horizon; `.n`, `.missing`, `.events`"),
      ResultSpecification("ID.mean", "pooled, and `ID[\"group\"].mean`, with `.lower`, `.upper`, `.se`"),
      ResultSpecification("ID[\"group\"].time_lost", "τ minus the mean, with its limits"),
      ResultSpecification(
        "ID[\"group\"].difference", "from the reference group, with `.lower`, `.upper`, `.se`, `.p`"),
      ResultSpecification("ID[\"group\"].ratio", "to the reference group; also `.time_lost_ratio`"),
    ],
    decimals: [.estimates],
    example: """
      data: nelm
      formula: os ~ treatment
      tau: 60
      """,
    literature: [
      "Royston P, Parmar MKB. Restricted mean survival time: an alternative to the hazard ratio. BMC Med Res Methodol "
        + "2013;13:152.",
      "Uno H, et al. Moving beyond the hazard ratio in quantifying the between-group difference in survival analysis. "
        + "J Clin Oncol 2014;32:2380–5.",
    ])

  /// One line of the table.
  private struct Line {
    let name: String
    /// Where no heading names the grouping column.
    let heading: String
    let path: String
    let curve: SurvivalCurve
    let mean: RestrictedMean
    /// `nil` for the reference, and where there are no groups.
    let comparison: RestrictedMeanComparison?
  }

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let source = try options[CommonOptions.data]
    let formula = try options[CommonOptions.formula]
    let level = try options[CommonOptions.confidenceLevel]
    let frame = try SurvivalFrame(
      formula: formula, dataSet: try context.dataSet(source.id, at: source.range),
      condition: try options[CommonOptions.condition], patient: try options[CommonOptions.patient],
      landmark: (try options[LandmarkSelection.option], options.range(LandmarkSelection.option)),
      threads: context.threads)
    var roles = frame.roles(formula)
    roles.options["restricted-mean"] = options.range(horizon)
    let settings = KaplanMeierOptions(confidenceLevel: level, threads: context.threads)
    let (pooled, curves, tau) = try roles.translating {
      let (pooled, curves) = (try frame.pooledCurve(settings), try frame.groupCurves(settings))
      return (pooled, curves, try options[horizon].time(for: (curves ?? pooled).curves))
    }
    guard let all = pooled.curves.first else { throw Diagnostic(.internalFault, "no curve was estimated") }
    let overall = all.restrictedMean(upTo: tau)
    var lines = [Line(name: "All", heading: "All", path: "", curve: all, mean: overall, comparison: nil)]
    var reference: Int?
    if let groups = frame.groups, let curves {
      let index = try GroupComparison.referenceIndex(
        try options[GroupComparison.reference], among: groups, at: options.range(GroupComparison.reference))
      reference = index
      let means = curves.curves.map { $0.restrictedMean(upTo: tau) }
      lines = means.indices.map { group in
        Line(
          name: groups.rowNames[group], heading: groups.headings[group], path: groups.path(group),
          curve: curves.curves[group],
          mean: means[group],
          comparison: group == index
            ? nil : RestrictedMeanComparison(first: means[index], second: means[group]))
      }
    }
    var values = ResultValues()
    values.add(".n", count: frame.cases.count)
    values.add(".missing", count: frame.cases.excludedCount)
    frame.addPatients(to: &values)
    frame.landmark?.addValues(to: &values)
    values.add(".events", all.eventCount, .count)
    values.add(".tau", tau, .time)
    add(overall, at: "", level, to: &values)
    for (index, line) in lines.enumerated() where !line.path.isEmpty {
      values.add(
        line.path + ".n", count: frame.rowCount(group: index, otherwise: line.curve.rowCount))
      values.add(line.path + ".events", line.curve.eventCount, .count)
      add(line.mean, at: line.path, level, to: &values)
      guard let comparison = line.comparison else { continue }
      values.add(line.path + ".difference", comparison.difference, .time, level: level)
      values.add(line.path + ".ratio", comparison.ratio, .ratio, level: level)
      values.add(line.path + ".time_lost_ratio", comparison.timeLostRatio, .ratio, level: level)
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values, warnings: frame.warnings)
    }
    let rule = try options[horizon]
    let table = table(
      lines, reference: reference, frame, caption: try options[CommonOptions.caption],
      notes: notes(rule, tau, lines, frame, context.style), level: level, style: context.style)
    return DirectiveOutput(
      blocks: [.table(table, name: nil)], values: values.values, warnings: frame.warnings)
  }

  private static func add(
    _ mean: RestrictedMean, at path: String, _ level: Double, to values: inout ResultValues
  ) {
    let isDegenerate = !mean.hasKnownError
    values.add(
      path + ".mean", Estimate(mean.mean, mean.confidenceInterval, level: level), .time,
      isDegenerate: isDegenerate)
    values.add(path + ".mean.se", Quantity(mean.standardError, otherwise: .notEstimable), .time)
    values.add(path + ".time_lost", timeLost(mean, level), .time, isDegenerate: isDegenerate)
  }

  private static func timeLost(_ mean: RestrictedMean, _ level: Double) -> Estimate {
    let interval = mean.confidenceInterval
    let tau = mean.restrictionTime
    return Estimate(
      mean.timeLost,
      ConfidenceInterval(lower: interval.upper.map { tau - $0 }, upper: interval.lower.map { tau - $0 }),
      level: level)
  }

  private static func notes(
    _ rule: RestrictionTime, _ tau: Double, _ lines: [Line], _ frame: SurvivalFrame, _ style: JournalStyle
  ) -> [String] {
    let words = TimeText.words(tau, unit: frame.times.unit, style: style)
    let origin =
      switch rule {
      case .fixed: ""
      case .smallestLastTime: ", the smallest of the groups' last observed times"
      case .smallestLastEventTime: ", the smallest of the groups' last event times"
      }
    var notes = ["area under the Kaplan–Meier curve up to τ = \(words)\(origin)"]
    let beyond = lines.filter(\.mean.extendsBeyondFollowUp).map(\.heading)
    if !beyond.isEmpty {
      notes.append(
        "τ lies beyond the follow-up of \(beyond.joined(separator: ", ")), whose curve is carried on flat")
    }
    let exact = lines.filter { $0.mean.mean != nil && !$0.mean.hasKnownError }.map(\.heading)
    if !exact.isEmpty {
      notes.append(
        "no standard error for \(exact.joined(separator: ", ")), whose survival does not vary before τ or falls to 0 at "
          + "once: intervals and comparisons are not estimable")
    }
    return notes + frame.notes(style)
  }

  private static func table(
    _ lines: [Line], reference: Int?, _ frame: SurvivalFrame, caption: String, notes: [String], level: Double,
    style: JournalStyle
  ) -> Table {
    func heading(_ word: String) -> String { GroupComparison.heading(word, level: level, style) }
    let unit = frame.times.unit.map { ", \($0)" } ?? ""
    var columns = [
      TableColumn(frame.grouping?.label ?? "", alignment: .left), TableColumn(frame.countHeading),
      TableColumn("Events"),
      TableColumn(heading("RMST\(unit)")), TableColumn(heading("Time lost\(unit)")),
    ]
    if reference != nil {
      columns += [
        TableColumn(heading("Difference\(unit)")), TableColumn("P"), TableColumn(heading("Ratio")),
      ]
    }
    let body = lines.enumerated().map { index, line -> TableRow in
      var cells: [TableCell] = [
        .text(line.name), frame.countCell(group: line.path.isEmpty ? nil : index, line.curve),
        .count(line.curve.eventCount),
        .estimate(Estimate(line.mean.mean, line.mean.confidenceInterval, level: level).printed, .time),
        .estimate(timeLost(line.mean, level).printed, .time),
      ]
      if let comparison = line.comparison {
        cells += [
          .estimate(Estimate(comparison.difference, level: level).printed, .time),
          .pValue(Quantity(comparison.difference?.test?.pValue, otherwise: .notEstimable)),
          .estimate(Estimate(comparison.ratio, level: level).printed, .ratio),
        ]
      } else if index == reference {
        cells += [.text("reference"), .empty, .reference]
      }
      return TableRow(cells)
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }
}

extension OptionKind where Value == RestrictionTime {
  static var restrictionTime: Self {
    OptionKind("a positive number, last-time or last-event") { tree, reader in
      switch tree.scalar?.string {
      case "last-time": return .smallestLastTime
      case "last-event": return .smallestLastEventTime
      case let text?:
        if let time = Double(text), time.isFinite, time > 0 { return .fixed(time) }
        return expected("a positive number, last-time or last-event", at: tree, &reader)
      case nil: return expected("a positive number, last-time or last-event", at: tree, &reader)
      }
    }
  }
}
