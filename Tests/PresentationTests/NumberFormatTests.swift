// Rounding and printing of numbers.
import Testing

@testable import Presentation

@Suite struct NumberFormatTests {
  @Test(
    arguments: [
      (0.5, 0, "1"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.5, 0, "-1"), (0.25, 1, "0.3"), (0.125, 2, "0.13"),
      (1.005, 2, "1.00"), (0.285, 2, "0.28"), (2.675, 2, "2.67"), (0.15, 1, "0.1"), (0.05, 1, "0.1"),
      (9.995, 2, "9.99"), (99.5, 0, "100"), (0.9999, 2, "1.00"), (123456.789, 1, "123456.8"), (0, 2, "0.00"),
      (1e22, 0, "10000000000000000000000"), (.leastNonzeroMagnitude, 3, "0.000"), (1e-300, 2, "0.00"),
      (0.04, 1, "0.0"),
      (4503599627370497.5, 0, "4503599627370498"), (-0.001, 2, "0.00"), (-0.0, 1, "0.0"), (1, -3, "1"),
    ] as [(Double, Int, String)])
  func fixedRoundsTheExactExpansion(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat.fixed(value, digits: digits) == expected)
  }

  @Test func extremesAreWrittenInFull() {
    let largest = NumberFormat.fixed(1.7976931348623157e308, digits: 0)
    #expect(largest.count == 309)
    #expect(
      largest.hasPrefix("179769313486231570814527423731704356798070567525844996598917476803157260780028"))
    #expect(Double(largest) == .greatestFiniteMagnitude)
    let smallest = NumberFormat.fixed(.leastNonzeroMagnitude, digits: 400)
    #expect(smallest.hasPrefix("0.000000"))
    #expect(smallest.drop { $0 == "0" || $0 == "." }.hasPrefix("4940656458412465441765687928682213723650598"))
  }

  @Test func nonFiniteNumbers() {
    #expect(NumberFormat.fixed(.infinity, digits: 2) == "∞")
    #expect(NumberFormat.fixed(-.infinity, digits: 2, style: .point) == "−∞")
    #expect(NumberFormat.fixed(.nan, digits: 2) == "NE")
  }

  @Test(
    arguments: [
      (0.012, 3, "0.0120"), (123.456, 2, "120"), (9.996, 3, "10.0"), (0.0, 3, "0"), (-1.5, 1, "-2"),
      (99.95, 3, "100"), (1234.5, 6, "1234.50"),
    ] as [(Double, Int, String)])
  func significant(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat.significant(value, digits: digits) == expected)
  }

  @Test(
    arguments: [(95.0, "95"), (97.5, "97.5"), (99.999, "100"), (0.9 * 100, "90"), (-0.001, "0")]
      as [(Double, String)])
  func trimmed(value: Double, expected: String) {
    #expect(NumberFormat.trimmed(value, digits: 2) == expected)
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (649, "649"), (1.0 / 3, "0.333333333333"), (2.0 / 3, "0.666666666667"), (1e-20, "1e-20"),
      (-1.5e-7, "-1.5e-7"), (0.000001, "0.000001"), (123_456_789_012_345, "123456789012000"), (1e15, "1e15"),
      (-0.0, "0"), (0.1 + 0.2, "0.3"), (1.7976931348623157e308, "1.79769313486e308"),
      (.leastNonzeroMagnitude, "4.94065645841e-324"),
      (0.9999999999999, "1"),
    ] as [(Double, String)])
  func twelveDigits(value: Double, expected: String) {
    #expect(NumberFormat.twelveDigits(value) == expected)
  }

  @Test func shortestReadsBack() {
    #expect(NumberFormat.shortest(60) == "60")
    #expect(NumberFormat.shortest(0.1) == "0.1")
    #expect(NumberFormat.shortest(365.25) == "365.25")
    #expect(NumberFormat.shortest(1e-7) == "1e-7")
    #expect(NumberFormat.shortest(.leastNonzeroMagnitude) == "5e-324")
    var generator = Seeded(seed: 20_240_101)
    for _ in 0..<2000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let text = NumberFormat.shortest(value)
      #expect(Double(text) == value, "\(value)")
      // Swift's own description is shortest too: never more digits than it has.
      #expect(significantDigits(text) <= significantDigits(value.description), "\(value)")
    }
  }

  @Test func groupsAndMarks() {
    #expect(NumberFormat.fixed(9999, digits: 0, style: .point) == "9999")
    #expect(NumberFormat.fixed(12345.6, digits: 1, style: .point) == "12,345.6")
    #expect(NumberFormat.fixed(17_123_456, digits: 0, style: .pointSpaced) == "17\u{202F}123\u{202F}456")
    #expect(NumberFormat.fixed(-1.25, digits: 1, style: .raisedPoint) == "−1·3")
    #expect(NumberFormat.fixed(100_000.5, digits: 1, style: .comma) == "100\u{202F}000,5")
  }

  private func significantDigits(_ text: String) -> Int {
    let mantissa = text.prefix { $0 != "e" }.filter(\.isNumber)
    let leading = mantissa.drop { $0 == "0" }
    var count = leading.count
    for digit in leading.reversed() where count > 0 {
      guard digit == "0" else { break }
      count -= 1
    }
    return count
  }
}

/// A small seeded generator (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
