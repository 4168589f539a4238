// The groups at the end of a flow chart.

extension FlowLayout {
  private static let columnGap = 10.0

  /// Whether the groups have room beside one another without a word being cut.
  static func standSideBySide(_ figure: FlowFigure) -> Bool {
    guard !figure.branches.isEmpty else { return false }
    let font = figure.style.font
    let labels = figure.branches.flatMap { $0.steps.map(\.label) }
    let words = labels.flatMap { $0.split(separator: " ") }.map { font.width(of: String($0)) }
    let hasSides = figure.branches.contains { $0.steps.contains { !$0.exclusions.isEmpty } }
    let least = max(font.size * (hasSides ? 16 : 7), (words.max() ?? 0) + 2 * padding)
    return columnWidth(figure) >= least
  }

  private static func columnWidth(_ figure: FlowFigure) -> Double {
    let count = Double(max(figure.branches.count, 1))
    return (figure.style.width.points - 2 * margin - columnGap * (count - 1)) / count
  }

  /// Groups side by side under a bar; returns the bottom of the longest.
  mutating func placeColumns(below top: Double, from trunk: Double, _ figure: FlowFigure) -> Double {
    let cell = FlowLayout.columnWidth(figure)
    let centres = figure.branches.indices.map {
      FlowLayout.margin + cell / 2 + Double($0) * (cell + FlowLayout.columnGap)
    }
    let ends = centres + [trunk]
    arrows.append(
      Arrow(
        points: [Point(x: ends.min() ?? trunk, y: top), Point(x: ends.max() ?? trunk, y: top)],
        hasHead: false))
    let columns = zip(figure.branches, centres).map { branch, centre in
      let hasSides = branch.steps.contains { !$0.exclusions.isEmpty }
      var column = Column(
        centre: centre, width: hasSides ? cell : min(cell, 180), sideLeft: centre - cell / 2 + 20,
        sideRoom: cell - 20)
      column.fitSides(branch.steps, figure)
      return column
    }
    let boxTop = top + 14
    for centre in centres {
      arrows.append(
        Arrow(points: [Point(x: centre, y: top), Point(x: centre, y: boxTop)], hasHead: true))
    }
    return placeSteps(columns, top: boxTop, figure)
  }

  /// The steps of all groups, level with one another.
  private mutating func placeSteps(_ columns: [Column], top: Double, _ figure: FlowFigure) -> Double {
    var top = top
    let count = figure.branches.map(\.steps.count).max() ?? 0
    for level in 0..<count {
      let places = figure.branches.indices.filter { figure.branches[$0].steps.indices.contains(level) }
      let main = places.map {
        FlowLayout.mainBox(figure.branches[$0].steps[level], columns[$0], top: top, figure)
      }
      let height = main.map(\.frame.height).max() ?? 0
      let bottom = top + height
      var sideBottom = bottom
      for (index, box) in zip(places, main) {
        var box = box
        box.frame.height = height
        boxes.append(box)
        let step = figure.branches[index].steps[level]
        guard !step.exclusions.isEmpty else { continue }
        let side = sideBox(step, columns[index], top: bottom + 8, figure)
        boxes.append(side)
        addArrow(from: line(of: columns[index]), to: side)
        sideBottom = max(sideBottom, side.frame.bottom)
      }
      let hasSides = sideBottom > bottom
      let next = sideBottom + (hasSides ? 8 : 16)
      for index in places {
        let column = columns[index]
        let step = figure.branches[index].steps[level]
        let goesOn = figure.branches[index].steps.indices.contains(level + 1)
        let x = step.exclusions.isEmpty ? column.centre : line(of: column)
        if goesOn {
          arrows.append(Arrow(points: [Point(x: x, y: bottom), Point(x: x, y: next)], hasHead: true))
        } else if let side = boxes.last(where: { $0.isSide && $0.frame.x == column.sideLeft }),
          !step.exclusions.isEmpty
        {
          arrows.append(
            Arrow(points: [Point(x: x, y: bottom), Point(x: x, y: side.frame.midY)], hasHead: false))
        }
      }
      top = level + 1 < count ? next : sideBottom
    }
    return top
  }

  private func line(of column: Column) -> Double { column.sideLeft - 11 }

  /// Groups under one another, each beside a line that runs down from the trunk.
  mutating func placeList(below top: Double, from trunk: Double, _ figure: FlowFigure) -> Double {
    let line = FlowLayout.margin + 6
    let left = line + 14
    let room = figure.style.width.points - FlowLayout.margin - left
    let width = min(room, 260)
    arrows.append(Arrow(points: [Point(x: trunk, y: top), Point(x: line, y: top)], hasHead: false))
    var boxTop = top + 8
    var last = top
    for branch in figure.branches {
      for (index, step) in branch.steps.enumerated() {
        let indent = index == 0 ? 0.0 : 18.0
        var column = Column(
          centre: left + indent + (width - indent) / 2, width: width - indent, sideLeft: left + indent + 18,
          sideRoom: room - indent - 18)
        column.fitSides([step], figure)
        let box = FlowLayout.mainBox(step, column, top: boxTop, figure)
        boxes.append(box)
        if index == 0 {
          addArrow(from: line, to: box)
          last = box.frame.midY
        } else {
          addArrow(from: left + 7, to: box)
          let start = Point(x: left + 7, y: boxTop - 6)
          arrows.append(Arrow(points: [start, Point(x: start.x, y: box.frame.midY)], hasHead: false))
        }
        boxTop = box.frame.bottom + 6
        guard !step.exclusions.isEmpty else { continue }
        let side = sideBox(step, column, top: boxTop, figure)
        boxes.append(side)
        let x = left + indent + 7
        addArrow(from: x, to: side)
        arrows.append(
          Arrow(points: [Point(x: x, y: box.frame.bottom), Point(x: x, y: side.frame.midY)], hasHead: false))
        boxTop = side.frame.bottom + 6
      }
    }
    arrows.append(Arrow(points: [Point(x: line, y: top), Point(x: line, y: last)], hasHead: false))
    return boxTop - 6
  }
}
