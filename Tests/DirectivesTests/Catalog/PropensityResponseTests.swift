// Events and numbers after weighting, and weighted rows in other directives: against R's sandwich and survival.

import Directives
import Foundation
import Presentation
import Testing

@Suite struct PropensityResponseTests {
  private static func bench(_ options: String, then: String = "") throws -> DirectiveBench {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reference/data/lung.csv")
    return try DirectiveBench(
      """
      ```{data #d}
      source: lung.csv
      derive:
        gender: 'recode(text(sex), "1": "male", "2": "female")'
      ```

      ```{propensity #w}
      data: d
      treatment: gender == "female"
      formula: ~ age + ph.ecog
      where: not is_missing(wt.loss)
      \(options)
      ```

      \(then)
      """, files: ["lung.csv": try String(contentsOf: file, encoding: .utf8)])
  }

  private static func expect(_ bench: DirectiveBench, _ values: [(String, Double)]) throws {
    for (path, value) in values {
      let got = try #require(bench.number(path), "\(path)")
      #expect(abs(got - value) <= 1e-8 * max(1, abs(value)), "\(path): \(got)")
    }
  }

  /// glm(y ~ t, binomial | poisson), lm(y ~ t), weights = w, with sandwich::vcovHC(type = "HC0").
  @Test func risksAgreeWithTheSandwich() throws {
    let bench = try Self.bench("outcome: status == 2")
    try Self.expect(
      bench,
      [
        ("w.risk[\"0\"]", 0.7967951573214), ("w.risk[\"0\"].se", 0.0364506074316),
        ("w.risk_difference", -0.2185943432495), ("w.risk_difference.se", 0.0648723900286),
        ("w.risk_ratio", 0.725658042421), ("w.risk_ratio.se", 0.103473118883),
        ("w.or", 0.34959107084), ("w.or.se", 0.3147975711), ("w.or.p", 0.0008419401),
      ])
    let table = try #require(bench.tables(of: "w").last).markdownGrid(bench.style)
    #expect(table.contains("| male | 127 | 102 | 80 ("), "\(table)")
    #expect(table.contains("| female | 86 | 49 | 58 ("), "\(table)")
  }

  @Test func meansAgreeWithTheSandwich() throws {
    let bench = try Self.bench("outcome: wt.loss")
    try Self.expect(
      bench,
      [
        ("w.mean[\"0\"]", 10.9940595708101), ("w.mean[\"0\"].se", 1.192496265679),
        ("w.difference", -3.2694911598531), ("w.difference.se", 1.8530668247956),
        ("w.difference.p", 0.0776701009223),
      ])
  }

  /// survfit(Surv(time, status == 2) ~ t, weights = w, robust = TRUE, conf.type = "log-log").
  @Test func weightedRowsCanBeAnalysedByOthers() throws {
    let bench = try Self.bench(
      "",
      then: """
        ```{kaplan-meier #k}
        data: w
        formula: Surv(time, status == 2) ~ gender
        weights: propensity_weight
        times: [365]
        ```
        ```{logistic #l}
        data: w
        formula: status == 2 ~ gender
        weights: propensity_weight
        robust: hc0
        ```
        """)
    try Self.expect(
      bench,
      [
        ("k[\"male\"].at(365).survival", 0.358107969174),
        ("k[\"female\"].at(365).survival", 0.557570163393),
        ("k[\"female\"].at(365).survival.se", 0.0615241924339),
      ])
    // The levels of a text come in alphabetical order: female is the reference.
    let ratio = try #require(bench.number("l[\"gender\", \"male\"].or"))
    #expect(abs(ratio - 1 / 0.34959107084) < 1e-6)
    #expect(bench.outputs["w"]?.dataSet?.table["propensity_score"] != nil)
  }

  @Test func timesBelongToSurvival() {
    let faults = DirectiveBench.problems(
      "```{data #d}\nsource: d.csv\n```\n\n```{propensity #p}\ndata: d\ntreatment: t == 1\nformula: ~ x\n"
        + "outcome: y == 1\ntimes: [3]\n```\n", files: ["d.csv": "t,x,y\n1,1,1\n0,2,0\n1,3,0\n0,1,1\n"])
    #expect(faults.map(\.code) == [.invalidOption])
  }
}
