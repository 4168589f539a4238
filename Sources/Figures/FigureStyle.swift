// What a journal may change about a figure.

/// The width of a figure in print.
public enum FigureWidth: Sendable, Equatable {
  /// One column of a journal, 85 mm.
  case singleColumn
  /// Two columns, 175 mm.
  case doubleColumn
  case millimetres(Double)

  /// The width in print: 85 or 175 for the columns of a journal, otherwise what was asked for within 60 to
  /// 500.
  public var millimetres: Double {
    switch self {
    case .singleColumn: 85
    case .doubleColumn: 175
    case .millimetres(let width): width.isFinite ? min(max(width, 60), 500) : 175
    }
  }

  static func points(_ points: Double) -> FigureWidth { .millimetres(points * 25.4 / 72) }

  var points: Double { millimetres * 72 / 25.4 }
}

/// Where the names of curves stand.
public enum LegendForm: String, Sendable, Equatable, CaseIterable {
  /// At the curves where there is room for every name, in a key above the plot otherwise.
  case automatic
  /// At the curves; in a key where a name would cover something.
  case direct
  case key
  /// Nowhere: the caption or the table tells the curves apart.
  case none
}

/// Fonts, colours and number forms of a figure. The default needs no change for print, screen, or grey copies.
public struct FigureStyle: Sendable, Equatable {
  /// The width in print; letters keep their size whatever it is.
  public var width: FigureWidth
  /// CSS font list. The layout is measured for Arial and the fonts that share its widths, or for Times where the
  /// list begins with a font of that name.
  public var fontFamily: String
  /// Points, 4 to 20; 8 where nothing is said, 7 in a single column.
  public let fontSize: Double
  /// Between whole number and decimals: ".", "," or "·".
  public var decimalMark: String
  /// Between thousands from 10 000 upwards; empty for none.
  public var thousandsMark: String
  /// Before negative numbers: U+2212, as wide as a plus sign, unless a journal prints hyphens.
  public var minusSign: String
  /// The looks of the series in order; where there are more series the colours begin again, with other dashes.
  public var palette: [SeriesColour]
  /// Where the names of curves stand.
  public var legend: LegendForm = .automatic
  /// Height of the area between the axes in millimetres; chosen from the width without it.
  public var plotHeight: Double?
  /// Background. Opaque, so that a figure looks the same on a dark page and in print.
  public var paper: String
  /// Text and axes.
  public var ink: String

  /// A style for print in two columns unless told otherwise; sizes that are not numbers get the usual value.
  public init(
    width: FigureWidth = .doubleColumn, fontFamily: String = FigureStyle.sansSerif, fontSize: Double? = nil,
    decimalMark: String = ".", thousandsMark: String = ",", minusSign: String = "\u{2212}",
    palette: [SeriesColour] = SeriesColour.standard, paper: String = "#ffffff", ink: String = "#1b1f24"
  ) {
    self.width = width
    self.fontFamily = fontFamily
    let usual = width.millimetres < 120 ? 7.0 : 8
    self.fontSize = fontSize.map { $0.isFinite ? min(max($0, 4), 20) : usual } ?? usual
    self.decimalMark = decimalMark
    self.thousandsMark = thousandsMark
    self.minusSign = minusSign
    self.palette = palette.isEmpty ? SeriesColour.standard : palette
    self.paper = paper
    self.ink = ink
  }

  /// Arial and free fonts of the same widths, so that one layout holds for all of them.
  public static let sansSerif = "Arial, 'Liberation Sans', Helvetica, sans-serif"

  private var isSerif: Bool {
    fontFamily.drop { $0 == "'" || $0 == "\"" }.lowercased().hasPrefix("times")
  }
  var font: Font { Font(size: fontSize, isBold: false, isSerif: isSerif) }
  var boldFont: Font { Font(size: fontSize, isBold: true, isSerif: isSerif) }
  /// Secondary text; 4.5:1 and more on white.
  var quietInk: String { "#57606a" }
  var gridInk: String { "#e4e7eb" }

  /// The wished height of a plot in points, or the usual one.
  func height(usual: Double) -> Double {
    plotHeight.map { min(max($0.isFinite ? $0 : 60, 20), 400) * 72 / 25.4 } ?? usual
  }

  /// This style for a figure that gains nothing from more width.
  func narrowed(to millimetres: Double) -> FigureStyle {
    var style = self
    if width.millimetres > millimetres { style.width = .millimetres(millimetres) }
    return style
  }

  /// How dense the area of a series is: neighbours differ in grey copies as well.
  func areaOpacity(_ index: Int) -> Double {
    let steps = [0.85, 0.45, 0.22, 0.65, 0.33]
    return steps[((index % steps.count) + steps.count) % steps.count]
  }

  /// The look of a series: the palette's, with other dashes and markers where its colours come again.
  func colour(_ index: Int) -> SeriesColour {
    guard !palette.isEmpty, index >= 0 else { return SeriesColour.fallback }
    let own = palette[index % palette.count]
    return index < palette.count ? own : own.placed(at: index)
  }
}
