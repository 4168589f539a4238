// Time as clinicians count it.

/// The unit that times are counted in.
public enum TimeUnit: Sendable, Equatable {
  case hours, days, weeks, months, years
  /// Any other unit; ticks at round numbers.
  case other

  /// Days, by the calendar's mean year of 365.25 days.
  public var dayCount: Double {
    switch self {
    case .hours: 1 / 24
    case .days, .other: 1
    case .weeks: 7
    case .months: 30.4375
    case .years: 365.25
    }
  }

  /// The steps between ticks that people expect: months go by 6, 12, 24, 60.
  var steps: [Double] {
    switch self {
    case .hours: [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 72, 120, 168, 336, 720, 1440]
    case .days: [0.25, 0.5, 1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650, 7300]
    case .weeks: [0.5, 1, 2, 4, 8, 13, 26, 52, 104, 156, 260, 520, 1040]
    case .months: [0.25, 0.5, 1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
    case .years: [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50]
    case .other: []
    }
  }
}

/// The time axis of a figure.
public struct TimeAxis: Sendable, Equatable {
  /// As printed, with its unit: "Months since diagnosis".
  public var label: String
  /// The unit of the data.
  public var unit: TimeUnit
  /// The unit of the numbers at the axis; data in days can be shown in months or years.
  public var shownUnit: TimeUnit
  /// Times beyond this one are not drawn; in the unit of the data.
  public var limit: Double?
  /// Ticks at these times, in the unit of the axis; round numbers without them.
  public var breaks: [Double]?
  /// Where the axis begins, in the unit of the data.
  public var origin: Double

  /// An axis in the unit of the data from 0 to the tick that closes the longest follow-up, unless told
  /// otherwise.
  public init(
    label: String = "Time", unit: TimeUnit = .other, shownUnit: TimeUnit? = nil, limit: Double? = nil,
    origin: Double = 0
  ) {
    self.label = label
    self.unit = unit
    self.shownUnit = unit == .other ? .other : (shownUnit ?? unit)
    self.limit = limit.flatMap { $0.isFinite ? $0 : nil }
    self.origin = origin.isFinite ? origin : 0
  }

  /// The same axis from the tick before the first entry on, for follow-up that nobody is under from the beginning: age as time
  /// scale begins at 40, not at 0. An entry before the origin moves the axis to itself.
  public func beginning(with entry: Double, longest: Double, width: FigureWidth) -> TimeAxis {
    var axis = self
    guard entry.isFinite, entry > origin else {
      if entry.isFinite { axis.origin = min(origin, entry) }
      return axis
    }
    axis.origin = entry
    let ticks = axis.ticks(longest: longest, count: TimeAxis.usualCount(width))
    let factor = unit == shownUnit ? 1 : shownUnit.dayCount / unit.dayCount
    if let breaks {
      axis.origin = max(origin, breaks.map { $0 * factor }.filter { $0 <= entry }.max() ?? origin)
    } else if ticks.count > 1 {
      let step = ticks[1].shown - ticks[0].shown
      axis.origin = max(origin, (entry / factor / step + 1e-9).rounded(.down) * step * factor)
    } else {
      axis.origin = origin
    }
    return axis
  }

  /// The times that carry a number, in the unit of the data: the times for which a risk table needs its rows.
  ///
  /// They depend on the longest follow-up, not on the curves, and begin at the origin.
  public func tickTimes(longest: Double, width: FigureWidth = .doubleColumn) -> [Double] {
    ticks(longest: longest, count: TimeAxis.usualCount(width)).map(\.time)
  }

  /// A time of the data in the unit of the axis.
  func shown(_ time: Double) -> Double {
    unit == shownUnit ? time : time * unit.dayCount / shownUnit.dayCount
  }

  /// A time in words, in the unit of the axis.
  func text(_ time: Double, _ style: FigureStyle) -> String {
    style.number(shown(time), decimals: shown(time).magnitude < 10 ? 1 : 0)
  }

  /// The horizontal axis up to the longest follow-up.
  func frameAxis(longest: Double, count: Int, style: FigureStyle) -> FrameAxis {
    let ticks = ticks(longest: longest, count: count).map {
      Tick(value: $0.time, label: style.number($0.shown, decimals: $0.decimals))
    }
    return FrameAxis(
      label: label, lower: origin,
      upper: max(limit ?? (breaks == nil ? -.infinity : longest), ticks.last?.value ?? origin), ticks: ticks)
  }

  private func ticks(
    at breaks: [Double], from start: Double, to end: Double, _ factor: Double
  ) -> [(time: Double, shown: Double, decimals: Int)] {
    let shown = Set(breaks.filter { $0.isFinite && $0 >= start && $0 <= end }).sorted()
    var decimals = 0
    while decimals < 6,
      shown.contains(where: { ($0 * powerOfTen(decimals)).rounded() / powerOfTen(decimals) != $0 })
    { decimals += 1 }
    return shown.map { ($0 * factor, $0, decimals) }
  }

  /// Ticks that a figure across the whole width has room for.
  static func usualCount(_ width: FigureWidth) -> Int { width.millimetres < 120 ? 6 : 8 }

  /// Times and the numbers shown there.
  func ticks(longest: Double, count: Int) -> [(time: Double, shown: Double, decimals: Int)] {
    let factor = unit == shownUnit ? 1 : shownUnit.dayCount / unit.dayCount
    let end = max(limit ?? longest, origin)
    let span = end.isFinite && end > origin ? (end - origin) / factor : 1
    let start = origin / factor
    if let breaks {
      return ticks(at: breaks, from: start, to: limit == nil ? .infinity : start + span, factor)
    }
    let steps = shownUnit.steps
    let step =
      steps.first { span / $0 <= Double(count) + 1e-9 && span / $0 >= 0.999_999 }
      ?? NiceTicks(from: 0, to: span, count: count).step
    var decimals = 0
    while decimals < 9, (step * powerOfTen(decimals)).rounded() / powerOfTen(decimals) != step {
      decimals += 1
    }
    // Without a limit the axis ends at the tick that closes the follow-up.
    let last = (start + span) / step
    let first = (start / step - 1e-9).rounded(.up)
    let final = limit == nil ? (last - 1e-9).rounded(.up) : (last + 1e-9).rounded(.down)
    let distance = final - first
    let intervals = distance.isFinite ? Int(min(max(distance, 0), 200)) : 0
    return (0...intervals).map { index in
      let shown = (first + Double(index)) * step
      return (shown * factor, shown, decimals)
    }
  }
}
