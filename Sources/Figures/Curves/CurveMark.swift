// Censored observations as short upright marks on their curve.

/// A mark's place on the page; names keep clear of it, as they do of the curves.
struct CurveMark: Sendable, Equatable {
  private static let half = 2.4

  let x: Double
  let y: Double

  var rectangle: Rectangle { Rectangle(x: x - 0.5, y: y - Self.half, width: 1, height: 2 * Self.half) }

  /// The marks of a curve; where they would run into one another, every one that can be told apart.
  static func marks(of curve: Curve, _ path: CurvePath, x scale: Scale) -> [CurveMark] {
    var marks: [CurveMark] = []
    for time in curve.marks where time.isFinite && time <= curve.end && scale.contains(time) {
      let x = scale.position(time)
      guard let y = path.height(at: x) else { continue }
      if let last = marks.last, x - last.x < 0.8, (y - last.y).magnitude < 0.8 { continue }
      marks.append(CurveMark(x: x, y: y))
    }
    return marks
  }

  static func path(_ marks: [CurveMark]) -> String {
    marks.map { "M\(svgNumber($0.x)) \(svgNumber($0.y - half))v\(svgNumber(2 * half))" }.joined()
  }
}
