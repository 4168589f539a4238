// Sample sizes and validation from a document.

import Diagnostics
import Directives
import Testing

@Suite struct DesignDirectiveTests {
  @Test func sampleSizesAreRoundedUp() throws {
    let bench = try DirectiveBench(
      """
      ```{sample-size #s}
      hazard-ratio: [0.5, 0.7]
      event-probability: 0.5
      allocation: 2
      ```

      ```{sample-size #p}
      hazard-ratio: 0.5
      events: 66
      ```
      """)
    // 4.5 · 7.848880 / 0.480453 = 73.5; 74 / 0.5 = 148, of whom 49.3 and 98.7.
    #expect(bench.number("s.events") == 74 && bench.number(#"s["0.5"].events"#) == 74)
    #expect(bench.number("s.n_control") == 50 && bench.number("s.n_experimental") == 99)
    #expect(bench.number("s.n") == 149)
    let power = try #require(bench.number("p.power"))
    #expect(power > 0.8 && power < 0.81)
    #expect(bench.quantity("p.n") == nil)
    #expect(bench.note(of: "s").contains("Schoenfeld's formula"))
  }

  @Test func noEffectIsRefused() {
    let faults = DirectiveBench.problems("```{sample-size #s}\nhazard-ratio: [0.5, 1]\n```\n")
    #expect(faults.map(\.code) == [.invalidArgument])
    let missing = DirectiveBench.problems(
      "```{sample-size #s}\nhazard-ratio: 0.5\ncontrol-survival: 0.6\nfollow-up: 12\n```\n")
    #expect(missing.map(\.code) == [.missingOption])
  }

  @Test func validationNamesItsSeed() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      ```

      ```{cox #m}
      data: d
      formula: Surv(time, dead == 1) ~ arm + age
      ```

      ```{validate #v}
      model: m
      seed: 7
      repeats: 30
      ```
      """, files: ["d.csv": PredictionDirectiveTests.data])
    let apparent = try #require(bench.number("v.concordance.apparent"))
    #expect(apparent == bench.number("m.concordance"))
    let corrected = try #require(bench.number("v.concordance.corrected"))
    let optimism = try #require(bench.number("v.concordance.optimism"))
    #expect(abs(corrected - (apparent - optimism)) < 1e-15)
    #expect(bench.number(#"v["arm", "new"].hr"#) == bench.number(#"m["arm", "new"].hr"#))
    #expect(bench.note(of: "v").contains("seed 7"))
  }
}
