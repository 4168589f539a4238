// What regressions and tests say when the data do not determine the answer.

import Diagnostics
import Testing

@Suite struct HonestOutcomeTests {
  static let data = """
    y,x,g,one,flat,never,always,count
    1,1,a,p,3,0,1,0
    2,2,a,q,3,0,1,0
    4,3,b,q,3,0,1,0
    3,4,b,q,3,0,1,0
    6,5,c,q,3,0,1,0
    5,6,c,q,3,0,1,0

    """

  static func problems(_ directive: String) -> [Diagnostic] {
    DirectiveBench.problems("```{data #d}\nsource: d.csv\n```\n\n\(directive)", files: ["d.csv": data])
  }

  static func bench(_ directive: String) throws -> DirectiveBench {
    try DirectiveBench("```{data #d}\nsource: d.csv\n```\n\n\(directive)", files: ["d.csv": data])
  }

  static func test(_ options: String) -> String { "```{test #t}\ndata: d\n\(options)\n```\n" }

  @Test(arguments: [
    ("test: t\nvariable: flat\nby: one", "too few values"),
    ("test: t-pooled\nvariable: flat\nby: one", "constant"),
    ("test: t\nvariable: flat", "constant"),
    ("test: shapiro-wilk\nvariable: flat", "all values are the same"),
    ("test: welch-anova\nvariable: y\nby: one", "a group has a single value"),
  ]) func testsWithoutAnAnswerAreRefused(_ options: String, _ reason: String) {
    let problems = Self.problems(Self.test(options))
    #expect(problems.map(\.code) == [.notEstimable])
    #expect(problems.first?.message.contains(reason) == true)
  }

  @Test func whatHasNoStatisticWarns() throws {
    let bench = try Self.bench(Self.test("test: correlation\nvariables: [flat, y]"))
    #expect(bench.warnings.map(\.code) == [.notEstimable])
    #expect(bench.quantity("t.p") == .notEstimable)
  }

  @Test(arguments: [
    ("logistic", "never", DiagnosticCode.noEvents), ("logistic", "always", .constantColumn),
    ("poisson", "count", .noEvents), ("negative-binomial", "count", .noEvents),
  ])
  func constantOutcomesAreNamed(_ directive: String, _ outcome: String, _ code: DiagnosticCode) {
    let problems = Self.problems("```{\(directive) #m}\ndata: d\nformula: \(outcome) ~ x\n```\n")
    #expect(problems.map(\.code) == [code])
    #expect(problems.first?.message.contains("'\(outcome)'") == true)
  }

  @Test func exactFitsWarn() throws {
    let exact = try Self.bench("```{linear #m}\ndata: d\nformula: I(2 * x) ~ x\n```\n")
    #expect(exact.warnings.map(\.code) == [.perfectFit])
    let saturated = try Self.bench("```{linear #m}\ndata: d\nformula: y ~ factor(x)\n```\n")
    #expect(saturated.warnings.map(\.code) == [.perfectFit])
    #expect(saturated.quantity("m[\"factor(x)\", \"2\"].se") == .notEstimable)
  }

  @Test func contrastsAreAnOption() throws {
    func model(_ options: String) -> String { "```{linear #m}\ndata: d\nformula: y ~ g\n\(options)\n```\n" }
    // Means of a, b, c: 1.5, 3.5, 5.5; their mean is 3.5.
    let sum = try Self.bench(model("contrasts: sum"))
    #expect(abs(try #require(sum.number("m[\"(Intercept)\"].coefficient")) - 3.5) < 1e-12)
    #expect(abs(try #require(sum.number("m[\"g\", \"1\"].coefficient")) + 2) < 1e-12)
    // b against a by half their difference, c against the mean of both by a third.
    let helmert = try Self.bench(model("contrasts: {g: helmert}"))
    #expect(abs(try #require(helmert.number("m[\"g\", \"1\"].coefficient")) - 1) < 1e-12)
    #expect(abs(try #require(helmert.number("m[\"g\", \"2\"].coefficient")) - 1) < 1e-12)
    // A straight line through three means: no quadratic part.
    let polynomial = try Self.bench(model("contrasts: polynomial"))
    #expect(abs(try #require(polynomial.number("m[\"g\", \".Q\"].coefficient"))) < 1e-12)
    #expect(helmert.note(of: "m").contains("Helmert contrasts for g"))
    #expect(Self.problems(model("contrasts: {h: sum}")).map(\.code) == [.unknownColumn])
    #expect(Self.problems(model("contrasts: summ")).map(\.remedy) == ["did you mean 'sum'?"])
  }
}
