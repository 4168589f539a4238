// Sums over risk sets add up: those of some rows and of the rest are those of all.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct RiskSetSumsTests {
  /// Whole risk scores add up without rounding, so that the halves agree with the whole in every bit; scaled columns to rounding.
  @Test(arguments: [TiesMethod.efron, .breslow], [false, true])
  func theSumsOfTwoHalvesAreThoseOfAll(_ ties: TiesMethod, _ hasEntry: Bool) throws {
    var random = RandomGenerator(seed: 17)
    let count = 400
    let stop = (0..<count).map { _ in Double(2 + random.below(20)) }
    let outcome = try SurvivalOutcome(
      time: stop, event: (0..<count).map { _ in UInt8(random.below(2)) },
      entry: hasEntry ? stop.map { Double(random.below(Int($0))) } : nil)
    let design = try CoxDesign(
      [
        ("x", (0..<count).map { _ in Double(random.below(9)) }),
        ("z", (0..<count).map { _ in Double(random.below(2)) }),
      ],
      rowCount: count)
    let prepared = PreparedCox(try CoxModel(outcome: outcome, design: design, strata: nil))
    func sums(_ risk: [Double]) -> RiskSetSums {
      var sums = RiskSetSums(eventTimeCount: prepared.layout.eventTimeCount, columnCount: 2)
      sums.update(
        layout: prepared.layout, covariates: prepared.covariates, risk: risk, ties: ties, reference: nil,
        threads: 2)
      return sums
    }
    let risk = prepared.layout.rows.map { _ in Double(1 + random.below(7)) }
    let isFirst = risk.map { _ in random.below(2) == 0 }
    let whole = sums(risk)
    let halves = sums(zip(risk, isFirst).map { $1 ? $0 : 0 })
      .merged(with: sums(zip(risk, isFirst).map { $1 ? 0 : $0 }))
    #expect(halves.atRisk == whole.atRisk)
    #expect(halves.events == whole.events)
    for (half, all) in zip(halves.atRiskCovariates, whole.atRiskCovariates) {
      #expect((half - all).magnitude <= 1e-12 * Double(count))
    }
    for (half, all) in zip(halves.eventCovariates, whole.eventCovariates) {
      #expect((half - all).magnitude <= 1e-12 * Double(count))
    }
    #expect(whole.eventCovariates.isEmpty == (ties == .breslow))
  }
}
