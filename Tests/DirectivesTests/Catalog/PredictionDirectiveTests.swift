// Performance, adjusted curves and subgroups from a document.

import Diagnostics
import Directives
import NumericalMethods
import Testing

@Suite struct PredictionDirectiveTests {
  /// 120 rows of a seeded stream: time, event, arm, sex, age.
  static let data: String = {
    var random = RandomGenerator(seed: 5)
    var text = "time,dead,arm,sex,age\n"
    for _ in 0..<120 {
      let arm = random.below(2)
      let sex = random.below(2)
      let age = 40 + random.below(40)
      let time = 1 + Int(random.exponential() * (arm == 1 ? 40 : 25) * (age > 60 ? 0.8 : 1.2))
      text +=
        "\(time),\(random.below(4) == 0 ? 0 : 1),\(arm == 1 ? "new" : "control"),\(sex == 1 ? "m" : "f"),\(age)\n"
    }
    return text
  }()

  private static func bench(_ directives: String) throws -> DirectiveBench {
    try DirectiveBench("```{data #d}\nsource: d.csv\n```\n\n" + directives, files: ["d.csv": data])
  }

  static let model = "```{cox #m}\ndata: d\nformula: Surv(time, dead == 1) ~ arm + age\n```\n\n"

  @Test func subgroupsAreModelsOfTheirOwn() throws {
    let bench = try Self.bench(
      """
      ```{subgroups #s}
      data: d
      formula: Surv(time, dead == 1) ~ arm + age
      subgroups: sex
      ```

      ```{cox #men}
      data: d
      where: sex == "m"
      formula: Surv(time, dead == 1) ~ arm + age
      ```

      ```{cox #small}
      data: d
      formula: Surv(time, dead == 1) ~ arm + age + sex
      ```

      ```{cox #large}
      data: d
      formula: Surv(time, dead == 1) ~ arm * sex + age
      ```
      """)
    let own = try #require(bench.number(#"s["sex", "m"].hr"#))
    #expect(own == bench.number(#"men["arm", "new"].hr"#))
    let large = try #require(bench.number("large.log_likelihood"))
    let small = try #require(bench.number("small.log_likelihood"))
    let test = try #require(bench.number(#"s["sex"].interaction.chi_squared"#))
    #expect(abs(test - 2 * (large - small)) < 1e-9)
    #expect(
      bench.lines(of: "s")[0]
        == "| Subgroup | control, events/N | new, events/N | HR (95% CI) | P for interaction |")
    #expect(bench.written("s").contains { $0.contains("<svg") })
  }

  @Test func aTreatmentWithSeveralCoefficientsIsRefused() {
    let faults = DirectiveBench.problems(
      """
      ```{data #d}
      source: d.csv
      ```

      ```{subgroups #s}
      data: d
      formula: Surv(time, dead == 1) ~ ns(age, 3)
      subgroups: sex
      ```
      """, files: ["d.csv": Self.data])
    #expect(faults.map(\.code) == [.formulaSyntax])
  }

  @Test func adjustedCurvesAreMeansOfPredictions() throws {
    let bench = try Self.bench(
      Self.model + """
        ```{adjusted-curves #a}
        model: m
        by: arm
        times: [10, 20]
        ```

        ```{cox #alone}
        data: d
        formula: Surv(time, dead == 1) ~ arm
        times: [10, 20]
        predict:
          - {arm: control}
          - {arm: new}
        ```

        ```{adjusted-curves #b}
        model: alone
        by: arm
        times: [10, 20]
        ```
        """)
    // Without other covariates the standardised curve is the prediction itself, its error included.
    for (level, row) in [("control", 1), ("new", 2)] {
      for name in ["survival", "survival.se", "survival.lower"] {
        let found = try #require(bench.number("b[\"\(level)\"].at(20).\(name)"))
        let expected = try #require(bench.number("alone.prediction(\(row)).at(20).\(name)"))
        #expect(abs(found - expected) < 1e-12, "\(name)")
      }
    }
    let difference = try #require(bench.number(#"a["new"].at(10).difference"#))
    let first = try #require(bench.number(#"a["control"].at(10).survival"#))
    let second = try #require(bench.number(#"a["new"].at(10).survival"#))
    #expect(abs(difference - (second - first)) < 1e-15)
  }

  @Test func performanceOnTheSameRowsElsewhereIsTheSame() throws {
    let bench = try Self.bench(
      """
      ```{data #same}
      source: d.csv
      ```


      """ + Self.model + """
        ```{performance #p}
        model: m
        times: [10, 30]
        ```

        ```{performance #q}
        model: m
        data: same
        times: [10, 30]
        ```
        """)
    for name in ["concordance", "at(10).auc", "at(30).brier", "at(30).ici", "integrated_brier"] {
      let first = try #require(bench.number("p.\(name)"))
      let second = try #require(bench.number("q.\(name)"))
      #expect(abs(first - second) < 1e-12, "\(name)")
    }
    let slope = try #require(bench.number("p.calibration_slope"))
    #expect(abs(slope - 1) < 1e-6)
    #expect(bench.note(of: "p").contains("optimistic") && !bench.note(of: "q").contains("optimistic"))
  }
}
