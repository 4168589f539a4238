// A prediction model as rulers: read off points, add them up, read off the risk.

/// A nomogram. The caller gives every mark its points.
public struct NomogramFigure: Sendable {
  /// A labelled place on a ruler.
  public struct Mark: Sendable, Equatable {
    /// As printed: a value, a level, or a risk in per cent.
    public var label: String
    /// On the points ruler, or for outcomes on the ruler of total points.
    public var points: Double

    /// A label at its points.
    public init(_ label: String, points: Double) {
      self.label = label
      self.points = points
    }
  }

  /// One line to read points off, or to read a prediction off the total.
  public struct Ruler: Sendable, Equatable {
    /// To the left of the ruler, with its unit.
    public var name: String
    /// In any order; those that would run into one another are moved or left out.
    public var marks: [Mark]

    /// A ruler with its marks.
    public init(_ name: String, marks: [Mark]) {
      self.name = name
      self.marks = marks
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// From top to bottom.
  public var variables: [Ruler]
  /// The highest number of points of a single variable, usually 100.
  public var highestPoints: Double
  /// Where the ruler of the total ends.
  public var highestTotal: Double
  /// "5-year survival, %", marks by total points.
  public var outcomes: [Ruler]
  /// Names the uppermost ruler.
  public var pointsName: String
  /// Names the ruler of the sum.
  public var totalName: String
  /// A width below 120 mm is widened.
  public var style: FigureStyle

  /// A nomogram whose strongest variable reaches 100 points unless told otherwise.
  public init(
    id: String, title: String, variables: [Ruler], highestPoints: Double = 100, highestTotal: Double,
    outcomes: [Ruler], pointsName: String = "Points", totalName: String = "Total points",
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.variables = variables
    self.highestPoints = highestPoints
    self.highestTotal = highestTotal
    self.outcomes = outcomes
    self.pointsName = pointsName
    self.totalName = totalName
    self.style = style
  }

  /// Half the width of the widest label near an end of its ruler.
  private func reach(below share: Double = -1, above other: Double = 2) -> Double {
    func half(_ rulers: [Ruler], _ highest: Double) -> Double {
      rulers.flatMap(\.marks).filter { $0.points < share * highest || $0.points > other * highest }
        .map { style.font.width(of: shortened($0.label)) / 2 }.max() ?? 0
    }
    return max(half(variables, highestPoints), half(outcomes, highestTotal))
  }

  /// A label that leaves room for others; the description holds all of it.
  private func shortened(_ label: String) -> String {
    let most = 0.22 * style.width.points
    guard style.font.width(of: label) > most else { return label }
    var kept = ""
    for character in label {
      if style.font.width(of: kept + String(character) + "…") > most { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    if style.width.millimetres < 120 {
      var wider = self
      wider.style.width = .millimetres(120)
      return wider.figure()
    }
    var document = SVGDocument(id: id, style: style)
    let margin = CurveLayout.margin
    let (width, font) = (style.width.points, style.font)
    let names = ([pointsName, totalName] + (variables + outcomes).map(\.name)).map {
      TextBlock($0, font: style.boldFont, width: 0.26 * width)
    }
    let nameEnd = margin + (names.map(\.width).max() ?? 0) + 6
    // Labels at the ends of a ruler reach beyond it by half their width.
    let start = nameEnd + max(10, reach(below: 0.1))
    let end = width - margin - max(14, reach(above: 0.9))
    let points = Scale(lower: 0, upper: max(highestPoints, 1), start: start, end: end)
    let total = Scale(lower: 0, upper: max(highestTotal, 1), start: start, end: end)
    var top = margin + 4
    func add(_ ruler: Ruler, _ scale: Scale, isMain: Bool) {
      let block = TextBlock(ruler.name, font: style.boldFont, width: 0.26 * width)
      // Labels above and below the ruler in turn where they would run into one another.
      let marks = ruler.marks.filter { $0.points.isFinite && scale.contains($0.points) }.sorted {
        ($0.points, $0.label) < ($1.points, $1.label)
      }
      let levels = levels(of: marks, scale, font: font)
      let up = Double(levels.filter { $0 < 0 }.map { -$0 }.max() ?? 0) * font.lineHeight
      let down = Double(levels.filter { $0 > 0 }.max() ?? 1) * font.lineHeight
      let half = block.height / 2
      let y = top + max(up + 4, half)
      document.group(ruler.name) { document in
        document.text(block, x: margin, middle: y)
        if isMain {
          document.line(
            from: Point(x: scale.start, y: y), to: Point(x: scale.end, y: y),
            Stroke(colour: style.ink, width: 1))
        }
        draw(marks, levels, scale, y: y, colour: isMain ? style.ink : style.colour(0).line, &document)
      }
      top = y + max(down + 6, half) + 6
    }
    let pointTicks = NiceTicks(from: 0, to: highestPoints, count: 10, covering: false).ticks(style)
    add(Ruler(pointsName, marks: pointTicks.map { Mark($0.label, points: $0.value) }), points, isMain: true)
    for ruler in variables { add(ruler, points, isMain: false) }
    let totalTicks = NiceTicks(from: 0, to: highestTotal, count: 10, covering: false).ticks(style)
    add(Ruler(totalName, marks: totalTicks.map { Mark($0.label, points: $0.value) }), total, isMain: true)
    for ruler in outcomes { add(ruler, total, isMain: false) }
    return document.figure(height: top + margin - 6, title: title, description: description)
  }

  /// For each mark the line on which its label stands: 1 just below the ruler, -1 just above, 2 further down…
  private func levels(of marks: [Mark], _ scale: Scale, font: Font) -> [Int] {
    var ends: [Int: Double] = [:]
    return marks.map { mark in
      let half = font.width(of: shortened(mark.label)) / 2
      let x = scale.position(mark.points)
      for level in [1, -1, 2, -2, 3, -3] where x - half > ends[level, default: -.infinity] + 4 {
        ends[level] = x + half
        return level
      }
      return 0
    }
  }

  private func draw(
    _ marks: [Mark], _ levels: [Int], _ scale: Scale, y: Double, colour: String, _ document: inout SVGDocument
  ) {
    let stroke = Stroke(colour: colour, width: 1)
    let places = marks.map { scale.position($0.points) }
    if let first = places.first, let last = places.last {
      document.line(from: Point(x: first, y: y), to: Point(x: last, y: y), stroke)
    }
    let font = style.font
    for ((mark, level), x) in zip(zip(marks, levels), places) {
      let sign = level < 0 ? -1.0 : 1.0
      document.line(from: Point(x: x, y: y), to: Point(x: x, y: y + 3 * sign), stroke)
      guard level != 0 else { continue }
      let distance = 5 + Double(level.magnitude - 1) * font.lineHeight
      let baseline = level > 0 ? y + distance + font.capHeight : y - distance
      document.text(shortened(mark.label), at: Point(x: x, y: baseline), font: font, anchor: .middle)
    }
  }

  private var description: String {
    var text = "\(title). Add the points of all variables and read the outcome at the total."
    for ruler in variables {
      let marks = ruler.marks.map { "\($0.label) \(style.number($0.points, decimals: 0))" }
      text += " \(ruler.name), points: \(marks.joined(separator: ", "))."
    }
    for ruler in outcomes {
      let marks = ruler.marks.map { "\($0.label) at \(style.number($0.points, decimals: 0))" }
      text += " \(ruler.name) by total points: \(marks.joined(separator: ", "))."
    }
    return text
  }
}
