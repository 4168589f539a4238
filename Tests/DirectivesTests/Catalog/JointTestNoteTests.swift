// What stands behind the P values beside the names of variables, in every regression.

import NumericalMethods
import Testing

@Suite struct JointTestNoteTests {
  static let data: String = {
    var random = RandomGenerator(seed: 7)
    var text = "time,event,cause,count,age,stage,set\n"
    for row in 0..<240 {
      let (age, stage) = (40 + random.below(41), ["I", "II", "III"][random.below(3)])
      let (event, cause) = (random.below(3) > 0 ? 1 : 0, random.below(3))
      text +=
        "\(1 + random.below(60)),\(event),\(cause),\(random.below(7)),\(age),\(stage),\(row / 4)\n"
    }
    return text
  }()

  private static func bench(_ directive: String, _ options: String) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        age: {label: Age, unit: years}
        stage: {label: Stage}
      ```
      ```{\(directive) #m}
      data: d
      \(options)
      ```

      """, files: ["d.csv": data])
  }

  @Test(arguments: [
    ("cox", "formula: Surv(time, event == 1) ~ stage + rcs(age, 4)"),
    ("logistic", "formula: event == 1 ~ stage + rcs(age, 4)"),
    ("poisson", "formula: count ~ stage + rcs(age, 4)"),
    ("negative-binomial", "formula: count ~ stage + rcs(age, 4)"),
    ("parametric-survival", "formula: Surv(time, event == 1) ~ stage + rcs(age, 4)"),
    (
      "fine-gray",
      "formula: Surv(time, cause) ~ stage + rcs(age, 4)\ncauses: {relapse: 1, death: 2}\ncause: relapse"
    ),
    ("conditional-logistic", "formula: event == 1 ~ stage + rcs(age, 4) + strata(set)"),
  ])
  func waldTests(directive: String, options: String) throws {
    let bench = try Self.bench(directive, options)
    let note = bench.note(of: "m")
    #expect(note.contains("P of stage (df 2) by joint Wald test;"), "\(note)")
    let spline = #"m["rcs(age, 4)"].wald"#
    for (name, path, df) in [
      ("overall test of age (spline)", spline, 3),
      ("non-linearity of age (spline)", #"m["rcs(age, 4)", "nonlinear"]"#, 2),
    ] {
      let statistic = try #require(bench.number(path + ".chi_squared"))
      #expect(try #require(bench.number(path + ".df")) == Double(df))
      let text = bench.style.text(.init(statistic), .statistic)
      #expect(note.contains("\(name) χ² = \(text), df \(df), P "), "\(note)")
    }
  }

  @Test func linearModelsSayF() throws {
    let bench = try Self.bench("linear", "formula: count ~ stage * age + ns(time, df = 2)")
    let note = bench.note(of: "m")
    #expect(
      note.contains("P of stage (df 2 and 232) and stage × age (df 2 and 232) by joint F tests"), "\(note)")
    #expect(note.contains("overall test of time (spline) F = "), "\(note)")
  }

  /// Natural splines have no column that is the variable itself: the tests agree with Cox's over all of their curves.
  @Test func naturalSplinesAreTestedAlongTheirLine() throws {
    let formula = "~ ns(age, df = 3)"
    let gray = try Self.bench(
      "fine-gray", "formula: Surv(time, cause) \(formula)\ncauses: {relapse: 1, death: 2}\ncause: relapse")
    let weibull = try Self.bench("parametric-survival", "formula: Surv(time, event == 1) \(formula)")
    for bench in [gray, weibull] {
      #expect(bench.number(#"m["ns(age, df = 3)", "nonlinear"].df"#) == 2)
      let curved = try #require(bench.number(#"m["ns(age, df = 3)", "nonlinear"].chi_squared"#))
      let all = try #require(bench.number(#"m["ns(age, df = 3)"].wald.chi_squared"#))
      #expect(curved > 0 && curved < all)
    }
  }
}
