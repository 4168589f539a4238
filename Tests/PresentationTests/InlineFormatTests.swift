// Values in sentences: filters, and the author's words around them.
import Testing

@testable import Presentation

@Suite struct InlineFormatTests {
  let survival = PresentedValue(Estimate(0.753, lower: 0.701, upper: 0.8), .proportion)
  let ratio = PresentedValue(Estimate(0.618, lower: 0.449, upper: 0.851), .ratio)

  func plain(_ value: PresentedValue, _ filters: InlineFilter..., before: String = "", after: String = "")
    -> String
  {
    InlineFormat.render(value, filters: filters, style: .plain, before: before, after: after)
  }

  @Test func filtersCanBeChained() {
    #expect(plain(survival) == "0.75")
    #expect(plain(survival, .digits(3)) == "0.753")
    #expect(plain(survival, .percent(nil)) == "75%")
    #expect(plain(survival, .percent(1)) == "75.3%")
    #expect(plain(survival, .percent(1), .ci) == "75.3% (95% CI 70.1–80.0)")
    #expect(plain(survival, .ci, .digits(1), .percent(nil)) == "75.3% (95% CI 70.1–80.0)")
    #expect(plain(survival, .ci) == "0.75 (95% CI 0.70–0.80)")
    #expect(plain(ratio, .ci, .digits(1)) == "0.6 (95% CI 0.4–0.9)")
    #expect(
      InlineFormat.render(survival, filters: [.percent(1), .ci], style: .jama)
        == "75.3% (95% CI, 70.1%-80.0%)")
  }

  @Test func intervalsStandAloneAndWithinParentheses() {
    #expect(plain(ratio, .interval) == "95% CI 0.45–0.85")
    #expect(plain(ratio, .nested) == "0.62, 95% CI 0.45–0.85")
    #expect(plain(survival, .percent(1), .nested) == "75.3%, 95% CI 70.1–80.0")
    let nested = JournalStyle.all.map { InlineFormat.render(ratio, filters: [.nested], style: $0) }
    #expect(
      nested == [
        "0.62, 95% CI 0.45–0.85", "0.62; 95% CI, 0.45-0.85", "0.62; 95% CI, 0.45 to 0.85",
        "0·62, 95% CI 0·45–0·85", "0.62; 95% CI, 0.45 to 0.85",
      ])
    #expect(
      InlineFormat.render(survival, filters: [.percent(1), .interval], style: .jama)
        == "95% CI, 70.1%-80.0%")
    let unknown = PresentedValue(.notEstimable, .ratio)
    #expect(plain(unknown, .interval) == "not estimable")
    #expect(throws: InlineFilter.Fault.unexpectedArgument) { try InlineFilter(name: "nested", argument: 2) }
  }

  @Test func percentSignsAreNotDoubled() {
    let share = PresentedValue(.value(42.34), .percent, denominator: 649)
    #expect(plain(share) == "42.3%")
    #expect(plain(share, after: "% of patients") == "42.3")
    #expect(plain(share, after: " percent of patients") == "42.3")
    #expect(plain(share, .digits(0)) == "42%")
    #expect(plain(share, .percent(0)) == "42%")
    #expect(plain(PresentedValue(.value(42.34), .percent, denominator: 50)) == "42%")
    #expect(plain(survival, .percent(nil), after: "%.") == "75")
  }

  @Test func pValuesCompleteTheAuthorsWords() {
    let p = PresentedValue(.value(0.0004), .pValue)
    let larger = PresentedValue(.value(0.04), .pValue)
    #expect(plain(p) == "<0.001")
    #expect(plain(p, .p) == "P < 0.001")
    #expect(plain(larger, .p) == "P = 0.040")
    #expect(plain(larger, .p, before: "(log-rank P ") == "= 0.040")
    #expect(plain(p, .p, before: "(*P* ") == "< 0.001")
    #expect(plain(p, .p, before: "(P") == " < 0.001")
    #expect(plain(larger, .p, before: "P = ") == "0.040")
    #expect(plain(larger, .p, before: "the group ") == "P = 0.040")
    #expect(plain(larger, .p, before: "a step ") == "P = 0.040")
    #expect(plain(larger, .digits(2)) == "0.04")
    #expect(InlineFormat.render(p, filters: [.p], style: .lancet) == "p=0·0004")
  }

  @Test func reasonsStandInWords() {
    let median = PresentedValue(Estimate(.notReached, lower: .value(40.2), upper: .notReached), .time)
    #expect(plain(median) == "not reached")
    #expect(plain(median, .ci) == "not reached (95% CI 40.2–NR)")
    #expect(plain(PresentedValue(.withheld, .ratio)) == "withheld")
    #expect(plain(PresentedValue(.notEstimable, .pValue), .p) == "not estimable")
    #expect(plain(PresentedValue(.missing, .number)) == "not available")
  }

  @Test func otherKinds() {
    #expect(plain(PresentedValue(text: "log-log")) == "log-log")
    #expect(plain(PresentedValue(Quantity(649), .count)) == "649")
    #expect(plain(PresentedValue(.value(12_083), .date)) == "2003-01-31")
    #expect(plain(PresentedValue(.value(0.7), .number), .percent(0)) == "0.700")
  }

  @Test func filtersAreReadStrictly() throws {
    #expect(try InlineFilter(name: "digits", argument: 2) == .digits(2))
    #expect(try InlineFilter(name: "percent") == .percent(nil))
    #expect(throws: InlineFilter.Fault.missingArgument) { try InlineFilter(name: "digits") }
    #expect(throws: InlineFilter.Fault.invalidDigits) { try InlineFilter(name: "percent", argument: 1.5) }
    #expect(throws: InlineFilter.Fault.invalidDigits) { try InlineFilter(name: "digits", argument: -1) }
    #expect(throws: InlineFilter.Fault.invalidDigits) { try InlineFilter(name: "digits", argument: .nan) }
    #expect(throws: InlineFilter.Fault.unexpectedArgument) { try InlineFilter(name: "ci", argument: 2) }
    #expect(throws: InlineFilter.Fault.unknownName) { try InlineFilter(name: "digit", argument: 2) }
  }

  @Test func filtersFitKinds() {
    #expect(InlineFilter.ci.fits(ratio))
    #expect(!InlineFilter.percent(0).fits(ratio))
    #expect(!InlineFilter.ci.fits(PresentedValue(.value(1), .count)))
    #expect(!InlineFilter.digits(1).fits(PresentedValue(text: "x")))
    #expect(!InlineFilter.p.fits(ratio))
  }
}
