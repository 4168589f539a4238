// Names at the ends of the curves, where the eye already is.

/// A curve's name beside its end.
struct CurveLabel: Sendable {
  static let gap = 5.0

  let block: TextBlock
  let x: Double
  let middle: Double
  let colour: String

  var rectangle: Rectangle {
    Rectangle(x: x, y: middle - block.height / 2, width: block.width, height: block.height)
  }

  /// Each curve's name, in two lines where one would take too much of the width.
  static func blocks(for plot: CurvePlot) -> [TextBlock] {
    let room = 0.19 * plot.style.width.points
    return plot.curves.map { TextBlock($0.name, font: plot.style.boldFont, width: room) }
  }

  /// Whether a word of a name is too long to stand beside its curve in one piece.
  static func cutsWord(in plot: CurvePlot) -> Bool {
    let room = 0.19 * plot.style.width.points
    let font = plot.style.boldFont
    return plot.curves.contains { curve in
      curve.name.split(separator: " ").contains { word in
        !word.contains { FontMetrics.isIdeograph($0) } && font.width(of: String(word)) > room
      }
    }
  }

  /// A place for every name next to its curve and clear of all the others, or nil where one has none.
  static func place(_ blocks: [TextBlock], for plot: CurvePlot, in layout: CurveLayout) -> [CurveLabel]? {
    guard blocks.allSatisfy({ $0.lines.count <= 2 }), !cutsWord(in: plot) else { return nil }
    let ends = layout.paths.map { $0.points.last }
    // A curve that has left the plot has no end for a name to stand at.
    if ends.contains(where: { $0?.isOutside ?? false }) { return nil }
    let order = ends.indices.sorted { (ends[$0]?.y ?? 0, $0) < (ends[$1]?.y ?? 0, $1) }
    // From the top; from the bottom where the lowest name would then be pressed against the axis.
    return place(blocks, in: order, ends, plot, layout)
      ?? place(blocks, in: order.reversed(), ends, plot, layout)
  }

  private static func place(
    _ blocks: [TextBlock], in order: [Int], _ ends: [PagePoint?], _ plot: CurvePlot, _ layout: CurveLayout
  ) -> [CurveLabel]? {
    let segments = layout.paths.map(\.segments)
    let marks = layout.marks.joined().map(\.rectangle)
    let right = plot.style.width.points - CurveLayout.margin
    var placed: [(index: Int, label: CurveLabel)] = []
    for index in order {
      guard let end = ends[index] else { return nil }
      let block = blocks[index]
      let colour = plot.curves[index].look.text
      // Offsets from the curve's end in steps, so that a small change of one curve rarely moves the others.
      let step = 2.0
      // Among other curves a name must stay beside its own; at the right edge there is nothing to confuse it with.
      let isInside = end.x < layout.area.right - 1
      let reach = Int(block.font.lineHeight * (isInside ? 0.8 : 2) / step)
      let offsets = (0...reach).flatMap { $0 == 0 ? [0] : [$0, -$0] }
      var found: CurveLabel?
      for offset in offsets {
        let middle = end.y + Double(offset) * step
        let label = CurveLabel(block: block, x: end.x + gap, middle: middle, colour: colour)
        let box = label.rectangle
        guard box.right <= right + 0.01, box.y >= CurveLayout.margin / 2,
          box.bottom <= layout.area.bottom + block.font.lineHeight / 2
        else { continue }
        // Inside the plot a name must not touch the axis.
        if isInside, box.bottom > layout.area.bottom - 1 { continue }
        let room = Rectangle(x: box.x - 2, y: box.y + 1, width: box.width + 2, height: box.height - 2)
        if placed.contains(where: { $0.label.rectangle.overlaps(box) }) { continue }
        if segments.contains(where: { path in path.contains { room.isCrossed(from: $0.0, to: $0.1) } }) {
          continue
        }
        if marks.contains(where: { $0.overlaps(room) }) { continue }
        found = label
        break
      }
      guard let found else { return nil }
      placed.append((index, found))
    }
    return placed.sorted { $0.index < $1.index }.map(\.label)
  }
}

/// Lines of text in a corner of the plot that no curve, band or name touches.
struct CurveNote: Sendable {
  let block: TextBlock
  let x: Double
  let top: Double
  let anchor: TextAnchor

  init(block: TextBlock, x: Double, top: Double, anchor: TextAnchor) {
    self.block = block
    self.x = x
    self.top = top
    self.anchor = anchor
  }

  init?(_ plot: CurvePlot, in layout: CurveLayout) {
    guard !plot.notes.isEmpty else { return nil }
    let block = TextBlock(lines: plot.notes, font: plot.style.font)
    let area = layout.area
    for corner in plot.noteCorners {
      let isLeft = corner == .topLeft || corner == .bottomLeft
      let isTop = corner == .topLeft || corner == .topRight
      let x = isLeft ? area.x + 8 : area.right - 4
      let top = isTop ? area.y + 2 : area.bottom - block.height - 6
      let box = Rectangle(x: isLeft ? x : x - block.width, y: top, width: block.width, height: block.height)
      guard box.x >= area.x, box.right <= area.right + 0.01, !layout.isOccupied(box.inset(by: -3), plot)
      else { continue }
      self.init(block: block, x: x, top: top, anchor: isLeft ? .start : .end)
      return
    }
    return nil
  }
}

extension CurveLayout {
  /// Whether a curve, its band, its censoring marks or a name stands in the rectangle.
  func isOccupied(_ box: Rectangle, _ plot: CurvePlot) -> Bool {
    if let labels, labels.contains(where: { $0.rectangle.overlaps(box) }) { return true }
    for (curve, path) in zip(plot.curves, paths) {
      if let reference = curve.reference {
        let foot = Point(x: x.clamped(reference.x), y: area.bottom)
        let corner = Point(x: foot.x, y: y.clamped(reference.y))
        if box.isCrossed(from: corner, to: foot) { return true }
        if box.isCrossed(from: Point(x: area.x, y: corner.y), to: corner) { return true }
      }
      if path.segments.contains(where: { box.isCrossed(from: $0.0, to: $0.1) }) { return true }
      guard curve.hasBand else { continue }
      for (before, after) in zip(path.points, path.points.dropFirst()) {
        let top = min(before.upper, before.lower)
        let bottom = max(before.upper, before.lower)
        let strip = Rectangle(x: before.x, y: top, width: after.x - before.x, height: bottom - top)
        if strip.overlaps(box) { return true }
      }
    }
    return false
  }
}
