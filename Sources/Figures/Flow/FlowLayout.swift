// Boxes as large as their text, arrows between them.

struct FlowLayout: Sendable {
  struct Line: Sendable {
    let text: String
    let font: Font
    let indent: Double
  }

  struct Box: Sendable {
    var frame: Rectangle
    let lines: [Line]
    let isSide: Bool

    /// Lines of a main box stand in its middle, those of a side box at its top.
    var baselines: [Double] {
      let font = lines.first?.font ?? Font(size: 8, isBold: false)
      let block = TextBlock(lines: lines.map(\.text), font: font)
      return isSide
        ? block.baselines(top: frame.y + FlowLayout.padding) : block.baselines(middle: frame.midY)
    }
  }

  struct Arrow: Sendable {
    let points: [Point]
    let hasHead: Bool
  }

  static let margin = 6.0
  static let padding = 5.0
  static let gap = 20.0

  var boxes: [Box] = []
  var arrows: [Arrow] = []
  private(set) var height = 0.0

  init(_ figure: FlowFigure) {
    let width = figure.style.width.points
    let margin = FlowLayout.margin
    let inner = width - 2 * margin
    let hasSides = figure.steps.contains { !$0.exclusions.isEmpty }
    let isNarrow = width < 340
    let sideGap = isNarrow ? 12.0 : 24.0
    let hasColumns = FlowLayout.standSideBySide(figure)
    var column: Column
    if hasSides, !hasColumns {
      // Main boxes to the left, side boxes beside them.
      let mainWidth = (inner - sideGap) * (isNarrow ? 0.46 : 0.48)
      let centre = margin + mainWidth / 2
      let sideLeft = centre + mainWidth / 2 + sideGap
      column = Column(
        centre: centre, width: mainWidth, sideLeft: sideLeft, sideRoom: width - margin - sideLeft)
    } else {
      // The trunk in the middle; side boxes stand between the main boxes, so they may begin beside the line.
      let mainWidth = min(inner, isNarrow ? 0.8 * inner : 0.52 * inner)
      let sideLeft = width / 2 + sideGap
      column = Column(
        centre: width / 2, width: mainWidth, sideLeft: sideLeft, sideRoom: width - margin - sideLeft)
    }
    column.fitSides(figure.steps, figure)
    var bottom = placeTrunk(column, figure)
    if hasColumns {
      bottom = placeColumns(below: bottom, from: column.centre, figure)
    } else if !figure.branches.isEmpty {
      bottom = placeList(below: bottom, from: column.centre, figure)
    }
    height = bottom + margin
  }

  /// Where a run of boxes stands.
  struct Column {
    let centre: Double
    let width: Double
    /// Left edge of the boxes that name exclusions.
    let sideLeft: Double
    let sideRoom: Double
    /// One width for all of them.
    var sideWidth = 0.0

    mutating func fitSides(_ steps: [FlowFigure.Step], _ figure: FlowFigure) {
      for step in steps where !step.exclusions.isEmpty {
        let lines = FlowLayout.sideLines(step, room: sideRoom - 2 * FlowLayout.padding - 4, figure)
        let widest = lines.map { $0.indent + $0.font.width(of: $0.text) }.max() ?? 0
        sideWidth = max(sideWidth, min(sideRoom, widest + 2 * FlowLayout.padding + 4))
      }
    }
  }

  /// The main run of boxes; returns where the line to the groups, or the last box, ends.
  private mutating func placeTrunk(_ column: Column, _ figure: FlowFigure) -> Double {
    var top = FlowLayout.margin
    var bottom = top
    for (index, step) in figure.steps.enumerated() {
      let box = FlowLayout.mainBox(step, column, top: top, figure)
      boxes.append(box)
      bottom = box.frame.bottom
      let isLast = index + 1 == figure.steps.count
      let start = Point(x: column.centre, y: bottom)
      if !step.exclusions.isEmpty {
        let side = sideBox(step, column, top: bottom + FlowLayout.gap / 2, figure)
        boxes.append(side)
        addArrow(from: column.centre, to: side)
        if isLast, figure.branches.isEmpty {
          arrows.append(Arrow(points: [start, Point(x: column.centre, y: side.frame.midY)], hasHead: false))
        }
        bottom = side.frame.bottom
      }
      if !isLast {
        top = bottom + (step.exclusions.isEmpty ? FlowLayout.gap : FlowLayout.gap / 2)
        arrows.append(Arrow(points: [start, Point(x: column.centre, y: top)], hasHead: true))
      } else if !figure.branches.isEmpty {
        bottom += FlowLayout.gap / 2
        arrows.append(Arrow(points: [start, Point(x: column.centre, y: bottom)], hasHead: false))
      }
    }
    return bottom
  }

  mutating func addArrow(from x: Double, to side: Box) {
    arrows.append(
      Arrow(
        points: [Point(x: x, y: side.frame.midY), Point(x: side.frame.x, y: side.frame.midY)], hasHead: true))
  }

  static func mainBox(_ step: FlowFigure.Step, _ column: Column, top: Double, _ figure: FlowFigure) -> Box {
    let font = figure.style.font
    let block = TextBlock(
      figure.counted(step), font: font, width: column.width - 2 * FlowLayout.padding)
    return Box(
      frame: Rectangle(
        x: column.centre - column.width / 2, y: top, width: column.width,
        height: block.height + 2 * FlowLayout.padding),
      lines: block.lines.map { Line(text: $0, font: font, indent: 0) }, isSide: false)
  }

  func sideBox(_ step: FlowFigure.Step, _ column: Column, top: Double, _ figure: FlowFigure) -> Box {
    let lines = FlowLayout.sideLines(step, room: column.sideRoom - 2 * FlowLayout.padding - 4, figure)
    return Box(
      frame: Rectangle(
        x: column.sideLeft, y: top, width: column.sideWidth,
        height: Double(lines.count) * figure.style.font.lineHeight + 2 * FlowLayout.padding),
      lines: lines, isSide: true)
  }

  /// The total and the reasons below it; a single reason stands in the first line.
  private static func sideLines(_ step: FlowFigure.Step, room: Double, _ figure: FlowFigure) -> [Line] {
    let font = figure.style.font
    var lines: [Line] = []
    func add(_ text: String, indent: Double) {
      let block = TextBlock(text, font: font, width: room - indent - 6, isBalanced: false)
      for (index, line) in block.lines.enumerated() {
        lines.append(Line(text: line, font: font, indent: indent + (index > 0 ? 6 : 0)))
      }
    }
    if step.exclusions.count == 1, let reason = step.exclusions.first {
      let label = step.exclusionLabel.isEmpty ? reason.label : "\(step.exclusionLabel): \(reason.label)"
      add(figure.counted(label, reason.count), indent: 0)
      return lines
    }
    add(figure.counted(step.exclusionLabel, step.exclusions.reduce(0) { $0 + $1.count }), indent: 0)
    for reason in step.exclusions { add(figure.counted(reason.label, reason.count), indent: 8) }
    return lines
  }
}
