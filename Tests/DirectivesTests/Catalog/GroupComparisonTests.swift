// Restricted means, milestones, rates and landmarks from a document: by hand.

import Diagnostics
import Directives
import Testing

@Suite struct GroupComparisonTests {
  /// Group a: deaths at 1 and 3, censored at 4, 4. Group b: deaths at 2, 2 and 4, censored at 5.
  static let data = """
    g,time,dead
    a,1,1
    a,3,1
    a,4,0
    a,4,0
    b,2,1
    b,2,1
    b,4,1
    b,5,0
    """

  private static func bench(_ directive: String, data: String = data) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      ```

      \(directive)
      """, files: ["d.csv": data])
  }

  @Test func restrictedMeansAreAreas() throws {
    let bench = try Self.bench(
      """
      ```{restricted-mean #r}
      data: d
      formula: Surv(time, dead == 1) ~ g
      tau: 4
      ```
      """)
    // a: 1 + 2 · 3/4 + 1 · 1/2 = 3; b: 2 + 2 · 1/2 = 3.
    #expect(bench.number(#"r["a"].mean"#) == 3 && bench.number(#"r["b"].mean"#) == 3)
    #expect(bench.number(#"r["b"].difference"#) == 0 && bench.number(#"r["b"].ratio"#) == 1)
    #expect(bench.number(#"r["a"].time_lost"#) == 1 && bench.number("r.tau") == 4)
    // a: (2)² / (4 · 3) + (1/2)² / (3 · 2) with areas 2 and 1/2 behind 1 and 3.
    let first = 4.0 / 12 + 0.25 / 6
    let second = 1.0 * 2 / (4 * 2)
    let error = try #require(bench.number(#"r["b"].difference.se"#))
    #expect(abs(error - (first + second).squareRoot()) < 1e-14)
    #expect(bench.note(of: "r").contains("τ = 4"))
  }

  @Test func theHorizonIsNamedAndTheReferenceChosen() throws {
    let bench = try Self.bench(
      """
      ```{restricted-mean #r}
      data: d
      formula: Surv(time, dead == 1) ~ g
      reference: b
      ```
      """)
    #expect(bench.number("r.tau") == 4)
    #expect(bench.note(of: "r").contains("the smallest of the groups' last observed times"))
    #expect(bench.quantity(#"r["b"].difference"#) == nil && bench.number(#"r["a"].difference"#) == 0)
    let faults = DirectiveBench.problems(
      """
      ```{data #d}
      source: d.csv
      ```

      ```{restricted-mean #r}
      data: d
      formula: Surv(time, dead == 1) ~ g
      reference: bb
      ```
      """, files: ["d.csv": Self.data])
    #expect(faults.map(\.code) == [.unknownLevel])
  }

  @Test func milestonesAreDifferencesOfProportions() throws {
    let bench = try Self.bench(
      """
      ```{milestone #m}
      data: d
      formula: Surv(time, dead == 1) ~ g
      times: [2, 4.5]
      ```
      """)
    // At 2: 3/4 and 2/4.
    #expect(bench.number(#"m["b"].at(2).difference"#) == -0.25)
    let error = try #require(bench.number(#"m["b"].at(2).difference.se"#))
    #expect(abs(error - (3.0 / 64 + 1.0 / 16).squareRoot()) < 1e-15)
    // Group a was followed to 4 only.
    #expect(bench.quantity(#"m["b"].at(4.5).difference"#) == .notEstimable)
    #expect(bench.lines(of: "m").contains { $0.contains("a | 4 | NE | NE | reference") })
  }

  @Test func ratesArePerPersonTime() throws {
    let bench = try Self.bench(
      """
      ```{rates #r}
      data: d
      formula: Surv(time, dead == 1) ~ g
      per: 10
      ```
      """)
    #expect(bench.number(#"r["a"].person_time"#) == 12 && bench.number(#"r["b"].person_time"#) == 13)
    #expect(bench.number(#"r["a"].rate"#) == 2.0 / 12 * 10)
    let ratio = try #require(bench.number(#"r["b"].rate_ratio"#))
    #expect(abs(ratio - (3.0 / 13) / (2.0 / 12)) < 1e-15)
    #expect(bench.number("r.rate") == 2 && bench.number("r.events") == 5)
  }

  @Test func aLandmarkCountsTimeAnew() throws {
    let bench = try Self.bench(
      """
      ```{kaplan-meier #k}
      data: d
      formula: Surv(time, dead == 1) ~ g
      landmark: 2
      times: [1, 2]
      cumulative-hazard: true
      ```

      ```{cox #c}
      data: d
      formula: Surv(time, dead == 1) ~ g
      landmark: 2
      ```
      """)
    // Left: a 1+ (death), 2, 2; b 2 (death), 3.
    #expect(bench.number("k.n") == 5 && bench.number(#"k["a"].n"#) == 3)
    let survival = try #require(bench.number(#"k["a"].at(1).survival"#))
    #expect(abs(survival - 2.0 / 3) < 1e-15)
    #expect(bench.number(#"k["b"].at(2).survival"#) == 0.5)
    #expect(bench.number(#"k["b"].at(2).cumulative_hazard"#) == 0.5)
    #expect(bench.number("k.landmark.events_before") == 3 && bench.number("k.landmark.censored_before") == 0)
    #expect(bench.number("c.n") == 5 && bench.number("c.events") == 2)
    #expect(bench.note(of: "c").contains("landmark 2: 3 with the event"))
    let faults = DirectiveBench.problems(
      """
      ```{data #d}
      source: d.csv
      ```

      ```{kaplan-meier #k}
      data: d
      formula: Surv(time, dead == 1) ~ g
      landmark: 5
      ```
      """, files: ["d.csv": Self.data])
    #expect(faults.map(\.code) == [.noRows])
  }

  @Test func intervalsMayBeginBeforeZero() throws {
    let shifted = "start,stop,e,x\n-6,-2,1,1\n-6,1,0,2\n-1,3,1,4\n-3,-1,1,3\n-5,4,0,0\n"
    let moved = "start,stop,e,x\n4,8,1,1\n4,11,0,2\n9,13,1,4\n7,9,1,3\n5,14,0,0\n"
    func value(_ data: String) throws -> Double? {
      try Self.bench(
        """
        ```{cox #c}
        data: d
        formula: Surv(start, stop, e == 1) ~ x
        ```
        """, data: data
      ).number(#"c["x"].coefficient"#)
    }
    let (first, second) = (try #require(try value(shifted)), try #require(try value(moved)))
    #expect(abs(first - second) < 1e-12)
  }
}
