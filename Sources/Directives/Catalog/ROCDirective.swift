// `{roc}`: how well markers tell cases from controls.

import DataTables
import Diagnostics
import Expressions
import Figures
import Presentation
import Regression

enum ROCDirective: Directive {
  static let outcome = OptionKey(required: "outcome", .expression, "which rows are cases: died == 1")
  static let predictors = OptionKey(
    required: "predictors", OptionKind<ColumnName>.column.list, "columns of numbers or of ordered levels")
  static let direction = OptionKey(
    "direction", OptionKind<Direction>.choice(), default: .automatic, shown: "auto",
    "whether controls are less (<) or greater (>) than cases; auto goes by the medians")

  enum Direction: String, CaseIterable, Sendable {
    case automatic = "auto"
    case less = "<"
    case greater = ">"

    var markerDirection: MarkerDirection {
      switch self {
      case .automatic: .automatic
      case .less: .greaterInCases
      case .greater: .smallerInCases
      }
    }
  }

  static let specification = DirectiveSpecification(
    name: "roc",
    summary: "ROC curves of markers: areas with DeLong's intervals, their comparison, Youden's cut.",
    details: """
      The area is the probability that a case lies beyond a control, ties counted half. Standard errors and the comparison \
      of areas are DeLong's, all markers on the rows that have every one of them; intervals are on the area's own scale and \
      cut to 0–1. The cut point is that of the greatest sensitivity + specificity − 1, chosen on the same rows and therefore \
      optimistic.
      """,
    options: [
      CommonOptions.data.specification, outcome.specification, predictors.specification,
      direction.specification, CommonOptions.condition.specification,
      CommonOptions.confidenceLevel.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification, FigureOption.plain.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.events` the cases"),
      ResultSpecification("ID[\"marker\"].auc", "with `.lower`, `.upper`, `.se`"),
      ResultSpecification(
        "ID[\"marker\"].youden",
        "the greatest sensitivity + specificity − 1; with `.cut_point`, `.sensitivity`, `.specificity` there"),
      ResultSpecification(
        "ID.delong.z",
        "of the first against the second marker, with `.p`, `.difference`; every pair: `ID.delong[\"a\", \"b\"].z`"
      ),
    ],
    example: """
      data: nelm
      outcome: died == 1
      predictors: [chromogranin, ki67]
      """,
    literature: [
      "DeLong ER, DeLong DM, Clarke-Pearson DL. Comparing the areas under two or more correlated ROC curves. "
        + "Biometrics 1988;44:837–45."
    ])

  /// One marker with its curve.
  struct Marker {
    let name: String
    let label: String
    let curve: ReceiverOperatingCharacteristic

    var path: String { "[\(ResultPath.quoted(name))]" }
  }

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let dataSet = try context.selectedRows(options)
    let outcome = try options[Self.outcome]
    let flags = try outcome.flags(in: dataSet.table, threads: context.threads)
    let columns = try options[predictors].map { try column($0, in: dataSet) }
    let cases = CompleteCases(
      rowCount: dataSet.table.rowCount,
      requirements: [
        .init(
          label: outcome.words, printed: dataSet.readable(outcome.words), isMissing: flags.map { $0 == 255 })
      ]
        + columns.map { .init(label: $0.label, isMissing: $0.missingMask()) })
    let isCase = flags.gathered(cases.rows).map { $0 == 1 }
    guard isCase.contains(true), isCase.contains(false) else {
      throw Diagnostic(
        cases.rows.isEmpty ? .noRows : .noEvents,
        cases.rows.isEmpty
          ? "no row has the outcome and every marker"
          : "all \(cases.rows.count) rows are \(isCase.contains(true) ? "cases" : "controls"): there is no curve",
        at: outcome.place, remedy: "look at the coding of the outcome")
    }
    let requested = try options[direction].markerDirection
    let markers = columns.map { column in
      Marker(
        name: column.name, label: column.label,
        curve: ReceiverOperatingCharacteristic(
          marker: (column.type.hasLevels ? column.factorCodes().map(Double.init) : column.numbers())
            .gathered(cases.rows), isCase: isCase, direction: requested))
    }
    let level = try options[CommonOptions.confidenceLevel]
    var values = ResultValues()
    values.add(".n", count: cases.rows.count)
    values.add(".missing", count: cases.excludedCount)
    values.add(".events", count: isCase.count { $0 })
    for marker in markers { add(marker, level, to: &values) }
    let comparisons = addComparisons(markers, to: &values)
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if try options[CommonOptions.showsTable] {
      let excluded = cases.note { context.style.text(Quantity($0), .count) }
      let notes =
        [
          "cases: \(dataSet.printedName(of: outcome).withinSentence), \(isCase.count { $0 }) of \(cases.rows.count) rows",
          "intervals and comparisons by DeLong's method",
        ] + comparisons.map { $0.note(context.style) } + [excluded].compactMap(\.self)
      blocks.append(
        .table(table(markers, caption: caption, level: level, notes: notes, style: context.style), name: nil))
    }
    let request = try options[FigureOption.plain]
    if request.isDrawn {
      let figure = figure(markers, comparisons, request, context, title: try options.title, level: level)
      blocks.append(.figure(figure, name: nil, caption: caption))
    }
    return DirectiveOutput(
      blocks: blocks, values: values.values,
      warnings: request.warnings(ofCurves: markers.count, at: options.range(predictors)))
  }

  private static func column(_ name: ColumnName, in dataSet: DataSet) throws(Diagnostic) -> Column {
    let column = try dataSet.column(name.name, at: name.range)
    if column.type == .text {
      throw Diagnostic(
        .expressionType, "'\(name.name)' holds words without an order", at: name.range,
        remedy: "declare its levels in their order under 'dictionary:' of the data set")
    }
    return column
  }

  // MARK: Results

  private static func add(_ marker: Marker, _ level: Double, to values: inout ResultValues) {
    values.add(marker.path + ".auc", marker.curve.areaEstimate(level: level), .proportion)
    values.add(
      marker.path + ".auc.se", Quantity(marker.curve.standardError, otherwise: .notEstimable), .proportion)
    guard let youden = marker.curve.youden else { return }
    values.add(marker.path + ".youden", youden.index, .proportion)
    values.add(marker.path + ".cut_point", youden.point.threshold, .number)
    values.add(marker.path + ".sensitivity", youden.point.sensitivity, .proportion)
    values.add(marker.path + ".specificity", youden.point.specificity, .proportion)
  }

  /// Two areas compared.
  struct Comparison {
    let first: Marker
    let second: Marker
    let test: DeLongTest
    /// Whether it is the only pair.
    let isOnly: Bool

    func note(_ style: JournalStyle) -> String {
      let words = isOnly ? "difference of areas" : "\(first.label) and \(second.label)"
      guard let z = test.z, let p = test.pValue else { return "\(words): the curves cannot be told apart" }
      return "\(words) z = \(style.text(Quantity(z), .statistic)), \(style.pSentence(Quantity(p)))"
    }
  }

  private static func addComparisons(_ markers: [Marker], to values: inout ResultValues) -> [Comparison] {
    var comparisons: [Comparison] = []
    for (index, first) in markers.enumerated() {
      for second in markers[(index + 1)...] {
        guard let test = DeLongTest(paired: first.curve, second.curve) else { continue }
        let pair = "[\(ResultPath.quoted(first.name)), \(ResultPath.quoted(second.name))]"
        for path in comparisons.isEmpty ? [".delong", ".delong\(pair)"] : [".delong\(pair)"] {
          values.add(path + ".difference", test.difference, .proportion)
          values.add(path + ".z", Quantity(test.z, otherwise: .notEstimable), .statistic)
          values.add(path + ".p", Quantity(test.pValue, otherwise: .notEstimable), .pValue)
        }
        comparisons.append(
          Comparison(first: first, second: second, test: test, isOnly: markers.count == 2))
      }
    }
    return comparisons
  }

  // MARK: Table and figure

  private static func table(
    _ markers: [Marker], caption: String, level: Double, notes: [String], style: JournalStyle
  ) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    let three = ValueFormat(.number, digits: 3)
    let rows = markers.map { marker -> TableRow in
      let youden = marker.curve.youden
      let sign = marker.curve.direction == .smallerInCases ? "≤" : "≥"
      let threshold = youden.map { youden in
        "\(sign) " + style.text(Quantity(youden.point.threshold), .number)
      }
      return TableRow([
        .text(marker.label), .estimate(marker.curve.areaEstimate(level: level), three),
        .text(threshold ?? ""),
        .quantity(Quantity(youden?.point.sensitivity, otherwise: .notEstimable), .percentage),
        .quantity(Quantity(youden?.point.specificity, otherwise: .notEstimable), .percentage),
      ])
    }
    return Table(
      caption: caption,
      columns: [
        TableColumn("Marker", alignment: .left), TableColumn("AUC (\(interval))"),
        TableColumn("Youden's cut"), TableColumn("Sensitivity, %"), TableColumn("Specificity, %"),
      ], rows: rows, notes: notes)
  }

  private static func figure(
    _ markers: [Marker], _ comparisons: [Comparison], _ request: FigureRequest,
    _ context: DirectiveContext, title: String, level: Double
  ) -> Figure {
    let style = context.style
    let three = ValueFormat(.number, digits: 3)
    let curves = markers.map { marker in
      ROCFigure.Curve(
        name: marker.label, detail: "AUC " + style.cell(marker.curve.areaEstimate(level: level), three),
        points: marker.curve.points.reversed().map { (1 - $0.specificity, $0.sensitivity) },
        cutPoint: nil)
    }
    let only = comparisons.count == 1 ? comparisons.first?.test.pValue : nil
    return ROCFigure(
      id: context.id, title: title, curves: curves,
      annotations: only.map { ["DeLong " + style.pSentence(Quantity($0))] } ?? [], style: request.style(style)
    ).figure()
  }
}
