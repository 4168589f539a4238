// The example on the library's landing page.

import Survival
import Testing

@Suite struct DocumentationTests {
  @Test func landingPageExampleHolds() throws {
    let outcome = try SurvivalOutcome(time: [6, 6, 6, 7, 10], event: [1, 1, 0, 1, 0])
    let curve = try KaplanMeier.estimate(outcome).curves[0]
    #expect(curve.at(6.5).survival.map { abs($0 - 0.6) < 1e-15 } ?? false)
    #expect(curve.quantile(0.5).time == 7)
  }
}
