// Points and rectangles in typographic points, the unit of every figure.

struct Point: Sendable, Equatable {
  var x: Double
  var y: Double
}

struct Rectangle: Sendable, Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }

  func inset(by distance: Double) -> Rectangle {
    Rectangle(x: x + distance, y: y + distance, width: width - 2 * distance, height: height - 2 * distance)
  }

  /// Whether the two share an area; touching edges do not count.
  func overlaps(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  func contains(_ other: Rectangle) -> Bool {
    other.x >= x && other.right <= right && other.y >= y && other.bottom <= bottom
  }

  /// Whether the straight line from `start` to `end` passes through the inside (Liang and Barsky's clipping).
  func isCrossed(from start: Point, to end: Point) -> Bool {
    var entering = 0.0
    var leaving = 1.0
    let direction = Point(x: end.x - start.x, y: end.y - start.y)
    let edges = [
      (-direction.x, start.x - x), (direction.x, right - start.x),
      (-direction.y, start.y - y), (direction.y, bottom - start.y),
    ]
    for (slope, distance) in edges {
      if slope == 0 {
        if distance <= 0 { return false }
      } else if slope < 0 {
        entering = max(entering, distance / slope)
      } else {
        leaving = min(leaving, distance / slope)
      }
    }
    return entering < leaving || (entering == leaving && direction == Point(x: 0, y: 0))
  }
}

/// How a line is drawn.
struct Stroke: Sendable, Equatable {
  var colour: String
  var width: Double
  var dash: [Double] = []
  var opacity = 1.0
  var isRounded = false
}
