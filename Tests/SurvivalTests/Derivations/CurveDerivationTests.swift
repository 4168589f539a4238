// Limits of quantiles by searching the curve's limits, Uno's C by counting pairs, and the likelihood of repeated events.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct CurveDerivationTests {
  /// Brookmeyer and Crowley: all t at which the interval of S(t) holds 1 − p; where a limit is level there, its middle.
  @Test(arguments: ConfidenceTransform.allCases, 1...3)
  func quantileLimitsInvertTheIntervals(transform: ConfidenceTransform, seed: Int) throws {
    var random = RandomGenerator(seed: UInt64(seed))
    let time = (0..<60).map { _ in Double(1 + random.below(25)) }
    let event = (0..<60).map { _ in UInt8(random.below(2)) }
    let outcome = try SurvivalOutcome(time: time, event: event)
    let estimate = try KaplanMeier.estimate(outcome, options: KaplanMeierOptions(transform: transform))
    let curve = try #require(estimate.curves.first)
    for p in [0.1, 0.25, 0.5, 0.6] {
      let found = curve.quantile(p)
      for (limits, limit) in [
        (curve.survival, found.time), (curve.lower, found.confidenceInterval.lower),
        (curve.upper, found.confidenceInterval.upper),
      ] {
        let first = curve.time.indices.first { !limits[$0].isNaN && limits[$0] <= 1 - p + 1e-9 }
        guard let first, abs(limits[first] - (1 - p)) < 1e-9 else {
          #expect(limit == first.map { curve.time[$0] }, "\(transform) p \(p)")
          continue
        }
        let next = curve.time.indices.first { $0 > first && limits[$0] < 1 - p - 1e-9 }
        let end = next ?? curve.time.count - 1
        #expect(limit == (curve.time[first] + curve.time[end]) / 2, "\(transform) p \(p)")
      }
    }
  }

  /// Σ G(T−)⁻² over usable pairs, G the Kaplan–Meier estimate of censoring, events first where times are tied.
  @Test(arguments: 1...5) func unosConcordance(seed: Int) throws {
    var random = RandomGenerator(seed: UInt64(seed))
    let count = 50
    let time = (0..<count).map { _ in Double(1 + random.below(20)) }
    let event = (0..<count).map { _ in UInt8(random.below(2)) }
    let score = (0..<count).map { _ in Double(random.below(8)) }
    func uncensored(before t: Double) -> Double {
      var product = 1.0
      for u in Set(time).sorted() where u < t {
        let censored = Double((0..<count).count { time[$0] == u && event[$0] == 0 })
        let atRisk = Double((0..<count).count { time[$0] > u || (time[$0] == u && event[$0] == 0) })
        if censored > 0 { product *= 1 - censored / atRisk }
      }
      return product
    }
    var options = ConcordanceOptions()
    options.timeWeight = .inverseCensoringSquared
    options.maximumTime = 15
    let found = try Concordance.of(
      score, outcome: try SurvivalOutcome(time: time, event: event), options: options)
    var (right, all) = (0.0, 0.0)
    for i in 0..<count where event[i] == 1 && time[i] <= 15 {
      let weight = 1 / (uncensored(before: time[i]) * uncensored(before: time[i]))
      for j in 0..<count where time[j] > time[i] || (time[j] == time[i] && event[j] == 0) {
        all += weight
        right += weight * (score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0)
      }
    }
    #expect(abs((found.estimate ?? 0) - right / all) < 1e-12)
  }

  /// Prentice, Williams and Peterson: the number of the event is the stratum, and at risk is who waits for that event.
  ///
  /// First events at 1 (x = 1) and 4 (x = 0), a third patient is censored at 6; second events in (1, 3] and (4, 5]. With
  /// θ = exp β the likelihood is θ/(θ + 2) · 1/2 · 1 · 1: log L(0) = −log 6, score 1 − 1/3, information 1/3 · 2/3.
  @Test func repeatedEventsByHand() throws {
    let outcome = try SurvivalOutcome(
      time: [1, 3, 4, 5, 6], event: [1, 1, 1, 1, 0], entry: [0, 1, 0, 4, 0])
    let design = try CoxDesign([("x", [1, 1, 0, 0, 0])], rowCount: 5)
    let strata = try GroupCodes(codes: [0, 1, 0, 1, 0], names: ["first", "second"], role: .strata)
    let fit = try CoxModel.fit(outcome: outcome, covariates: design, strata: strata)
    #expect(abs(fit.nullLogLikelihood + Elementary.log(6)) < 1e-14)
    #expect(abs((fit.scoreTest?.statistic ?? 0) - 2) < 1e-13)
    #expect(fit.infinite == [0])
  }
}
