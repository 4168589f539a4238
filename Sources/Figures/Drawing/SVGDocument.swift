// Writes an SVG file, one element per line, and remembers where every text stands.

/// An SVG image under construction. Coordinates are points from the top left corner.
struct SVGDocument: Sendable {
  let style: FigureStyle
  /// Begins every identifier, so that several figures can stand in one page.
  let id: String
  private(set) var lines: [String] = []
  private(set) var textBoxes: [TextBox] = []
  private var identifiers: [String: Int] = [:]

  init(id: String, style: FigureStyle) {
    self.id = svgSlug(id)
    self.style = style
  }

  /// An identifier made from a name; a second one for the same name gets a number.
  mutating func identifier(for name: String) -> String {
    let slug = id + "-" + svgSlug(name)
    let count = (identifiers[slug] ?? 0) + 1
    identifiers[slug] = count
    return count == 1 ? slug : "\(slug)-\(count)"
  }

  /// A group of elements, named for the reader of the file.
  mutating func group(_ name: String, _ draw: (inout SVGDocument) -> Void) {
    let before = lines.count
    lines.append("<g id=\"\(identifier(for: name))\">")
    draw(&self)
    if lines.count == before + 1 { lines.removeLast() } else { lines.append("</g>") }
  }

  mutating func line(from start: Point, to end: Point, _ stroke: Stroke) {
    element(
      "line", number("x1", start.x) + number("y1", start.y) + number("x2", end.x) + number("y2", end.y),
      attributes(of: stroke))
  }

  mutating func rectangle(
    _ rectangle: Rectangle, fill: String, opacity: Double = 1, stroke: Stroke? = nil, radius: Double = 0
  ) {
    var text = number("x", rectangle.x) + number("y", rectangle.y)
    text += number("width", max(0, rectangle.width)) + number("height", max(0, rectangle.height))
    if radius > 0 { text += number("rx", radius) }
    element("rect", text, attributes(fill: fill, opacity: opacity) + (stroke.map(attributes(of:)) ?? ""))
  }

  mutating func path(_ data: String, stroke: Stroke) {
    guard !data.isEmpty else { return }
    element("path", attribute("d", data), attribute("fill", "none"), attributes(of: stroke))
  }

  mutating func path(_ data: String, fill: String, opacity: Double = 1, stroke: Stroke? = nil) {
    guard !data.isEmpty else { return }
    element(
      "path", attribute("d", data), attributes(fill: fill, opacity: opacity),
      stroke.map(attributes(of:)) ?? "")
  }

  mutating func circle(
    at centre: Point, radius: Double, fill: String, opacity: Double = 1, stroke: Stroke? = nil
  ) {
    element(
      "circle", number("cx", centre.x) + number("cy", centre.y) + number("r", radius),
      attributes(fill: fill, opacity: opacity), stroke.map(attributes(of:)) ?? "")
  }

  /// One line of text with its baseline at `point.y`; rotated text reads upwards.
  mutating func text(
    _ text: String, at point: Point, font: Font, anchor: TextAnchor = .start, colour: String? = nil,
    isRotated: Bool = false
  ) {
    guard !text.isEmpty else { return }
    var attributes = number("x", point.x) + number("y", point.y)
    if isRotated {
      attributes += attribute("transform", "rotate(-90 \(svgNumber(point.x)) \(svgNumber(point.y)))")
    }
    if anchor != .start { attributes += attribute("text-anchor", anchor.rawValue) }
    if font.size != style.fontSize { attributes += number("font-size", font.size) }
    if font.isBold { attributes += attribute("font-weight", "bold") }
    if let colour, colour != style.ink { attributes += attribute("fill", colour) }
    lines.append("<text\(attributes)>\(svgEscaped(text))</text>")
    textBoxes.append(
      TextBox(
        text: text, at: point, width: font.width(of: text), font: font, anchor: anchor, isRotated: isRotated))
  }

  /// The lines of a block under one another from `top`.
  mutating func text(
    _ block: TextBlock, x: Double, top: Double, anchor: TextAnchor = .start, colour: String? = nil
  ) {
    for (line, baseline) in zip(block.lines, block.baselines(top: top)) {
      text(line, at: Point(x: x, y: baseline), font: block.font, anchor: anchor, colour: colour)
    }
  }

  /// The lines of a block around a height.
  mutating func text(
    _ block: TextBlock, x: Double, middle: Double, anchor: TextAnchor = .start, colour: String? = nil
  ) {
    for (line, baseline) in zip(block.lines, block.baselines(middle: middle)) {
      text(line, at: Point(x: x, y: baseline), font: block.font, anchor: anchor, colour: colour)
    }
  }

  /// The finished image.
  func figure(height: Double, title: String, description: String) -> Figure {
    let width = style.width.points
    let millimetres = 25.4 / 72
    var head = "<svg xmlns=\"http://www.w3.org/2000/svg\""
    head += " width=\"\(svgNumber(width * millimetres))mm\" height=\"\(svgNumber(height * millimetres))mm\""
    head += " viewBox=\"0 0 \(svgNumber(width)) \(svgNumber(height))\" role=\"img\""
    head += " aria-labelledby=\"\(id)-title \(id)-desc\" font-family=\"\(svgEscaped(style.fontFamily))\""
    head += " font-size=\"\(svgNumber(style.fontSize))\" fill=\"\(style.ink)\">"
    var all = [head, "<title id=\"\(id)-title\">\(svgEscaped(title))</title>"]
    all.append("<desc id=\"\(id)-desc\">\(svgEscaped(description))</desc>")
    all.append("<rect width=\"100%\" height=\"100%\" fill=\"\(style.paper)\"/>")
    all += lines
    all.append("</svg>\n")
    let figure = Figure(
      svg: all.joined(separator: "\n"), width: width * millimetres, height: height * millimetres,
      altText: Figure.altText(title: title, description: description), description: description,
      textBoxes: textBoxes)
    // A hundredth of a millimetre is rounding.
    return figure.height > Figure.greatestHeight + 0.01
      ? figure.with([.tooTall(height: figure.height)]) : figure
  }

  private mutating func element(_ name: String, _ attributes: String...) {
    lines.append("<\(name)\(attributes.joined())/>")
  }

  private func attribute(_ name: String, _ value: String) -> String { " \(name)=\"\(svgEscaped(value))\"" }

  private func number(_ name: String, _ value: Double) -> String { " \(name)=\"\(svgNumber(value))\"" }

  private func attributes(fill: String, opacity: Double) -> String {
    attribute("fill", fill) + (opacity < 1 ? number("fill-opacity", opacity) : "")
  }

  private func attributes(of stroke: Stroke) -> String {
    var text = attribute("stroke", stroke.colour) + number("stroke-width", stroke.width)
    if !stroke.dash.isEmpty {
      text += attribute("stroke-dasharray", stroke.dash.map(svgNumber).joined(separator: " "))
    }
    if stroke.opacity < 1 { text += number("stroke-opacity", stroke.opacity) }
    if stroke.isRounded {
      text += attribute("stroke-linecap", "round") + attribute("stroke-linejoin", "round")
    }
    return text
  }
}
