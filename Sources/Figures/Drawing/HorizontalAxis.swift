// The axis below a plot, drawn the same way in every figure.

struct HorizontalAxis: Sendable {
  let scale: Scale
  let y: Double
  /// Those of the ticks whose labels have room.
  let ticks: [Tick]
  let label: TextBlock
  private let font: Font

  /// An axis at height `y`, its label centred below it within `left...right`.
  init(
    _ scale: Scale, y: Double, ticks: [Tick], label: String, font: Font, within left: Double, _ right: Double
  ) {
    self.scale = scale
    self.y = y
    self.font = font
    self.ticks = HorizontalAxis.legible(ticks, font: font) { scale.position($0) }
    let middle = (scale.start + scale.end) / 2
    self.label = TextBlock(label, font: font, width: 2 * min(middle - left, right - middle))
  }

  /// Low enough not to meet the lowest label of an upright axis.
  private var tickBaseline: Double { y + max(5, 0.7 * font.size) + font.capHeight }
  private var labelTop: Double { tickBaseline + 4 }
  /// Where ticks and label end.
  var bottom: Double { label.lines == [""] ? tickBaseline + font.descent : labelTop + label.height }

  func draw(in document: inout SVGDocument) {
    let stroke = Stroke(colour: document.style.ink, width: 0.7)
    document.line(from: Point(x: scale.start, y: y), to: Point(x: scale.end, y: y), stroke)
    for tick in ticks {
      let x = scale.position(tick.value)
      document.line(from: Point(x: x, y: y), to: Point(x: x, y: y + 3), stroke)
      document.text(tick.label, at: Point(x: x, y: tickBaseline), font: font, anchor: .middle)
    }
    document.text(label, x: (scale.start + scale.end) / 2, top: labelTop, anchor: .middle)
  }

  /// Ticks whose labels do not run into one another: all, or every second, third, …
  static func legible(_ ticks: [Tick], font: Font, _ place: (Double) -> Double) -> [Tick] {
    for every in 1...max(1, ticks.count) {
      let kept = ticks.enumerated().filter { $0.offset % every == 0 }.map(\.element)
      let isClear = zip(kept, kept.dropFirst()).allSatisfy { before, after in
        let room = (place(after.value) - place(before.value)).magnitude
        return room >= (font.width(of: before.label) + font.width(of: after.label)) / 2 + 3
      }
      if isClear { return kept }
    }
    return Array(ticks.prefix(1))
  }
}
