// Rounding and printing of numbers.
import Testing

@testable import Presentation

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.5, 0, "1"), (2.5, 0, "3"), (-2.5, 0, "-3"), (1.005, 2, "1.00"), (0.285, 2, "0.28"), (2.675, 2, "2.67"),
    (0.15, 1, "0.1"), (0.25, 1, "0.3"), (0.125, 2, "0.13"), (1e22, 0, "10000000000000000000000"),
    (5e-324, 3, "0.000"), (-0.001, 2, "0.00"), (-0.0, 1, "0.0"), (9.995, 2, "9.99"), (99.5, 0, "100"),
    (0.9999, 2, "1.00"), (123456.789, 1, "123456.8"), (0.0, 2, "0.00"), (1e-300, 2, "0.00"), (0.05, 1, "0.1"),
  ])
  func fixedRoundsTheExactExpansion(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat.fixed(value, digits: digits) == expected)
  }
}
