// Keys of expected values, and the names of coefficients behind them.
import Testing

@testable import ReferenceRunner

@Suite struct ReferenceKeyTests {
  @Test func parts() {
    let key = ReferenceKey("surv[sex=1|t=365]")
    #expect(key.statistic == "surv")
    #expect(key.level(of: "sex") == "1")
    #expect(key.number("t") == 365)
    #expect(ReferenceKey("loglik.null").parts.isEmpty)
  }

  @Test func escapes() {
    let name = "a|b \\ [c]"
    #expect(ReferenceKey.unescaped(ReferenceKey.escaped(name)) == name)
    let key = ReferenceKey("quantile[arm=\(ReferenceKey.escaped(name))|p=0.5]")
    #expect(key.level(of: "arm") == name)
    #expect(key.number("p") == 0.5)
    #expect(ReferenceKey("n[a\\|b=x\\[1\\]]").level(of: "a|b") == "x[1]")
  }

  static let factors = [
    "sex": ["1", "2"], "trt": ["1", "2"], "celltype": ["a", "b"], "my arm": ["x", "y|z"],
  ]

  @Test(
    arguments: [
      (["age"], "age"), (["sex", "2"], "sex=2"), (["trt:celltype", "2", "b"], "trt=2:celltype=b"),
      (["karno:trt", "2"], "karno:trt=2"), (["`my arm`", "y|z"], "my arm=y\\|z"),
      (["log(bili)"], "log(bili)"),
      (["ns(bili, df = 3)", "1"], "ns(bili)#1"), (["rcs(age, c(35, 48, 56, 66))", "3"], "rcs(age)#3"),
      (["ridge(age, wt.loss, theta = 1)", "wt.loss"], "wt.loss"),
      (["pspline(age, df = 4)", "linear"], "pspline(age)#linear"),
      (["I(age^2)"], "I(age^2)"), (["(Intercept)"], "(Intercept)"),
      (["sex:ns(age, df = 2)", "2", "1"], "sex=2:ns(age)#1"),
    ] as [([String], String)])
  func coefficients(names: [String], expected: String) {
    #expect(CoefficientNames.referenceName(names, factors: Self.factors) == expected)
  }

  @Test func coefficientsAreFoundInResults() {
    let results = Results([
      "r[\"sex\", \"2\"].coefficient": .number(-0.5), "r[\"sex\", \"2\"].coefficient.lower": .number(-1),
      "r[\"age\"].coefficient": .text("NE"), "r.n": .number(3), "m[\"age\"].coefficient": .number(1),
    ])
    let names = CoefficientNames(results, base: "r", tail: ".coefficient", factors: Self.factors)
    #expect(names.paths == ["sex=2": "r[\"sex\", \"2\"]", "age": "r[\"age\"]"])
    #expect(results.first("r.none", "r[\"age\"].coefficient") == .text("NA"))
    #expect(results.first("r.none") == nil)
  }
}
