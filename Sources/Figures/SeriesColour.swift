// The colours, dashes and markers that tell series apart.

/// The shapes of single points.
public enum MarkerShape: Sendable, Equatable {
  case circle, square, triangle, diamond, invertedTriangle, cross
}

/// How one series looks: no reader depends on the colour alone.
public struct SeriesColour: Sendable, Equatable {
  /// Lines and areas: at least 3:1 on white and on a dark page.
  public let line: String
  /// The same hue for text: at least 4.5:1 on white.
  public let text: String
  /// Lengths of strokes and gaps in points; empty for a solid line.
  public let dash: [Double]
  /// The shape of single points, and of the middle of a forest plot's intervals.
  public let marker: MarkerShape

  /// A look; whoever makes one sees to its contrast (`Colour.contrast`).
  public init(line: String, text: String, dash: [Double], marker: MarkerShape) {
    self.line = line
    self.text = text
    self.dash = dash
    self.marker = marker
  }

  /// Eight colours near those of Okabe and Ito, moved until every one has 3:1 on white and on #0d1117 and
  /// the nearest pair stays apart for normal, protan, deutan and tritan sight.
  public static let standard: [SeriesColour] = [
    fallback,
    SeriesColour(line: "#d0740c", text: "#a35a08", dash: [6, 1.6], marker: .square),
    SeriesColour(line: "#00a070", text: "#00794f", dash: [2.4, 1.4], marker: .triangle),
    SeriesColour(line: "#9c87b8", text: "#75599c", dash: [8, 1.6, 1.6, 1.6], marker: .diamond),
    SeriesColour(line: "#7e5a1e", text: "#7e5a1e", dash: [1.1, 1.3], marker: .invertedTriangle),
    SeriesColour(line: "#3387c6", text: "#2672ab", dash: [10, 2.6], marker: .cross),
    SeriesColour(line: "#607271", text: "#566665", dash: [5, 1.4, 1.2, 1.4, 1.2, 1.4], marker: .circle),
    SeriesColour(line: "#a04654", text: "#a04654", dash: [3.6, 2.4], marker: .square),
  ]

  static let fallback = SeriesColour(line: "#1a5fb8", text: "#1a5fb8", dash: [], marker: .circle)
}
