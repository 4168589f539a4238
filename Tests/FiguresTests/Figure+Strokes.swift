// What is drawn with a stroke, read back from the file, to hold against the texts.

@testable import Figures

extension Figure {
  /// Texts that a curve, a mark or any other stroke but the grid's runs through.
  func crossedTexts() -> [String] {
    var reader = StrokeReader(Array(svg.utf8))
    reader.readAll()
    return textBoxes.compactMap { box -> String? in
      // The ink of a line of text, without the room that accents and descenders may take.
      let size = box.rectangle
      let ink = size.inset(by: 0.16 * min(size.width, size.height))
      guard ink.width > 0, ink.height > 0 else { return nil }
      return reader.isCrossed(ink) ? "crossed: \(box.text)" : nil
    }
  }
}

/// The strokes of a file in columns of the page, so that a text looks at its neighbours alone: the overlap check
/// reads thousands of figures without optimisation.
private struct StrokeReader {
  private static let columnWidth = 16.0
  private let bytes: [UInt8]
  private var columns: [[(Point, Point)]] = Array(repeating: [], count: 100)

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func isCrossed(_ box: Rectangle) -> Bool {
    for column in column(box.x)...column(box.right) {
      for (start, end) in columns[column] {
        if max(start.y, end.y) <= box.y || min(start.y, end.y) >= box.bottom { continue }
        if max(start.x, end.x) <= box.x || min(start.x, end.x) >= box.right { continue }
        if box.isCrossed(from: start, to: end) { return true }
      }
    }
    return false
  }

  private func column(_ x: Double) -> Int { min(max(Int(x / Self.columnWidth), 0), columns.count - 1) }

  private mutating func add(_ start: Point, _ end: Point) {
    for column in column(min(start.x, end.x))...column(max(start.x, end.x)) {
      columns[column].append((start, end))
    }
  }

  mutating func readAll() {
    let grid = Array(FigureStyle().gridInk.utf8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      defer { start = end + 1 }
      guard end - start > 6, bytes[start] == UInt8(ascii: "<") else { continue }
      let isPath = bytes[start + 1] == UInt8(ascii: "p")
      guard isPath || bytes[start + 1] == UInt8(ascii: "l") else { continue }
      guard let colour = value(of: "stroke", start, end), !bytes[colour].elementsEqual(grid) else { continue }
      if isPath {
        if let data = value(of: "d", start, end) { addPath(data) }
        continue
      }
      let places = ["x1", "y1", "x2", "y2"].compactMap { name in
        value(of: name, start, end).flatMap { numbers(in: $0).first }
      }
      if places.count == 4 { add(Point(x: places[0], y: places[1]), Point(x: places[2], y: places[3])) }
    }
  }

  /// Where an attribute's value stands in a line.
  private func value(of name: String, _ start: Int, _ end: Int) -> Range<Int>? {
    let pattern = Array(" \(name)=\"".utf8)
    var index = start
    while index + pattern.count < end {
      if bytes[index] == 32, bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
        let first = index + pattern.count
        return first..<(bytes[first...].firstIndex(of: 34) ?? end)
      }
      index += 1
    }
    return nil
  }

  private func numbers(in range: Range<Int>) -> [Double] {
    var numbers: [Double] = []
    var (value, scale, sign, isOpen) = (0.0, 0.0, 1.0, false)
    func close() { if isOpen { numbers.append(sign * value / max(scale, 1)) } }
    for index in range {
      switch bytes[index] {
      case 45: (value, scale, sign, isOpen) = (0, 0, -1, true)
      case 46: scale = 1
      case 48...57:
        value = value * 10 + Double(bytes[index] - 48)
        scale *= 10
        isOpen = true
      default:
        close()
        (value, scale, sign, isOpen) = (0, 0, 1, false)
      }
    }
    close()
    return numbers
  }

  /// Path data, which holds the commands M, L, H, V, h, v and Z alone.
  private mutating func addPath(_ data: Range<Int>) {
    var here = Point(x: 0, y: 0)
    var first = here
    var start = data.lowerBound
    while start < data.upperBound {
      var end = start + 1
      while end < data.upperBound, bytes[end] < 65 { end += 1 }
      let numbers = numbers(in: (start + 1)..<end)
      var next = here
      switch (bytes[start], numbers.count) {
      case (UInt8(ascii: "M"), 2), (UInt8(ascii: "L"), 2): next = Point(x: numbers[0], y: numbers[1])
      case (UInt8(ascii: "H"), 1): next.x = numbers[0]
      case (UInt8(ascii: "V"), 1): next.y = numbers[0]
      case (UInt8(ascii: "h"), 1): next.x += numbers[0]
      case (UInt8(ascii: "v"), 1): next.y += numbers[0]
      case (UInt8(ascii: "Z"), 0): next = first
      default: break
      }
      if bytes[start] == UInt8(ascii: "M") { first = next } else { add(here, next) }
      here = next
      start = end
    }
  }
}
