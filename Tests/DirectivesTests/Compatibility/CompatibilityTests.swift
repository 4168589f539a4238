// The rules of R, SAS and Stata: the table of the contract, and what each rule does to a result.

import AnalysisDocument
import Diagnostics
import Testing

@testable import Directives

@Suite struct CompatibilityTests {
  /// Meier, R, SAS, Stata, row by row as the contract has them.
  static let contract: [(String, [String])] = [
    ("ties", ["efron", "efron", "breslow", "breslow"]),
    ("exact-ties", ["partial", "partial", "marginal", "partial"]),
    ("confidence-type", ["log-log", "log", "log-log", "log-log"]),
    ("quantile-rule", ["midpoint", "midpoint", "sas", "stata"]),
    ("beyond-last-time", ["not-estimable", "blank", "not-estimable", "missing"]),
    ("convergence", ["log-likelihood-and-score", "log-likelihood", "gradient", "log-likelihood-and-score"]),
    ("time-transform", ["km", "km", "km", "identity"]),
    ("incidence-confidence-type", ["log-log", "log", "log", "log-log"]),
    ("reference-level", ["first", "first", "last", "first"]),
    ("quantile-type", ["7", "7", "2", "2"]),
    ("rounding", ["half-away", "half-even", "half-away", "half-away"]),
    ("near-equal-times", ["tied", "tied", "distinct", "distinct"]),
  ]

  @Test func everyRowOfTheContract() {
    #expect(Compatibility.choices.map(\.name) == Self.contract.map(\.0))
    for (choice, (name, words)) in zip(Compatibility.choices, Self.contract) {
      #expect(Compatibility.Preset.allCases.map { choice.text(.preset($0)) } == words, "\(name)")
      for word in words { #expect(choice.allowed.contains(word)) }
    }
  }

  @Test func frontMatterNamesAProgramOrChoices() throws {
    func read(_ text: String) throws -> (Compatibility, [Diagnostic]) {
      let (tree, _) = OptionTree.parse(SourceText(text, path: "doc.md"))
      return Compatibility.read(try #require(tree?.mapping?["compat"]))
    }
    #expect(try read("compat: sas").0 == .sas)
    let mixed = try read("compat: {preset: sas, ties: efron, rounding: half-even}")
    #expect(mixed.1.isEmpty && mixed.0.ties == .efron && mixed.0.rounding == .toEven)
    #expect(mixed.0.quantileRule == .sas)
    let faulty = try read("compat: {preset: sass, tie: efron, rounding: up}").1
    #expect(faulty.map(\.code) == [.invalidOption, .unknownOption, .invalidOption])
    #expect(faulty.map(\.remedy).prefix(2) == ["did you mean 'sas'?", "did you mean 'ties'?"])
  }

  // MARK: Each rule in a result

  /// The six rows of the validation vignette of R's survival package.
  static let six = """
    time,status,x
    1,1,1
    1,0,1
    6,1,1
    6,1,0
    8,0,0
    9,1,0

    """

  static func bench(
    _ data: String, _ directive: String, _ rules: Compatibility
  ) throws -> DirectiveBench {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n" + directive, files: ["d.csv": data], compatibility: rules)
  }

  static func cox(_ options: String = "", terms: String = "x") -> String {
    "```{cox #m}\ndata: d\nformula: Surv(time, status == 1) ~ \(terms)\n\(options)\n```\n"
  }

  @Test func tiesFollowTheProgram() throws {
    // Breslow: ln((3 + √33)/2); Efron: 1.676857 (root of the published cubic).
    let breslow = 1.4752848
    for (rules, expected) in [
      (Compatibility.meier, 1.676857), (.r, 1.676857), (.sas, breslow), (.stata, breslow),
    ] {
      let bench = try Self.bench(Self.six, Self.cox(), rules)
      let beta = try #require(bench.number("m[\"x\"].coefficient"))
      #expect(abs(beta - expected) < 1e-6, "\(rules.preset)")
      #expect(bench.note(of: "m").contains(expected == breslow ? "Breslow ties" : "Efron ties"))
    }
    let own = try Self.bench(Self.six, Self.cox("ties: efron"), .sas)
    #expect(abs(try #require(own.number("m[\"x\"].coefficient")) - 1.676857) < 1e-4)
  }

  @Test func exactMeansWhatTheProgramCallsSo() throws {
    let data = "time,status,x\n1,1,1\n2,1,0\n3,0,1\n4,1,0\n5,1,1\n6,0,0\n"
    let partial = try Self.bench(data, Self.cox("ties: exact"), .r)
    #expect(partial.note(of: "m").contains("exact partial likelihood"))
    #expect(throws: Diagnostic.self) { try Self.bench(data, Self.cox("ties: exact"), .sas) }
  }

  @Test func convergenceNamesItsRuleAndStaysHonest() throws {
    let r = try Self.bench(Self.six, Self.cox(), .r)
    #expect(r.note(of: "m").contains("converged by a relative change of the log-likelihood ≤ 1e-9"))
    #expect(r.note(of: "m").contains("iterations"))
    let strict = try #require(
      try Self.bench(Self.six, Self.cox("ties: breslow"), .meier).number("m[\"x\"].coefficient"))
    let sas = try #require(try Self.bench(Self.six, Self.cox(), .sas).number("m[\"x\"].coefficient"))
    #expect(abs(strict - sas) < 1e-3)
    // Everybody with x = 1 has the event first: no rule may call that converged.
    let separated = "time,status,x\n1,1,1\n2,1,1\n3,1,1\n4,0,0\n5,0,0\n6,1,0\n7,0,0\n"
    for rules in [Compatibility.meier, .r, .sas, .stata] {
      let bench = try Self.bench(separated, Self.cox(), rules)
      #expect(bench.warnings.contains { $0.code == .separation }, "\(rules.preset)")
      #expect(bench.quantity("m[\"x\"].hr") == .withheld)
    }
  }

  @Test func referenceLevelIsTheProgramsUnlessNamed() throws {
    let data = "time,status,arm\n1,1,a\n2,1,b\n3,0,c\n4,1,a\n5,1,b\n6,1,c\n7,0,a\n8,1,b\n"
    #expect(try Self.bench(data, Self.cox(terms: "arm"), .meier).number("m[\"arm\", \"a\"].hr") == 1)
    let sas = try Self.bench(data, Self.cox(terms: "arm"), .sas)
    #expect(sas.number("m[\"arm\", \"c\"].hr") == 1)
    #expect(sas.lines(of: "m").contains { $0.contains("&emsp;c") && $0.contains("1 (reference)") })
    let inOrder = try Self.bench(
      data, Self.cox(terms: "factor(arm, levels = c('b', 'a', 'c'))"), .sas)
    #expect(inOrder.lines(of: "m").contains { $0.contains("&emsp;b") && $0.contains("1 (reference)") })
    let declared = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        arm: {levels: [b, a, c]}
      ```

      \(Self.cox(terms: "arm"))
      """, files: ["d.csv": data], compatibility: .sas)
    #expect(declared.number("m[\"arm\", \"b\"].hr") == 1)
    let named = try Self.bench(data, Self.cox(terms: "relevel(arm, ref = 'b')"), .sas)
    #expect(named.number("m[\"relevel(arm, ref = \\\"b\\\")\", \"b\"].hr") == 1)
  }

  /// S falls to one half at 2 and stays until 4, where observation ends.
  static let flat = "time,status\n1,1\n2,1\n3,0\n4,0\n"

  @Test func medianOfAFlatStep() throws {
    let curve = "```{kaplan-meier #k}\ndata: d\nformula: Surv(time, status == 1) ~ 1\ntimes: [9]\n```\n"
    let stepping = "time,status\n1,1\n2,1\n3,1\n4,1\n"
    #expect(try Self.bench(stepping, curve, .meier).number("k.median") == 2.5)
    #expect(try Self.bench(stepping, curve, .sas).number("k.median") == 2.5)
    #expect(try Self.bench(stepping, curve, .stata).number("k.median") == 2)
    #expect(try Self.bench(Self.flat, curve, .r).number("k.median") == 3)
    #expect(try Self.bench(Self.flat, curve, .sas).quantity("k.median") == .notReached)
    let stata = try Self.bench(Self.flat, curve, .stata)
    #expect(stata.number("k.median") == 2)
    #expect(stata.note(of: "k").contains("quantiles at the first time with S(t) ≤ 1 − p"))
    #expect(stata.lines(of: "k").last?.hasSuffix("| . |") == true)
    #expect(stata.quantity("k.at(9).survival") == .notEstimable)
    #expect(try Self.bench(Self.flat, curve, .r).lines(of: "k").last?.hasSuffix("| |") == true)
    #expect(try Self.bench(Self.flat, curve, .sas).lines(of: "k").last?.contains("NE") == true)
    #expect(try Self.bench(Self.flat, curve, .r).note(of: "k").contains("95% CI log;"))
  }

  @Test func nearEqualTimesAreTiedOrNot() throws {
    let data = "time,status\n1,1\n1.0000000001,1\n2,1\n3,0\n"
    let curve = "```{kaplan-meier #k}\ndata: d\nformula: Surv(time, status == 1) ~ 1\ntimes: [1]\n```\n"
    #expect(try Self.bench(data, curve, .meier).number("k.at(1).events") == 2)
    let sas = try Self.bench(data, curve, .sas)
    #expect(sas.number("k.at(1).events") == 1)
    #expect(sas.note(of: "k").contains("near-equal times kept apart"))
  }

  @Test func quartilesAndTimeScale() throws {
    let table = "```{summary #t}\ndata: d\nvariables: [time]\n```\n"
    // 1, 2, 3, 4: type 7 gives 1.75, type 2 the mean of 1 and 2.
    #expect(try Self.bench(Self.flat, table, .r).number("t[\"time\"].q1") == 1.75)
    #expect(try Self.bench(Self.flat, table, .sas).number("t[\"time\"].q1") == 1.5)
    let test = Self.cox() + "\n```{proportional-hazards #z}\nmodel: m\n```\n"
    #expect(try Self.bench(Self.six, test, .stata).note(of: "z").contains("time scale identity"))
    #expect(try Self.bench(Self.six, test, .r).note(of: "z").contains("time scale 1 − Kaplan–Meier"))
  }
}
