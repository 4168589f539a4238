// What is drawn with a stroke, read back from the file, to hold against the texts.

@testable import Figures

extension Figure {
  /// Texts that a curve, a mark or any other stroke but the grid's runs through.
  func crossedTexts() -> [String] {
    let strokes = drawnStrokes()
    return textBoxes.compactMap { box -> String? in
      // The ink of a line of text, without the room that accents and descenders may take.
      let size = box.rectangle
      let ink = size.inset(by: 0.16 * min(size.width, size.height))
      guard ink.width > 0, ink.height > 0 else { return nil }
      let isCrossed = strokes.contains { start, end in
        max(start.x, end.x) > ink.x && min(start.x, end.x) < ink.right && max(start.y, end.y) > ink.y
          && min(start.y, end.y) < ink.bottom && ink.isCrossed(from: start, to: end)
      }
      return isCrossed ? "crossed: \(box.text)" : nil
    }
  }

  private func drawnStrokes() -> [(Point, Point)] {
    let grid = Array(FigureStyle().gridInk.utf8)
    var strokes: [(Point, Point)] = []
    for line in svg.utf8.split(separator: 10)
    where line.starts(with: "<path ".utf8) || line.starts(with: "<line ".utf8) {
      let attributes = ElementAttributes(line)
      guard let colour = attributes.values["stroke"], !colour.elementsEqual(grid) else { continue }
      if let data = attributes.values["d"] { strokes += PathReader(data).segments }
      let ends = ["x1", "y1", "x2", "y2"].compactMap { attributes.number($0) }
      if ends.count == 4 { strokes.append((Point(x: ends[0], y: ends[1]), Point(x: ends[2], y: ends[3]))) }
    }
    return strokes
  }
}

/// The attributes of an element on one line.
private struct ElementAttributes {
  private(set) var values: [String: Substring.UTF8View] = [:]

  init(_ line: Substring.UTF8View) {
    var name = ""
    for (index, part) in line.split(separator: 34, omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 0 {
        let word = part.split(separator: 32).last ?? part
        name = String(decoding: word.dropLast(), as: UTF8.self)
      } else {
        values[name] = part
      }
    }
  }

  func number(_ name: String) -> Double? { values[name].flatMap { Double(Substring($0)) } }
}

/// The straight pieces of path data, which holds the commands M, L, H, V, h, v and Z alone.
private struct PathReader {
  private(set) var segments: [(Point, Point)] = []
  private var here = Point(x: 0, y: 0)
  private var first = Point(x: 0, y: 0)

  init(_ data: Substring.UTF8View) {
    var start = data.startIndex
    var index = start
    while index < data.endIndex {
      index = data.index(after: index)
      let isEnd = index == data.endIndex
      guard isEnd || (data[index] >= 65 && data[index] != 95) else { continue }
      let numbers = data[data.index(after: start)..<index].split(separator: 32).compactMap {
        Double(Substring($0))
      }
      move(data[start], numbers)
      start = index
    }
  }

  private mutating func move(_ command: UInt8, _ numbers: [Double]) {
    var next = here
    switch (Character(Unicode.Scalar(command)), numbers.count) {
    case ("M", 2), ("L", 2): next = Point(x: numbers[0], y: numbers[1])
    case ("H", 1): next.x = numbers[0]
    case ("V", 1): next.y = numbers[0]
    case ("h", 1): next.x += numbers[0]
    case ("v", 1): next.y += numbers[0]
    case ("Z", 0): next = first
    default: return
    }
    if command == UInt8(ascii: "M") { first = next } else { segments.append((here, next)) }
    here = next
  }
}
