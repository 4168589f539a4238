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

  /// So many series have looks of their own, whatever the palette: dashes see to it where colours come again.
  public static let distinctCount = 16

  /// Solid, dashed, dotted and their mixtures; the second eight differ most from those eight places before, which share their
  /// colour in the standard palette.
  static let dashes: [[Double]] = [
    [], [6, 1.6], [2.4, 1.4], [8, 1.6, 1.6, 1.6], [1.1, 1.3], [10, 2.6], [5, 1.4, 1.2, 1.4, 1.2, 1.4],
    [3.6, 2.4], [1.2, 2.8], [2, 1.2, 2, 4], [12, 2, 2, 2], [2.6, 4], [14, 3], [1.1, 1.3, 1.1, 4], [4.5, 4.5],
    [7, 1.6, 1.2, 1.6, 1.2, 1.6, 1.2, 1.6],
  ]

  static let markers: [MarkerShape] = [
    .circle, .square, .triangle, .diamond, .invertedTriangle, .cross, .circle, .square, .diamond, .cross,
    .circle,
    .square, .diamond, .triangle, .triangle, .invertedTriangle,
  ]

  /// This colour with the dash and the marker of a place among the series.
  func placed(at index: Int) -> SeriesColour {
    let place = index % SeriesColour.distinctCount
    guard place >= 0, SeriesColour.dashes.indices.contains(place),
      SeriesColour.markers.indices.contains(place)
    else { return self }
    return SeriesColour(
      line: line, text: text, dash: SeriesColour.dashes[place], marker: SeriesColour.markers[place])
  }

  /// Eight colours near those of Okabe and Ito, moved until every one has 3:1 on white and on #0d1117 and
  /// the nearest pair stays apart for normal, protan, deutan and tritan sight.
  public static let standard: [SeriesColour] = [
    ("#1a5fb8", "#1a5fb8"), ("#d0740c", "#a35a08"), ("#00a070", "#00794f"), ("#9c87b8", "#75599c"),
    ("#7e5a1e", "#7e5a1e"), ("#3387c6", "#2672ab"), ("#607271", "#566665"), ("#a04654", "#a04654"),
  ].enumerated().map { index, colour in
    SeriesColour(line: colour.0, text: colour.1, dash: [], marker: .circle).placed(at: index)
  }

  static let fallback = SeriesColour(line: "#1a5fb8", text: "#1a5fb8", dash: [], marker: .circle)
}
