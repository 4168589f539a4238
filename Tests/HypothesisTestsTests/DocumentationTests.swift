// The example on the library's landing page.

import HypothesisTests
import Testing

@Suite struct DocumentationTests {
  @Test func landingPageExampleHolds() throws {
    let test = try TTest.welch([1.1, 2.0, 2.9], [2.2, 3.1, 4.3])
    #expect(test.difference.map { abs($0 + 1.2) < 1e-14 } ?? false)
    #expect(test.pValue != nil && test.limits.lower != nil)
  }
}
