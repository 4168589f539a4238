// What an axis shows, before it has a place.

/// One axis: range, ticks, label.
struct FrameAxis: Sendable {
  var label: String
  var lower: Double
  var upper: Double
  var ticks: [Tick]
  var isLogarithmic = false
  /// The axis does not begin at its natural zero; it is drawn with a break.
  var isBroken = false

  /// An axis of round numbers around a range.
  init(label: String, covering values: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let nice = NiceTicks(from: values.lowerBound, to: values.upperBound, count: count)
    self.init(label: label, lower: nice.first, upper: nice.last, ticks: nice.ticks(style))
  }

  init(
    label: String, lower: Double, upper: Double, ticks: [Tick], isLogarithmic: Bool = false,
    isBroken: Bool = false
  ) {
    self.label = label
    self.lower = lower
    self.upper = upper
    self.ticks = ticks
    self.isLogarithmic = isLogarithmic
    self.isBroken = isBroken
  }

  /// An axis that ends with the data, with round numbers inside.
  init(label: String, spanning values: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let nice = NiceTicks(from: values.lowerBound, to: values.upperBound, count: count, covering: false)
    let span = values.upperBound - values.lowerBound
    guard span > 0, nice.values.count > 1 else {
      self.init(label: label, covering: values, count: count, style: style)
      return
    }
    self.init(
      label: label, lower: values.lowerBound - 0.02 * span, upper: values.upperBound + 0.02 * span,
      ticks: nice.ticks(style))
  }

  /// A ratio axis around a range of positive values.
  init(label: String, ratios: ClosedRange<Double>, count: Int, style: FigureStyle) {
    let axis = RatioTicks.axis(
      from: min(ratios.lowerBound, 0.8), to: max(ratios.upperBound, 1.25), count: count, style)
    self.init(
      label: label, lower: axis.lower, upper: axis.upper, ticks: axis.ticks, isLogarithmic: true)
  }

  /// Ticks at the given places of the axis, with as many decimals as they need.
  mutating func replaceTicks(_ values: [Double], _ style: FigureStyle) {
    let inside = Set(values.filter { $0.isFinite && $0 >= lower && $0 <= upper }).sorted()
    guard !inside.isEmpty else { return }
    var decimals = 0
    while decimals < 6,
      inside.contains(where: { ($0 * powerOfTen(decimals)).rounded() / powerOfTen(decimals) != $0 })
    { decimals += 1 }
    ticks = inside.map { Tick(value: $0, label: style.number($0, decimals: decimals)) }
  }

  /// Per cent from 0 to 100, or to a lower end.
  static func percent(
    _ label: String, _ style: FigureStyle, step: Double = 25, upper: Double = 100
  ) -> FrameAxis {
    let ticks = stride(from: 0.0, through: upper, by: step).map {
      Tick(value: $0, label: style.number($0, decimals: 0))
    }
    return FrameAxis(label: label, lower: 0, upper: upper, ticks: ticks)
  }
}
