// Table 1 of weighted rows: sums of weights, the rows behind them, and tests that know weights.

import Diagnostics
import Presentation
import Testing

@Suite struct WeightedSummaryTests {
  static let rows = """
    g,x,k,f,w
    a,1,p,true,1
    a,2,p,true,2.5
    a,3,q,false,0.5
    a,NA,q,false,1
    b,2,p,true,2
    b,4,q,false,1
    b,6,q,false,1.5
    b,8,p,true,0
    b,8,p,false,NA

    """

  static func bench(_ options: String) throws -> DirectiveBench {
    try DirectiveBench(document(options), files: ["d.csv": rows])
  }

  static func document(_ options: String) -> String {
    "```{data #d}\nsource: d.csv\n```\n```{summary #t}\ndata: d\nby: g\nvariables: [x, k, f]\nweights: w\n\(options)\n```\n"
  }

  @Test func everyNumberIsWeighted() throws {
    let bench = try Self.bench("statistics: [mean, median]\ndifference: true")
    #expect(
      bench.lines(of: "t") == [
        "| | Overall (N = 9.5) | a (N = 5) | b (N = 4.5) | Standardised difference |",
        "| Rows, unweighted | 7 | 4 | 3 | |", "| Effective sample size | 5.7 | 2.9 | 2.8 | |",
        "| x | | | | −1.19 |", "| &emsp;Mean (SD) | 2.9 (1.8) | 1.9 (0.7) | 3.8 (2.1) | |",
        "| &emsp;Median (Q1–Q3) | 2 (2–4) | 2 (2–2) | 4 (2–6) | |", "| &emsp;Missing | 1 | 1 | 0 | |",
        "| k, n (%) | | | | 0.53 |", "| &emsp;p | 5.5 (58%) | 3.5 (70%) | 2 (44%) | |",
        "| &emsp;q | 4 (42%) | 1.5 (30%) | 2.5 (56%) | |",
        "| f, n (%) | 5.5 (58%) | 3.5 (70%) | 2 (44%) | 0.53 |",
      ])
    // a: Σw 4, mean (1 + 5 + 1.5)/4; Σw² of its four rows 1 + 6.25 + 0.25 + 1.
    #expect(bench.number("t[\"x\", \"a\"].mean") == 7.5 / 4)
    // Its first quarter of weight is reached at 1 exactly.
    #expect(bench.number("t[\"x\", \"a\"].q1") == 1.5)
    #expect(bench.number("t[\"x\", \"a\"].n") == 3)
    #expect(bench.number("t.n") == 7)
    #expect(bench.number("t.weight") == 9.5)
    #expect(bench.number("t.group(\"a\").effective_sample_size") == 25 / 8.5)
    #expect(bench.number("t[\"k\", \"p\", \"a\"].n") == 2)
    #expect(bench.number("t[\"k\", \"p\", \"a\"].weight") == 3.5)
    #expect(bench.number("t[\"k\", \"p\", \"a\"].percent") == 70)
    #expect(bench.number("t[\"x\"].missing") == 1)
    let note = bench.note(of: "t")
    #expect(note.contains("N and n are sums of the weights 'w', all numbers are weighted by them"))
    #expect(note.contains("1 row without a weight left out; 1 row of weight 0 left out"))
    #expect(note.contains("quantiles of type 2"))
    #expect(note.contains("root mean weighted variance"))
  }

  @Test func testsKnowTheWeights() throws {
    let bench = try Self.bench("p: true")
    #expect(
      bench.note(of: "t").contains(
        "P: design-based rank test (x), χ² test with Rao and Scott's correction (k, f), not adjusted for multiple comparisons; variances take the weights as known"
      ))
    #expect(bench.number("t[\"x\"].weighted_ranks.df1") == 1)
    #expect(bench.number("t[\"x\"].weighted_ranks.df2") == 4)
    #expect(bench.number("t[\"k\"].rao_scott.p") != nil)
    let means = try Self.bench("tests: [weighted-means, rao-scott]")
    // Means 15/8 and 34/9; Σ(w(x − m)/Σw)² with 6/5.
    let first = [(1.0, 1.0), (2.5, 2), (0.5, 3)].map { $0.0 * ($0.1 - 15.0 / 8) / 4 }
    let second = [(2.0, 2.0), (1, 4), (1.5, 6)].map { $0.0 * ($0.1 - 34.0 / 9) / 4.5 }
    let variance = (first + second).reduce(0) { $0 + $1 * $1 } * 6 / 5
    let mean = (2 * 2 + 4 + 9) / 4.5
    let expected = (15.0 / 8 - mean) * (15.0 / 8 - mean) / variance
    #expect(abs((means.number("t[\"x\"].weighted_means.statistic") ?? 0) - expected) < 1e-12)
  }

  @Test func whatKnowsNoWeightsIsRefused() {
    func problem(_ options: String) -> String {
      DirectiveBench.problems(Self.document(options), files: ["d.csv": Self.rows]).map {
        "\($0.code.rawValue): \($0.message)"
      }.joined(separator: "\n")
    }
    #expect(problem("tests: fisher") == "invalid-option: 'fisher' does not know weights")
    #expect(problem("quantile-type: 7") == "invalid-option: weighted quantiles are of type 1 or 2")
    let text = Self.document("").replacing("weights: w", with: "weights: k")
    #expect(
      DirectiveBench.problems(text, files: ["d.csv": Self.rows]).map(\.message) == [
        "'k' holds no numbers to weight rows by"
      ])
    let negative = Self.rows.replacing("a,1,p,true,1", with: "a,1,p,true,-1")
    let problems = DirectiveBench.problems(Self.document(""), files: ["d.csv": negative])
    #expect(problems.map(\.message) == ["weights that are negative or infinite in 1 row"])
    #expect(problems.first?.notes.map(\.message) == ["data row 1"])
  }

  /// Rows of a propensity score are described with their weights, and equal weights of one change no number.
  @Test func weightedRowsOfAScoreAreDescribed() throws {
    let rows =
      "t,x\n" + (0..<40).map { "\(($0 * 7) % 3 == 0 ? 1 : 0),\($0 % 11)" }.joined(separator: "\n") + "\n"
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      derive:
        one: 1
      ```
      ```{propensity #iptw}
      data: d
      treatment: t == 1
      formula: ~ x
      ```
      ```{summary #weighted}
      data: iptw
      by: t
      variables: {x: mean}
      weights: propensity_weight
      difference: true
      ```
      ```{summary #plain}
      data: d
      by: t
      variables: {x: [mean, median]}
      quantile-type: 2
      ```
      ```{summary #ones}
      data: d
      by: t
      variables: {x: [mean, median]}
      weights: one
      ```
      """, files: ["d.csv": rows])
    #expect(abs((bench.number("weighted.weight") ?? 0) - (bench.number("iptw.weight.sum") ?? 1)) < 1e-9)
    #expect(
      abs(
        (bench.number("weighted.group(\"1\").effective_sample_size") ?? 0)
          - (bench.number("iptw.effective_sample_size[\"treated\"]") ?? 1)) < 1e-9)
    #expect(
      bench.lines(of: "ones").filter { !$0.contains("ample") && !$0.contains("Rows") }
        == bench.lines(of: "plain"))
  }
}
