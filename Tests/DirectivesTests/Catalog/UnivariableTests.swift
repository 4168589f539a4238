// Univariable beside multivariable estimates of every regression, and what is said of the fit as a whole.

import Foundation
import Presentation
import Testing

@Suite struct UnivariableTests {
  /// x is missing in the last two rows, so that the models of g stand on more rows than that of both.
  private static let data: String =
    "y,e,c,x,g\n"
    + (0..<30).map { row in
      let x = row < 28 ? String((row * 7) % 11) : ""
      return
        "\(row * 5 % 13 + 1),\([1, 0, 0, 1, 0, 1, 1][row % 7]),\(row * 3 % 8),\(x),\(["a", "b"][row % 2])\n"
    }.joined()

  private static func bench(_ name: String, _ options: String) throws -> DirectiveBench {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{\(name) #m}\ndata: d\n\(options)\n```\n",
      files: ["d.csv": data])
  }

  @Test(arguments: [
    ("linear", "y", "coefficient"), ("logistic", "e == 1", "or"), ("poisson", "c", "rr"),
    ("negative-binomial", "c", "rr"),
  ]) func areTheModelsOfOneVariable(_ name: String, _ response: String, _ measure: String) throws {
    let whole = try Self.bench(name, "formula: \(response) ~ x + g\nunivariable: true")
    for (variable, path) in [("x", "[\"x\"]"), ("g", "[\"g\", \"b\"]")] {
      let single = try Self.bench(name, "formula: \(response) ~ \(variable)")
      for part in [".\(measure)", ".\(measure).lower", ".se", ".p", ".n"] {
        let own = try #require(single.number("m\(path)\(part)"))
        #expect(whole.number("m.univariable\(path)\(part)") == own, "\(path)\(part)")
      }
    }
    #expect(whole.lines(of: "m").first?.contains("Univariable") == true)
    #expect(whole.number("m.n") == 28 && whole.number("m.univariable[\"g\", \"b\"].n") == 15)
    let same = try Self.bench(name, "formula: \(response) ~ x + g\nunivariable: same-rows")
    #expect(same.number("m.univariable[\"g\", \"b\"].n") == 14)
  }

  /// Counts 0 and 10 by turns: mean 5, Pearson's χ² = Σ 25/5 = 8 · 5 over 7 degrees of freedom.
  @Test func poissonCountsThatVaryMoreAreNoted() throws {
    func notes(_ options: String) throws -> (DirectiveBench, String) {
      let bench = try DirectiveBench(
        "```{data #d}\nsource: d.csv\n```\n\n```{poisson #m}\ndata: d\nformula: y ~ 1\n\(options)\n```\n",
        files: ["d.csv": "y\n" + String(repeating: "0\n10\n", count: 4)])
      return (bench, bench.tables(of: "m").first?.notes.joined(separator: "; ") ?? "")
    }
    let (bench, plain) = try notes("")
    #expect(abs((bench.number("m.pearson_dispersion") ?? 0) - 40.0 / 7) < 1e-12)
    #expect(plain.contains("vary more than Poisson's") && plain.contains("negative-binomial"), "\(plain)")
    let robust = try notes("robust: hc0").1
    #expect(robust.contains("vary more") && !robust.contains("standard errors are too small"), "\(robust)")
  }

  /// A Gamma model of one factor has the group means, so the F test is a ratio of deviances.
  @Test func gammaModelsAreTestedByF() throws {
    let bench = try Self.bench("gamma", "formula: y ~ g\nlink: log")
    let drop = try #require(bench.number("m.null_deviance")) - (bench.number("m.deviance") ?? 0)
    let f = try #require(bench.number("m.f"))
    #expect(abs(f - drop / (bench.number("m.dispersion") ?? 0)) < 1e-12 * f)
    #expect(bench.number("m.f.df1") == 1 && bench.number("m.f.df2") == 28)
    #expect(bench.tables(of: "m").first?.notes.contains { $0.hasPrefix("AIC ") } == true)
  }

  /// The shape is 1/σ, and hazards stand beside times.
  @Test func weibullModelsShowHazardsAndShape() throws {
    let bench = try RegressionTableTests.bench(
      "parametric-survival", "formula: Surv(time, event == 1) ~ age + stage")
    let scale = try #require(bench.number("m.scale"))
    let shape = try #require(bench.number("m.shape"))
    #expect(abs(shape * scale - 1) < 1e-14)
    let (lower, upper) = (bench.number("m.scale.upper") ?? 0, bench.number("m.scale.lower") ?? 0)
    #expect(abs((bench.number("m.shape.lower") ?? 0) * lower - 1) < 1e-14)
    #expect(abs((bench.number("m.shape.upper") ?? 0) * upper - 1) < 1e-14)
    let hazard = try #require(bench.quantity("m[\"stage\", \"II\"].hr")?.number)
    let lines = bench.lines(of: "m")
    #expect(lines.first?.contains("HR (95% CI)") == true)
    let line = try #require(lines.first { $0.contains("&emsp;II |") })
    #expect(line.contains(bench.style.text(.value(hazard), .ratio)), "\(line)")
    #expect(lines.contains { $0.contains("Shape, 1/scale") })
    let times = bench.number("m[\"stage\", \"II\"].coefficient") ?? 0
    #expect(abs(hazard - Foundation.exp(-times / scale)) < 1e-12)
  }
}
