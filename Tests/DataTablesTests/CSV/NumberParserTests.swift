// Decimal text to the nearest double.

import Testing

@testable import DataTables

struct NumberParserTests {
  private func parse(_ text: String, mark: String = ".") -> ParsedNumber? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParser.parse($0, mark: Array(mark.utf8)[0]) }
  }

  @Test(
    "Numbers",
    arguments: [
      ("0", 0.0), ("-0", 0), ("+5", 5), (".5", 0.5), ("5.", 5), ("-.5e1", -5), ("1E3", 1000), ("1e-3", 0.001),
      ("007", 7), ("0.123203285420945", 0.123203285420945), ("58.7652292950034", 58.7652292950034),
      ("9007199254740993", 9_007_199_254_740_992), ("9007199254740993.0001", 9_007_199_254_740_994),
      ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("4.9e-324", Double.leastNonzeroMagnitude),
      ("1e-400", 0),
      ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown),
      ("00000000000000000000000000001.5", 1.5),
      ("0.00000000000000000000000000000000000001", 1e-38),
      ("123456789012345678901234567890", 1.2345678901234568e29),
      ("100000000000000000000000.5", 1.0000000000000001e23), ("8.5e-27", 8.5e-27),
      ("18446744073709551615", 1.8446744073709552e19),
    ])
  func numbers(_ text: String, _ value: Double) { #expect(parse(text)?.value == value) }

  @Test(
    "No numbers",
    arguments: [
      "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,2", "--1", "1 ", " 1", "0x10", "NaN", "nan", "Inf",
      "1e400",
      "-1e309", "1_0", "５", "1f", "−5", "5%", "<5", "1e5.5",
    ])
  func words(_ text: String) { #expect(parse(text) == nil) }

  @Test("The mark may be the comma, and then the point is none")
  func comma() {
    #expect(parse("2,5", mark: ",")?.value == 2.5)
    #expect(parse("2.5", mark: ",") == nil)
    #expect(parse("123456789,123456789123", mark: ",")?.value == 123456789.123456789123)
  }

  @Test("How a whole number is written is remembered")
  func writing() {
    #expect(parse("007") == ParsedNumber(value: 7, isPlainInteger: true, digits: 3, hasLeadingZero: true))
    #expect(parse("0") == ParsedNumber(value: 0, isPlainInteger: true, digits: 1, hasLeadingZero: false))
    #expect(parse("07.0") == ParsedNumber(value: 7, isPlainInteger: false, digits: 0, hasLeadingZero: false))
    #expect(parse("9007199254740992")?.isTooLongToCount == true)
    #expect(parse("-9007199254740991")?.isTooLongToCount == false)
  }

  @Test("Random decimals of every length round as the standard library rounds them")
  func random() {
    var generator = SeededGenerator(1)
    for _ in 0..<60_000 {
      let digits = Int.random(in: 1...21, using: &generator)
      var text = ""
      for _ in 0..<digits { text += String(Int.random(in: 0...9, using: &generator)) }
      let point = Int.random(in: 0...digits, using: &generator)
      text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      if Bool.random(using: &generator) { text += "e\(Int.random(in: -40...40, using: &generator))" }
      if parse(text)?.value != Double(text) { Issue.record("\(text)") }
    }
  }

  @Test("Halfway cases round to even")
  func halfway() {
    var generator = SeededGenerator(2)
    for _ in 0..<20_000 {
      // An odd multiple of half a unit in the last place, written out: 54 bits, a few of them fractional.
      let odd = UInt64.random(in: (1 << 53)...(1 << 54 - 1), using: &generator) | 1
      let places = Int.random(in: 0...3, using: &generator)
      let scaled = odd.multipliedReportingOverflow(by: [1, 5, 25, 125][places])
      if scaled.overflow { continue }
      // odd / 2^places = odd · 5^places / 10^places
      let text = "\(scaled.partialValue)e-\(places)"
      if parse(text)?.value != Double(text) { Issue.record("\(text)") }
    }
  }
}
