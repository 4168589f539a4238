// The one rounding of coordinates.

import Testing

@testable import Figures

@Suite struct SVGNumberTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (-0.004, "0"), (0.005, "0.01"), (1.5, "1.5"), (-1.25, "-1.25"), (3.999, "4"),
    (10.05, "10.05"), (0.1, "0.1"), (0.05, "0.05"), (1e6, "1000000"),
  ])
  func roundsToTwoDecimals(value: Double, text: String) { #expect(svgNumber(value) == text) }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func whatCannotBePlacedIsZero(value: Double) { #expect(svgNumber(value) == "0") }
}
