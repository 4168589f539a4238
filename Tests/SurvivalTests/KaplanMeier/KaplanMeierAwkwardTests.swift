// Kaplan–Meier curves on awkward data against R's survfit, time by time.

import Testing

@testable import Survival

@Suite struct KaplanMeierAwkwardTests {
  @Test(arguments: try AwkwardCase.all("km"))
  func agreesWithR(awkward: AwkwardCase) throws {
    let options = KaplanMeierOptions(
      transform: try #require(ConfidenceTransform(rawValue: awkward.text("conf") ?? "")),
      survivalEstimator: awkward.number("stype") == 2 ? .exponential : .productLimit,
      hazardEstimator: awkward.number("ctype") == 2 ? .tieCorrected : .nelsonAalen,
      variance: awkward.flag("robust") ? .robust : .greenwood)
    let estimate = try KaplanMeier.estimate(
      try awkward.outcome(), clusters: try awkward.codes("cluster"), options: options)
    let curve = try #require(estimate.curves.first)
    awkward.check("time", curve.time)
    awkward.check("atRisk", curve.atRisk)
    awkward.check("events", curve.events)
    awkward.check("survival", curve.survival)
    // R's jackknife keeps rounding where S is 0; ours is exactly 0 there.
    awkward.check("se", curve.standardError, missingIsFree: true)
    awkward.check("lower", curve.lower, missingIsFree: true)
    awkward.check("upper", curve.upper, missingIsFree: true)
    awkward.check("hazard", curve.cumulativeHazard)
    awkward.check("hazardSE", curve.cumulativeHazardStandardError)
    let quantiles = try #require(awkward.numbers("probs")).map { curve.quantile($0) }
    awkward.check("quantile", quantiles.map(\.time))
    awkward.check("quantileLower", quantiles.map(\.confidenceInterval.lower))
    awkward.check("quantileUpper", quantiles.map(\.confidenceInterval.upper))
    // R's `survmean` knows no robust error; that stands against its definition in `JackknifeDerivationTests`.
    let mean = curve.restrictedMean(upTo: try #require(awkward.number("tau")), usesGreenwood: true)
    awkward.check("mean", [mean.mean], missingIsFree: true)
    awkward.check("meanSE", [mean.standardError], missingIsFree: true)
  }
}
