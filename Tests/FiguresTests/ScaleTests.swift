// Axes and ticks.

import Testing

@testable import Figures

@Suite struct ScaleTests {
  @Test(arguments: [
    (1.0, 0.0), (2, 0.6931471805599453), (10, 2.302585092994046), (0.5, -0.6931471805599453),
    (1e-300, -690.7755278982137), (2.718281828459045, 1), (1.0000001, 9.999999505838704e-8),
  ])
  func logarithm(value: Double, expected: Double) {
    #expect((naturalLogarithm(value) - expected).magnitude <= 4e-16 * max(1, expected.magnitude))
  }

  @Test func logarithmOfWhatHasNone() {
    #expect(naturalLogarithm(0) == -.infinity)
    #expect(naturalLogarithm(-1).isNaN)
    #expect(naturalLogarithm(.infinity) == .infinity)
  }

  @Test func linearAndLogarithmicPlaces() {
    #expect(Scale(lower: 0, upper: 10, start: 100, end: 200).position(2.5) == 125)
    let ratio = Scale(lower: 0.1, upper: 10, start: 0, end: 200, isLogarithmic: true)
    #expect((ratio.position(1) - 100).magnitude < 1e-9)
    #expect(ratio.clamped(1000) == ratio.position(10))
  }

  @Test(arguments: [(0.0, 0.0), (5, 5), (.nan, 3), (0, .infinity), (1e300, 1e300)])
  func anyRangeCanBeDrawn(lower: Double, upper: Double) {
    for isLogarithmic in [false, true] {
      let scale = Scale(lower: lower, upper: upper, start: 0, end: 100, isLogarithmic: isLogarithmic)
      #expect(scale.position(scale.lower).isFinite)
    }
  }

  @Test func niceNumbers() {
    #expect(NiceTicks(from: 0, to: 1, count: 5).values == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(NiceTicks(from: -3.2, to: 7, count: 5).values == [-5, -2.5, 0, 2.5, 5, 7.5])
    #expect(NiceTicks(from: 0.13, to: 0.31, count: 4, covering: false).values == [0.15, 0.2, 0.25, 0.3])
    #expect(NiceTicks(from: 0, to: 0, count: 5).values.count > 1)
  }

  @Test func ratios() {
    #expect(RatioTicks(from: 0.1, to: 10, count: 7).values == [0.1, 0.2, 0.5, 1, 2, 5, 10])
    #expect(RatioTicks(from: 0.1, to: 10, count: 5).values == [0.1, 0.3, 1, 3, 10])
    #expect(RatioTicks(covering: 0.45, to: 1.9, count: 6).values == [0.3, 0.5, 0.7, 1, 1.5, 2])
    #expect(RatioTicks(from: 1e-8, to: 1e8, count: 6).values.contains(1))
    let labels = RatioTicks(from: 0.1, to: 10, count: 7).ticks(FigureStyle(decimalMark: "·")).map(\.label)
    #expect(labels == ["0·1", "0·2", "0·5", "1", "2", "5", "10"])
  }

  @Test func monthsGoByYears() {
    func ticks(_ longest: Double) -> [Double] {
      TimeAxis(label: "", unit: .months).tickTimes(longest: longest)
    }
    #expect(ticks(58) == [0, 12, 24, 36, 48, 60])
    #expect(ticks(120) == [0, 24, 48, 72, 96, 120])
    #expect(ticks(237) == [0, 60, 120, 180, 240])
    #expect(ticks(5) == [0, 1, 2, 3, 4, 5])
  }

  @Test func daysCanBeShownAsYears() {
    let axis = TimeAxis(label: "Years", unit: .days, shownUnit: .years)
    #expect(axis.tickTimes(longest: 1800) == [0, 365.25, 730.5, 1095.75, 1461, 1826.25])
    #expect(axis.ticks(longest: 1800, count: 8).map(\.shown) == [0, 1, 2, 3, 4, 5])
  }

  @Test func aLimitEndsTheAxis() {
    #expect(TimeAxis(label: "", unit: .months, limit: 60).tickTimes(longest: 237) == [0, 12, 24, 36, 48, 60])
    #expect(TimeAxis(label: "", unit: .months, limit: 70).tickTimes(longest: 237).last == 60)
    #expect(TimeAxis(label: "", unit: .months, origin: 6).tickTimes(longest: 60).first == 12)
  }

  /// Age as time scale begins at the tick before the youngest, follow-up with a little delay at 0.
  @Test func theAxisBeginsWithTheFirstEntry() {
    func origin(_ axis: TimeAxis, _ entry: Double, _ longest: Double) -> Double {
      axis.beginning(with: entry, longest: longest, width: .doubleColumn).origin
    }
    let years = TimeAxis(label: "Age", unit: .years)
    #expect(origin(years, 42.3, 97) == 40)
    #expect(origin(years, 40, 97) == 40)
    #expect(origin(years, 0.3, 10) == 0)
    #expect(origin(years, -5, 10) == -5)
    #expect(origin(years, .nan, 10) == 0)
    let days = TimeAxis(label: "Years", unit: .days, shownUnit: .years)
    #expect(origin(days, 42.3 * 365.25, 97 * 365.25) == 40 * 365.25)
    var broken = years
    broken.breaks = [0, 35, 55, 75]
    #expect(origin(broken, 42, 97) == 35)
  }

  @Test func numbersAreSetInTheStyle() {
    let style = FigureStyle(decimalMark: ",", thousandsMark: " ")
    #expect(style.number(-1234.567, decimals: 2) == "\u{2212}1234,57")
    #expect(style.number(-0.001, decimals: 2) == "0,00")
    #expect(style.count(1_234_567) == "1 234 567")
    #expect(style.count(9999) == "9999")
    #expect(style.count(12.5) == "12,5")
  }
}
