// Weights of every estimand against R, through a document.

import Foundation
import Testing

@Suite struct PropensityDirectiveTests {
  /// glm(binomial), then coxph(Surv(time, status == 2) ~ treated, weights = w, robust = TRUE): coefficient, robust
  /// standard error, Σw, on R's lung data. `truncate` cuts at quantiles of type 7.
  @Test(arguments: [
    ("estimand: ATT", [-0.489816741793, 0.166523256678, 180.233751034938]),
    ("truncate: 0.02", [-0.504110714688, 0.163571021593, 453.779305217641]),
    ("estimand: ATO", [-0.497485885166, 0.164147020825, 107.001757696307]),
    ("stabilised: true", [-0.498765678795, 0.161309426248, 226.967038090306]),
  ]) func weightsAgreeWithR(_ options: String, _ expected: [Double]) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reference/data/lung.csv")
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: lung.csv
      ```

      ```{propensity #w}
      data: d
      treatment: sex == 2
      formula: ~ age + ph.ecog
      outcome: Surv(time, status == 2)
      \(options)
      ```
      """, files: ["lung.csv": try String(contentsOf: file, encoding: .utf8)])
    for (path, value) in zip(["w.hr.coefficient", "w.hr.robust_se", "w.weight.sum"], expected) {
      let got = try #require(bench.number(path))
      #expect(abs(got - value) <= 1e-8 * max(1, abs(value)), "\(path): \(got)")
    }
    #expect(bench.note(of: "w").contains("weights for the average effect"))
  }
}
