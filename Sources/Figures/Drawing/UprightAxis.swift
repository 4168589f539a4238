// The axis to the left of a plot, drawn the same way in every figure.

struct UprightAxis: Sendable {
  private let scale: Scale
  private let x: Double
  private let ticks: [Tick]
  private let label: TextBlock
  private let tickWidth: Double
  private let isBroken: Bool
  private let font: Font

  /// An axis at `x`, its label turned upwards.
  init(_ scale: Scale, x: Double, axis: FrameAxis, font: Font) {
    self.scale = scale
    self.x = x
    self.font = font
    ticks = axis.ticks
    tickWidth = UprightAxis.tickWidth(axis, font)
    label = UprightAxis.label(axis, height: scale.start - scale.end, font)
    isBroken = axis.isBroken
  }

  /// Width that ticks and label need.
  static func room(_ axis: FrameAxis, height: Double, font: Font) -> Double {
    tickWidth(axis, font) + 5 + (axis.label.isEmpty ? 0 : label(axis, height: height, font).height + 4)
  }

  private static func tickWidth(_ axis: FrameAxis, _ font: Font) -> Double {
    axis.ticks.map { font.width(of: $0.label) }.max() ?? 0
  }

  private static func label(_ axis: FrameAxis, height: Double, _ font: Font) -> TextBlock {
    TextBlock(axis.label, font: font, width: height + 16)
  }

  func drawGrid(to right: Double, in document: inout SVGDocument) {
    for tick in ticks where scale.contains(tick.value) && tick.value > scale.lower {
      let y = scale.position(tick.value)
      document.line(
        from: Point(x: x, y: y), to: Point(x: right, y: y), Stroke(colour: document.style.gridInk, width: 0.5)
      )
    }
  }

  func draw(in document: inout SVGDocument) {
    let stroke = Stroke(colour: document.style.ink, width: 0.7)
    let bottom = scale.start
    document.line(
      from: Point(x: x, y: scale.end), to: Point(x: x, y: isBroken ? bottom - 9 : bottom), stroke)
    if isBroken {
      for rise in [9.0, 6.0] {
        document.line(
          from: Point(x: x - 3, y: bottom - rise + 1.5), to: Point(x: x + 3, y: bottom - rise - 1.5), stroke)
      }
      document.line(from: Point(x: x, y: bottom - 6), to: Point(x: x, y: bottom), stroke)
    }
    for tick in ticks {
      let y = scale.position(tick.value)
      document.line(from: Point(x: x - 3, y: y), to: Point(x: x, y: y), stroke)
      document.text(tick.label, at: Point(x: x - 5, y: y + font.capHeight / 2), font: font, anchor: .end)
    }
    for (index, line) in label.lines.enumerated() {
      let lift = Double(label.lines.count - 1 - index) * font.lineHeight
      document.text(
        line, at: Point(x: x - 5 - tickWidth - 4 - font.descent - lift, y: (scale.start + scale.end) / 2),
        font: font, anchor: .middle, isRotated: true)
    }
  }
}
