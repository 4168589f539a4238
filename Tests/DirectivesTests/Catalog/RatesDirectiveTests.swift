// Rates held against a reference population, and their differences.

import Directives
import Testing

@Suite struct RatesDirectiveTests {
  static let data = """
    years,died,arm,e
    4,1,A,0.5
    6,0,A,0.75
    5,1,B,0.25
    5,1,B,0.5

    """

  static func bench(_ options: String, data: String = data) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        years: {unit: years}
      outcomes:
        os: Surv(years, died == 1)
      ```
      ```{rates #r}
      data: d
      \(options)
      ```
      """, files: ["d.csv": data])
  }

  @Test func observedOverExpected() throws {
    let bench = try Self.bench("formula: os ~ 1\nexpected: e")
    #expect(bench.number("r.smr") == 1.5 && bench.number("r.expected") == 2)
    // poisson.test(3, 2)
    #expect(abs((bench.number("r.smr.lower") ?? 0) - 0.30933605) < 1e-7)
    #expect(abs((bench.number("r.smr.p") ?? 0) - 0.4586588671) < 1e-9)
    let written = bench.written("r").joined()
    #expect(written.contains("Expected") && written.contains("Observed/expected (95% CI)"))
    #expect(written.contains("standardised mortality or incidence ratio"))
    let byArm = try Self.bench("formula: os ~ arm\nexpected: e")
    #expect(byArm.number("r[\"A\"].smr") == 0.8 && byArm.number("r[\"B\"].smr") == 2 / 0.75)
  }

  @Test func differences() throws {
    let bench = try Self.bench("formula: os ~ arm\nper: 10\ndifference: true")
    #expect(bench.number("r[\"B\"].rate_difference") == 1)
    #expect(bench.written("r").joined().contains("Difference per 10 person-years (95% CI)"))
    #expect(try Self.bench("formula: os ~ arm").number("r[\"B\"].rate_difference") == nil)
  }

  @Test func faultsOfExpectedEvents() {
    let missing = Self.data.split(separator: "\n").map { $0.hasSuffix("0.25") ? "5,1,B,-1" : $0 }
      .joined(separator: "\n")
    for (options, data, message) in [
      ("expected: arm", Self.data, "'arm' holds no numbers"),
      ("expected: e", missing, "expected events are missing or negative in 1 row"),
    ] {
      let problems = DirectiveBench.problems(
        """
        ```{data #d}
        source: d.csv
        outcomes:
          os: Surv(years, died == 1)
        ```
        ```{rates #r}
        data: d
        formula: os ~ 1
        \(options)
        ```
        """, files: ["d.csv": data])
      #expect(problems.map(\.message) == [message])
    }
  }
}
