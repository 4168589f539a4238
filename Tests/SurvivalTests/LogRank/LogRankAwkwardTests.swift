// The log-rank test on awkward data against R's survdiff.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct LogRankAwkwardTests {
  @Test(arguments: try AwkwardCase.all("logrank"))
  func agreesWithR(awkward: AwkwardCase) throws {
    let result = try LogRankTest.compare(
      try awkward.outcome(), groups: try #require(try awkward.codes("group")),
      strata: try awkward.codes("strata"),
      weight: .flemingHarrington(rho: awkward.number("rho") ?? 0, gamma: 0))
    awkward.check("chisq", [result.test?.statistic], relative: 1e-9)
    awkward.check("df", [result.test?.degreesOfFreedom])
    awkward.check("observed", result.groups.map(\.observed))
    awkward.check("expected", result.groups.map(\.expected))
    awkward.check("variance", result.variance.transposed.columnsJoined)
  }
}

extension Matrix {
  fileprivate var columnsJoined: [Double] { (0..<columnCount).flatMap { column($0) } }
}
