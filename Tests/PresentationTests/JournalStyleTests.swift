// Estimates with their intervals in every style.
import Testing

@testable import Presentation

@Suite struct JournalStyleTests {
  let hazardRatio = Estimate(0.618, lower: 0.449, upper: 0.851)

  @Test func intervalsInProse() {
    #expect(
      JournalStyle.all.map { $0.sentence(hazardRatio, .ratio) } == [
        "0.62 (95% CI 0.45–0.85)", "0.62 (95% CI, 0.45-0.85)", "0.62 (95% CI, 0.45 to 0.85)",
        "0·62 (95% CI 0·45–0·85)", "0.62 (95% CI, 0.45 to 0.85)",
      ])
  }

  @Test func intervalsInCells() {
    #expect(JournalStyle.plain.cell(hazardRatio, .ratio) == "0.62 (0.45–0.85)")
    #expect(JournalStyle.plain.cell(hazardRatio, .ratio.digits(1)) == "0.6 (0.4–0.9)")
    #expect(
      JournalStyle.plain.cell(Estimate(-0.5, lower: -1, upper: 0.2), .coefficient)
        == "−0.500 (−1.000 to 0.200)")
    #expect(JournalStyle.plain.cell(.withheld, .ratio) == "withheld")
    #expect(JournalStyle.plain.cell(.notEstimable, .ratio) == "NE")
    let median = Estimate(.value(160.4), lower: .value(111), upper: .notReached)
    #expect(JournalStyle.plain.cell(median, .time) == "160 (111–NR)")
    let notReached = Estimate(.notReached, lower: .value(40.25), upper: .notReached)
    #expect(JournalStyle.plain.cell(notReached, .time) == "NR (40.3–NR)")
    #expect(
      JournalStyle.lancet.cell(Estimate(0.9, lower: 0.752, upper: 0.96), .percentage) == "90·0 (75·2–96·0)")
    #expect(JournalStyle.plain.cell(Estimate(0.9, lower: 0.752, upper: 0.96), .percentage) == "90 (75–96)")
    #expect(JournalStyle.plain.cell(Estimate(2, lower: 0.5, upper: .infinity), .ratio) == "2.00 (0.50–∞)")
  }

  /// Garwood's limits of 0 events in 2032 and of 1 in 5, per 100: R's poisson.test gives 0.18154 and 0.50636 to 111.43.
  @Test func noLimitIsHiddenByTheDigitsOfItsEstimate() {
    func plain(_ value: Double, _ lower: Double, _ upper: Double, _ format: ValueFormat = .number) -> String {
      JournalStyle.plain.cell(Estimate(value, lower: lower, upper: upper), format)
    }
    #expect(plain(0, 0, 0.181_539_3) == "0 (0–0.182)")
    #expect(plain(20, 0.506_356, 111.432_9) == "20.0 (0.5–111.4)")
    #expect(plain(1450, 0.0213, 3200) == "1450 (0.021–3200)")
    #expect(plain(3, 1, 7) == "3 (1–7)")
    #expect(plain(0, 0, 5.3, .ratio) == "0 (0–5.30)")
    #expect(plain(0.000_4, -0.001, 0.001_8, .coefficient) == "0.00040 (−0.00100 to 0.00180)")
    #expect(plain(0, 0, 0) == "0 (0–0)")
    #expect(plain(0, -3.21, 3.21, .time.digits(2)) == "0.00 (−3.21 to 3.21)")
  }

  @Test func levelOfTheInterval() {
    #expect(IntervalWording.name(level: 0.95, style: .point) == "95% CI")
    #expect(IntervalWording.name(level: 0.975, style: .raisedPoint) == "97·5% CI")
    #expect(IntervalWording.name(level: 0.9, style: .point) == "90% CI")
  }

  @Test(
    arguments: [
      (0.618, "0.62"), (12.34, "12.3"), (9.996, "10.0"), (123.4, "123"), (99.96, "100"), (1000.0, "1000"),
      (1234.0, ">1000"), (1e9, ">1000"), (0.05, "0.05"), (0.0099, "0.01"), (0.0042, "0.004"),
      (0.000_4, "<0.001"), (1e-7, "<0.001"), (0.0, "0"), (1e-300, "<0.001"), (.infinity, "∞"),
    ] as [(Double, String)])
  func ratiosAreNeverZeroNorAbsurd(value: Double, expected: String) {
    #expect(JournalStyle.plain.text(.value(value), .ratio) == expected)
  }

  @Test func aBoundInAnIntervalTakesTheWord() {
    #expect(
      JournalStyle.plain.cell(Estimate(14.2, lower: 2.11, upper: 5e7), .ratio) == "14.2 (2.11 to >1000)")
    #expect(
      JournalStyle.plain.cell(Estimate(0.02, lower: 1e-9, upper: 0.4), .ratio) == "0.02 (<0.001 to 0.40)")
    #expect(JournalStyle.plain.text(.value(0.02), .ratio.digits(1)) == "<0.1")
  }

  @Test func limitsNearOneHaveAThirdDigit() {
    #expect(
      JournalStyle.plain.cell(Estimate(1.004, lower: 1.001, upper: 1.007), .ratio) == "1.004 (1.001–1.007)")
    #expect(
      JournalStyle.plain.cell(Estimate(0.8, lower: 0.66, upper: 0.9997), .ratio) == "0.80 (0.66–1.000)")
    #expect(JournalStyle.plain.cell(Estimate(1.25, lower: 1.003, upper: 12.3), .ratio) == "1.25 (1.003–12.3)")
    #expect(
      JournalStyle.plain.cell(Estimate(1.004, lower: 0.999, upper: 1.007), .ratio) == "1.004 (0.999–1.007)")
    // One rule on both sides of 1, and no fourth digit.
    #expect(JournalStyle.plain.cell(Estimate(3.13, lower: 0.998, upper: 9.8), .ratio) == "3.13 (0.998–9.80)")
    #expect(JournalStyle.plain.cell(Estimate(1.26, lower: 1.0002, upper: 1.6), .ratio) == "1.26 (1.000–1.60)")
    #expect(JournalStyle.plain.cell(Estimate(1.26, lower: 1, upper: 1.6), .ratio) == "1.26 (1.00–1.60)")
  }

  @Test func countsAndPercents() {
    #expect(
      JournalStyle.all.map { $0.countPercent(58, of: 649) } == [
        "58 (8.9%)", "58 (8.9)", "58 (8.9)", "58 (8·9%)", "58 (8.9)",
      ])
    #expect(JournalStyle.plain.countPercent(5, of: 40) == "5 (13%)")
    #expect(JournalStyle.annals.countPercent(5, of: 160) == "5 (3)")
    #expect(JournalStyle.plain.countPercent(0, of: 0) == "0")
    #expect(JournalStyle.plain.countPercent(12_345.5, of: 20_000) == "12,345.5 (61.7%)")
    #expect(JournalStyle.jama.text(Quantity(17_123), .count) == "17\u{202F}123")
  }

  @Test(
    arguments: [
      (ValueKind.time, 0.456, "0.46"), (.time, 12.34, "12.3"), (.time, 160.4, "160"), (.time, 99.96, "100"),
      (.statistic, 34.04, "34.0"), (.statistic, 3.841, "3.84"), (.coefficient, -0.48123, "−0.481"),
      (.number, 63.42, "63.4"), (.number, 42, "42"), (.number, 0.0123, "0.0123"), (.number, 4.567, "4.57"),
      (.proportion, 0.755, "0.76"), (.percent, 42.34, "42.3"), (.count, 58, "58"),
      (.pValue, 0.0004, "<0.001"),
      (.date, 12_083, "2003-01-31"),
    ] as [(ValueKind, Double, String)])
  func kindsChooseTheirDigits(kind: ValueKind, value: Double, expected: String) {
    #expect(JournalStyle.plain.text(.value(value), ValueFormat(kind)) == expected)
  }

  @Test func statusesHaveTheirOwnForms() {
    let statuses: [Quantity] = [.notReached, .notEstimable, .withheld, .missing, Quantity(.nan)]
    #expect(statuses.map { JournalStyle.plain.text($0, .ratio) } == ["NR", "NE", "withheld", "", "NE"])
  }

  @Test func numbersThatAreNoneDoNotStopTheProgram() {
    for kind in ValueKind.allCases where kind != .text {
      for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 5e-300, -0.0] {
        for style in JournalStyle.all {
          #expect(
            !style.cell(
              Estimate(.value(value), lower: .value(value), upper: .value(value)), ValueFormat(kind)
            ).isEmpty)
        }
      }
    }
  }

  @Test func namesAreFound() {
    #expect(JournalStyle.all.map(\.name) == ["plain", "jama", "nejm", "lancet", "annals"])
    #expect(JournalStyle.named("nejm") == .nejm)
    #expect(JournalStyle.named("bmj") == nil)
  }
}
