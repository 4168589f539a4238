// Are the groups alike? Standardised differences before and after weighting or matching.

/// A love plot: one row per covariate, one marker per stage.
public struct BalanceFigure: Sendable {
  /// A covariate, one of its levels, or a heading above levels.
  public struct Row: Sendable, Equatable {
    /// As printed to the left: "Age, years".
    public var label: String
    /// Steps to the right: 0 for a variable, 1 for its levels.
    public var indent: Int
    /// Standardised difference at each stage; nil where it cannot be estimated. Empty for a heading.
    public var differences: [Double?]

    /// A row with one difference for each of the figure's stages, or a heading with none.
    public init(_ label: String, indent: Int = 0, differences: [Double?]) {
      self.label = label
      self.indent = indent
      self.differences = differences
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// "Before weighting", "After weighting".
  public var stages: [String]
  /// From top to bottom, in the order of the table beside the figure.
  public var rows: [Row]
  /// Dashed lines at plus and minus this difference.
  public var threshold: Double
  /// Below the axis: what the differences are, in standard deviations.
  public var axisLabel: String
  /// Magnitudes on an axis from 0.
  public var isAbsolute: Bool
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// A figure with dashed lines at ±0.1, below which groups are usually called alike (Austin, 2009), unless
  /// told otherwise.
  public init(
    id: String, title: String, stages: [String], rows: [Row], threshold: Double = 0.1,
    axisLabel: String = "Standardised difference", isAbsolute: Bool = false,
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.stages = stages
    self.rows = rows
    self.threshold = threshold
    self.axisLabel = axisLabel
    self.isAbsolute = isAbsolute
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let width = style.width.points
    let font = style.font
    let key = Key(
      stages.enumerated().map { ($0.element, style.colour($0.offset)) }, font: style.boldFont, left: margin,
      right: width - margin, top: margin, form: .point)
    let wanted = rows.map { font.width(of: $0.label) + Double($0.indent) * ForestLayout.indent }.max() ?? 0
    let labelWidth = min(wanted, 0.42 * width)
    var top = margin + key.height + 4
    let first = top
    var places: [(block: TextBlock, middle: Double, top: Double, height: Double)] = []
    for row in rows {
      let isHeading = row.differences.isEmpty
      let block = TextBlock(
        row.label, font: isHeading ? style.boldFont : font,
        width: labelWidth - Double(row.indent) * ForestLayout.indent)
      let height = max(block.height, font.lineHeight) + 3
      places.append((block, top + height / 2, top, height))
      top += height
    }
    let axis = valueAxis()
    let scale = Scale(
      lower: axis.first, upper: axis.last, start: margin + labelWidth + 14, end: width - margin - 8)
    document.group("shading") { document in
      for (index, place) in places.enumerated() where index % 2 == 1 {
        document.rectangle(
          Rectangle(x: 2, y: place.top, width: width - 4, height: place.height), fill: "#f3f5f7")
      }
    }
    let horizontal = HorizontalAxis(
      scale, y: top + 2, ticks: axis.ticks(style), label: axisLabel, font: font, within: margin,
      width - margin)
    document.group("axis") { drawAxis(horizontal, from: first, &$0) }
    document.group("key") { key.draw(in: &$0) }
    document.group("rows") { document in
      for (row, place) in zip(rows, places) {
        let left = margin + Double(row.indent) * ForestLayout.indent
        document.text(place.block, x: left, middle: place.middle)
        draw(row, scale, y: place.middle, &document)
      }
    }
    return document.figure(height: horizontal.bottom + margin, title: title, description: description)
  }

  private func drawAxis(_ axis: HorizontalAxis, from top: Double, _ document: inout SVGDocument) {
    let scale = axis.scale
    for level in isAbsolute ? [threshold] : [-threshold, threshold] where scale.contains(level) {
      let x = scale.position(level)
      document.line(
        from: Point(x: x, y: top), to: Point(x: x, y: axis.y),
        Stroke(colour: style.quietInk, width: 0.6, dash: [2, 2]))
    }
    let zero = scale.position(0)
    document.line(
      from: Point(x: zero, y: top), to: Point(x: zero, y: axis.y), Stroke(colour: style.quietInk, width: 0.7))
    axis.draw(in: &document)
  }

  private func draw(_ row: Row, _ scale: Scale, y: Double, _ document: inout SVGDocument) {
    let shown = row.differences.map { $0.flatMap { $0.isFinite ? (isAbsolute ? $0.magnitude : $0) : nil } }
    let present = shown.compactMap(\.self)
    if let low = present.min(), let high = present.max(), high > low {
      document.line(
        from: Point(x: scale.clamped(low), y: y), to: Point(x: scale.clamped(high), y: y),
        Stroke(colour: "#b6bec8", width: 0.9))
    }
    for (index, value) in shown.enumerated().prefix(stages.count) {
      guard let value else { continue }
      let look = style.colour(index)
      document.marker(look.marker, at: Point(x: scale.clamped(value), y: y), size: 5.5, colour: look.line)
    }
  }

  private func valueAxis() -> NiceTicks {
    let values = rows.flatMap(\.differences).compactMap(\.self).filter(\.isFinite)
    let shown = isAbsolute ? values.map(\.magnitude) : values
    let low = isAbsolute ? 0 : min(shown.min() ?? 0, -1.5 * threshold)
    return NiceTicks(from: low, to: max(shown.max() ?? 0, 1.5 * threshold), count: 6)
  }

  private var description: String {
    var text = "\(title). \(axisLabel) by covariate; dashed lines at \(style.number(threshold, decimals: 2))."
    for row in rows where !row.differences.isEmpty {
      let values = zip(stages, row.differences).map { stage, value in
        "\(stage) \(value.map { style.number($0, decimals: 2) } ?? "not estimable")"
      }
      text += " \(row.label): \(values.joined(separator: ", "))."
    }
    return text
  }
}
