// `{distribution}`: histograms or boxes of measurements, by group.

import DataTables
import Diagnostics
import Expressions
import Figures
import HypothesisTests
import NumericalMethods
import Presentation

enum DistributionDirective: Directive {
  static let variables = OptionKey(
    required: "variables", OptionKind<ColumnName>.column.list, "columns of numbers, a figure for each")
  static let form = OptionKey(
    "form", OptionKind<Form>.choice(), default: .box, shown: "box",
    "boxes with the single values, or histograms")
  static let points = OptionKey(
    "points", .flag, default: true, shown: "true",
    "whether the values stand below the boxes; left out above 500 in a group")
  static let bins = OptionKey(
    optional: "bins", .integer(in: 2...200),
    "about how many bins a histogram has; by Freedman and Diaconis's rule without it")

  enum Form: String, CaseIterable, Sendable { case box, histogram }

  private static let mostPoints = 500

  static let specification = DirectiveSpecification(
    name: "distribution",
    summary: "Histograms or box plots of measurements, by group.",
    details: """
      Boxes reach from the first to the third quartile (type 7) with a line at the median; whiskers reach to the farthest \
      values within 1.5 times the interquartile range (Tukey). Bins are equally wide, begin and end at round numbers and are \
      the same in all groups; a value on an edge counts in the bin above. Missing values and rows without a group are left \
      out and counted.
      """,
    options: [
      CommonOptions.data.specification, variables.specification, SummaryDirective.by.specification,
      CommonOptions.condition.specification, form.specification, points.specification, bins.specification,
      CommonOptions.caption.specification, FigureOption.labelled.specification,
    ],
    results: [
      ResultSpecification(
        "ID[\"age\"].n", "values; also `.missing`, `.mean`, `.sd`, `.median`, `.q1`, `.q3`, `.min`, `.max`"),
      ResultSpecification("ID[\"age\", \"group\"].median", "the same in a group"),
    ],
    example: """
      data: nelm
      variables: [age]
      by: treatment
      """,
    literature: ["Tukey JW. Exploratory data analysis. Addison-Wesley; 1977."])

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let dataSet = try context.selectedRows(options, to: "draw")
    let by = try options[SummaryDirective.by]
    let groups = try SummaryGroups(
      try by.map { try dataSet.column($0.name, at: $0.range) }, named: by, rowCount: dataSet.table.rowCount)
    let caption = try options[CommonOptions.caption]
    let request = try options[FigureOption.labelled]
    var values = ResultValues()
    var blocks: [OutputBlock] = []
    for (index, name) in try options[variables].enumerated() {
      let column = try dataSet.column(name.name, at: name.range)
      guard column.type.isNumeric else {
        throw Diagnostic(
          .invalidOption, "'\(column.name)' holds no numbers", at: name.range,
          remedy: "count its levels with summary")
      }
      let (samples, missing) = groups.split(column.numbers())
      let described = samples.map { NumericSample($0) }
      let pooled = NumericSample(samples.flatMap(\.self))
      guard pooled.count > 0 else {
        throw Diagnostic(.noRows, "'\(column.name)' has no values to draw", at: name.range)
      }
      let path = ResultPath.quoted(column.name)
      add(pooled, missing.reduce(0, +), at: "[\(path)]", to: &values)
      for (group, sample) in zip(groups.names, zip(described, missing)) {
        add(sample.0, sample.1, at: "[\(path), \(ResultPath.quoted(group))]", to: &values)
      }
      guard request.isDrawn else { continue }
      let label = column.metadata.unit.map { "\(column.label), \($0)" } ?? column.label
      let own = try Self.caption(of: column.name, options, CaptionWords(dataSet))
      var figure = DistributionFigure(
        id: index == 0 ? context.id : "\(context.id)-\(fileName(column.name))",
        title: index == 0 ? try options.title : own,
        groups: try drawn(described, pooled, groups, missing, options, context.style),
        valueLabel: request.labels.x ?? label, countLabel: request.labels.y ?? "Patients",
        style: request.style(context.style))
      figure.legend = Self.legend(
        described, isHistogram: try options[form] == .histogram, showsPoints: try options[points],
        context.style)
      blocks.append(
        .figure(
          figure.figure(), name: index == 0 ? nil : fileName(column.name),
          caption: index == 0 ? caption : MarkdownText.inline(own))
      )
    }
    return DirectiveOutput(blocks: blocks, values: values.values, warnings: groups.warnings)
  }

  /// A column's name as a part of a file's: letters, digits and low lines.
  private static func fileName(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar)
            ? scalar : "_"
        }))
  }

  private static func add(
    _ sample: NumericSample, _ missing: Int, at path: String, to values: inout ResultValues
  ) {
    values.add(path + ".n", count: sample.count)
    values.add(path + ".missing", count: missing)
    values.add(path + ".mean", sample.mean, .number)
    values.add(path + ".sd", sample.standardDeviation, .number)
    values.add(path + ".median", sample.median, .number)
    values.add(path + ".q1", sample.quantile(0.25, type: .seven), .number)
    values.add(path + ".q3", sample.quantile(0.75, type: .seven), .number)
    values.add(path + ".min", sample.minimum, .number)
    values.add(path + ".max", sample.maximum, .number)
  }

  private static func drawn(
    _ samples: [NumericSample], _ pooled: NumericSample, _ groups: SummaryGroups, _ missing: [Int],
    _ options: ResolvedOptions, _ style: JournalStyle
  ) throws -> [DistributionFigure.Group] {
    let edges = edges(pooled, count: try options[bins])
    let isHistogram = try options[form] == .histogram
    let showsPoints = try options[points]
    return samples.indices.filter { samples[$0].count > 0 }.map { index -> DistributionFigure.Group in
      let sample = samples[index]
      var detail = "n = \(style.text(Quantity(sample.count), .count))"
      if missing[index] > 0 { detail += ", \(style.text(Quantity(missing[index]), .count)) missing" }
      return DistributionFigure.Group(
        name: groups.names.indices.contains(index) ? groups.headings[index] : "", detail: detail,
        content: isHistogram
          ? .histogram(binned(sample.values, edges))
          : .box(box(sample), points: showsPoints ? pointValues(sample) : []))
    }
  }

  /// All values, or of very many those that the whiskers leave out.
  private static func pointValues(_ sample: NumericSample) -> [Double] {
    guard sample.count > mostPoints else { return sample.values }
    let box = box(sample)
    return sample.values.filter { $0 < box.lowerWhisker || $0 > box.upperWhisker }
  }

  /// What boxes, whiskers and points are; nothing under a histogram.
  private static func legend(
    _ samples: [NumericSample], isHistogram: Bool, showsPoints: Bool, _ style: JournalStyle
  ) -> String {
    guard !isHistogram else { return "" }
    let whiskers =
      "Box: quartiles with the median. Whiskers: the farthest values within 1.5 interquartile ranges of it."
    guard showsPoints else { return whiskers }
    let most = style.text(Quantity(Double(mostPoints)), .count)
    let hasMany = samples.contains { $0.count > mostPoints }
    return whiskers + " Points: all values"
      + (hasMany ? "; of groups of more than \(most) those beyond the whiskers." : ".")
  }

  private static func box(_ sample: NumericSample) -> DistributionFigure.Box {
    let (lower, upper) = (sample.quantile(0.25, type: .seven), sample.quantile(0.75, type: .seven))
    let reach = 1.5 * (upper - lower)
    return DistributionFigure.Box(
      lowerWhisker: sample.values.first { $0 >= lower - reach } ?? sample.minimum, lowerQuartile: lower,
      median: sample.median, upperQuartile: upper,
      upperWhisker: sample.values.last { $0 <= upper + reach } ?? sample.maximum)
  }

  private static func edges(_ sample: NumericSample, count: Int?) -> [Double] {
    let (low, high) = (sample.minimum, sample.maximum)
    guard low.isFinite, high.isFinite, high > low else { return [low - 0.5, low + 0.5] }
    let spread = sample.quantile(0.75, type: .seven) - sample.quantile(0.25, type: .seven)
    let width = 2 * spread / Elementary.exp(Elementary.log(Double(sample.count)) / 3)
    let usual = width > 0 ? (high - low) / width : 10
    return roundNumbers(in: low...high, count: count ?? Int(min(max(usual, 5), 40)), isCovering: true)
  }

  /// Counts of ascending values between the edges; the last bin holds its upper edge.
  private static func binned(_ values: [Double], _ edges: [Double]) -> [DistributionFigure.Bin] {
    var counts = [Int](repeating: 0, count: max(edges.count - 1, 0))
    var bin = 0
    for value in values where !counts.isEmpty {
      while bin + 1 < counts.count, value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    return counts.indices.map {
      DistributionFigure.Bin(lower: edges[$0], upper: edges[$0 + 1], count: Double(counts[$0]))
    }
  }
}
