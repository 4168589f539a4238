// When the variance of a Cox model is robust without being asked.

import Directives
import Testing

@Suite struct RobustVarianceTests {
  static let data = """
    id,time,died,x,frequency,weight
    1,1,1,3,2,0.5
    2,2,1,1,1,1.5
    3,3,0,2,3,2
    4,4,1,5,1,0.25
    5,5,1,2,2,1
    6,6,1,4,1,0.75
    7,7,0,1,2,3.5
    8,8,1,0,1,1
    """

  private static func bench(_ options: String, compatibility: Compatibility = .meier) throws -> DirectiveBench
  {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{cox #m}\ndata: d\n"
        + "formula: Surv(time, died == 1) ~ x\n\(options)\n```\n", files: ["d.csv": data],
      compatibility: compatibility)
  }

  /// Weights that are no numbers of patients leave the model's variance without meaning.
  @Test func fractionalWeightsMakeItRobust() throws {
    let own = try Self.bench("weights: weight")
    let asked = try Self.bench("weights: weight\nrobust: true")
    let error = try #require(own.number(#"m["x"].robust_se"#))
    #expect(error == asked.number(#"m["x"].robust_se"#))
    #expect(own.number(#"m["x"].p"#) == asked.number(#"m["x"].p"#))
    #expect(own.note(of: "m").contains("robust variance"))
  }

  private static let others: [(options: String, compatibility: Compatibility)] = [
    ("weights: frequency", .meier), ("weights: weight\nrobust: false", .meier),
    ("weights: weight", .sas), ("weights: weight\nfirth: true", .meier),
  ]

  @Test(arguments: others)
  func othersKeepTheModelsVariance(_ options: String, _ compatibility: Compatibility) throws {
    let bench = try Self.bench(options, compatibility: compatibility)
    #expect(bench.number(#"m["x"].se"#) != nil)
    #expect(bench.quantity(#"m["x"].robust_se"#) == nil)
    #expect(!bench.note(of: "m").contains("robust variance"))
  }
}
