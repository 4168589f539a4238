// Tests that splines are straight lines: one answer for every basis of the same curves.

import NumericalMethods
import Testing

@Suite struct NonlinearityTests {
  static let data: String = {
    var random = RandomGenerator(seed: 31)
    var text = "time,event,age,x\n"
    for _ in 0..<160 {
      let age = 40 + random.below(41)
      let rate = Elementary.exp(0.002 * Double((age - 58) * (age - 58)))
      text +=
        "\(1 + Int(40 * random.exponential() / rate)),\(random.below(4) > 0 ? 1 : 0),\(age),\(random.below(9))\n"
    }
    return text
  }()

  static func statistic(_ term: String, _ directive: String = "cox") throws -> (
    chiSquared: Double, df: Double
  ) {
    let bench = try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{\(directive) #m}\ndata: d\n"
        + "formula: Surv(time, event == 1) ~ \(term) + x\n```\n", files: ["d.csv": data])
    let path = "m[\"\(term)\", \"nonlinear\"]"
    return (
      try #require(bench.number(path + ".chi_squared")), try #require(bench.number(path + ".df"))
    )
  }

  /// Restricted cubic splines have a column that is the variable itself; natural splines on the same knots span the same
  /// curves without one.
  @Test func naturalSplinesAgreeWithRestrictedOnes() throws {
    let restricted = try Self.statistic("rcs(age, c(45, 55, 63, 75))")
    let natural = try Self.statistic("ns(age, knots = c(55, 63), Boundary.knots = c(45, 75))")
    #expect(restricted.df == 2 && natural.df == 2)
    #expect(abs(natural.chiSquared / restricted.chiSquared - 1) < 1e-9)
    #expect(restricted.chiSquared > 4)
  }

  /// A cubic without interior knots is a polynomial of degree 3.
  @Test func splinesWithoutKnotsAgreeWithPolynomials() throws {
    let polynomial = try Self.statistic("poly(age, 3)")
    let spline = try Self.statistic("bs(age, df = 3)")
    #expect(polynomial.df == 2 && spline.df == 2)
    #expect(abs(spline.chiSquared / polynomial.chiSquared - 1) < 1e-8)
  }

  /// The same of a linear model, whose test of two curved columns against the residual variance is that of nested models.
  @Test func linearModelsTestCurvesByF() throws {
    func bench(_ term: String) throws -> DirectiveBench {
      try DirectiveBench(
        "```{data #d}\nsource: d.csv\n```\n\n```{linear #m}\ndata: d\nformula: time ~ \(term)\n```\n",
        files: ["d.csv": Self.data])
    }
    let line = try bench("age")
    let curve = try bench("bs(age, df = 3)")
    let cubic = try bench("poly(age, 3)")
    func rest(_ bench: DirectiveBench) throws -> Double {
      let sigma = try #require(bench.number("m.sigma"))
      return sigma * sigma * (try #require(bench.number("m.residual_df")))
    }
    let expected =
      (try rest(line) - rest(curve)) / 2 / (try rest(curve) / #require(curve.number("m.residual_df")))
    let found = try #require(curve.number("m[\"bs(age, df = 3)\", \"nonlinear\"].f"))
    #expect(abs(found / expected - 1) < 1e-8)
    #expect(abs(try #require(cubic.number("m[\"poly(age, 3)\", \"nonlinear\"].f")) / expected - 1) < 1e-8)
  }
}
