// The example on the library's landing page.

import Regression
import Testing

@Suite struct DocumentationTests {
  @Test func landingPageExampleHolds() throws {
    let design = RegressionDesign(columns: [("dose", [0, 1, 2, 3])])
    let fit = try GeneralizedLinearModel.fit(design: design, response: [1, 3, 8, 19], family: .poisson)
    #expect(try fit.coefficientRows().map(\.name) == ["(Intercept)", "dose"])
  }
}
