// The exact expansion that rounding relies on.
import Testing

@testable import Presentation

@Suite struct ExactDecimalTests {
  @Test func expansionOfATenth() throws {
    let tenth = try #require(ExactDecimal(0.1))
    #expect(tenth.significantDigits == "1000000000000000055511151231257827021181583404541015625")
    #expect(tenth.exponent == -1)
    #expect(tenth.fractionCount == 55)
  }

  @Test func wholeNumbersAndPowersOfTwo() throws {
    #expect(try #require(ExactDecimal(1024)).integerDigits == "1024")
    #expect(try #require(ExactDecimal(0x1p-3)).fractionDigits(places: 3) == "125")
    #expect(try #require(ExactDecimal(0x1p70)).integerDigits == "1180591620717411303424")
    #expect(ExactDecimal(.nan) == nil)
    #expect(ExactDecimal(-.infinity) == nil)
  }

  @Test func expansionsReadBackAndRoundToNeighbours() throws {
    var generator = Seeded(seed: 7)
    for _ in 0..<500 {
      let value = Double(bitPattern: generator.next())
      guard let exact = ExactDecimal(value) else { continue }
      let sign = exact.isNegative ? "-" : ""
      #expect(Double("\(sign)0.\(exact.significantDigits)e\(exact.exponent + 1)") == value)
      let short = exact.rounded(toSignificant: 15)
      let nearby = try #require(Double("\(sign)0.\(short.significantDigits)e\(short.exponent + 1)"))
      #expect(abs(nearby - value) <= abs(value) * 1e-14 || abs(value) < 1e-300)
    }
  }

  @Test func halvesGoAwayFromZeroAndOthersToTheNearest() {
    // n/8 at two decimals: 0.125 → 0.13, 0.375 → 0.38, 0.625 → 0.63, 0.875 → 0.88.
    for eighths in stride(from: 1, through: 801, by: 2) {
      let value = Double(eighths) / 8
      let thousandths = eighths * 125
      let hundredths = (thousandths + 5) / 10
      let rest = hundredths % 100
      let expected = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
      #expect(NumberFormat.fixed(value, digits: 2) == expected)
      #expect(NumberFormat.fixed(-value, digits: 2) == "-" + expected)
    }
  }
}

@Suite struct HalfRoundingTests {
  @Test(arguments: [
    (2.5, 0, "2"), (3.5, 0, "4"), (0.5, 0, "0"), (-0.5, 0, "0"), (1.5, 0, "2"), (2.51, 0, "3"),
    (0.125, 2, "0.12"),
    (0.375, 2, "0.38"), (1.005, 2, "1.00"), (9.5, 0, "10"),
  ]) func toEven(_ value: Double, _ digits: Int, _ expected: String) {
    var style = NumberStyle.machine
    style.rounding = .toEven
    #expect(NumberFormat.fixed(value, digits: digits, style: style) == expected)
  }
}
