// What an author asked of a directive's figure.

import Figures
import Presentation

/// The value of `figure:`; what was left out is for the figure to choose.
struct FigureRequest: Sendable {
  var isDrawn = true
  var width: FigureWidth?
  /// Of the area between the axes, in millimetres.
  var plotHeight: Double?
  var limits = Axes<ClosedRange<Double>>()
  var breaks = Axes<[Double]>()
  var labels = Axes<String>()
  var palette: [SeriesColour]?
  var transform = Transform.survival
  var showsMedian = false
  var riskTable: [RiskTableContent]?
  var annotation = Annotation.automatic
  var legend = LegendForm.automatic
  var bands: Bool?
  var marksCensoring = true
  /// 0 for never.
  var fadeBelow = 10
  var timeUnit: TimeUnitName?
  var favours: [String]?

  /// Something for each axis.
  struct Axes<Value: Sendable>: Sendable {
    var x: Value?
    var y: Value?
  }

  enum Transform: String, CaseIterable, Sendable {
    case survival, risk
    case cumulativeHazard = "cumulative-hazard"
    case logLog = "log-log"
  }

  enum Annotation: Sendable, Equatable {
    case automatic, none
    case lines([String])
  }

  enum TimeUnitName: String, CaseIterable, Sendable {
    case hours, days, weeks, months, years

    var unit: TimeUnit {
      switch self {
      case .hours: .hours
      case .days: .days
      case .weeks: .weeks
      case .months: .months
      case .years: .years
      }
    }
  }

  static let hidden: FigureRequest = {
    var request = FigureRequest()
    request.isDrawn = false
    return request
  }()
}

extension FigureRequest {
  /// The journal's lettering with the author's width, height, colours and legend.
  func style(_ journal: JournalStyle) -> FigureStyle {
    let usual = FigureStyle(journal)
    var style = FigureStyle(
      width: width ?? usual.width, fontFamily: usual.fontFamily,
      fontSize: journal.figure.fontSize, decimalMark: usual.decimalMark,
      minusSign: usual.minusSign, palette: palette ?? usual.palette)
    style.legend = legend
    style.plotHeight = plotHeight
    return style
  }

  /// The time axis; limits and breaks are in the unit that the axis shows.
  ///
  /// One rule for every figure of an outcome: follow-up in days that lasts for more than three years is shown in years, unless the
  /// author chose a unit, limits, breaks or a label.
  ///
  /// - Parameters:
  ///   - words: below the axis where neither the author nor a unit says anything.
  ///   - longest: the longest follow-up of the analysis, with an event or without.
  func timeAxis(unit: String?, words: String, longest: Double) -> TimeAxis {
    let own = TimeUnit(unit)
    let isFree = limits.x == nil && breaks.x == nil && labels.x == nil
    let isLong = own == .days && longest > 3 * TimeUnit.years.dayCount
    let wanted = timeUnit ?? (isFree && isLong ? .years : nil)
    let shown = own == .other ? own : wanted?.unit ?? own
    let factor = own == shown ? 1 : shown.dayCount / own.dayCount
    let label = wanted.map { own == .other ? words : $0.rawValue } ?? unit ?? words
    var axis = TimeAxis(
      label: labels.x ?? label.capitalizedFirst, unit: own, shownUnit: shown,
      limit: limits.x.map { $0.upperBound * factor }, origin: (limits.x?.lowerBound ?? 0) * factor)
    axis.breaks = breaks.x
    return axis
  }

  /// The lines in the figure's corner.
  func annotations(_ usual: [String]) -> [String] {
    switch annotation {
    case .automatic: usual
    case .none: []
    case .lines(let lines): lines
    }
  }

  var bandForm: SurvivalFigure.Bands { bands.map { $0 ? .always : .never } ?? .automatic }
}
