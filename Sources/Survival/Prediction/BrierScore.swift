// How far predicted survival is from what happened.

import NumericalMethods

/// The Brier score at a time: the mean squared distance between predicted survival and being free of the event.
public struct BrierScore: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// `nil` where nobody is followed to the time and it lies beyond the last observed one.
  public let estimate: Double?
  /// Standard error of the estimate, on its scale.
  public let standardError: Double?
  /// The score of the Kaplan–Meier estimate, the same prediction for everybody.
  public let reference: Double?
  /// 1 − score / reference: the index of prediction accuracy; negative when worse than no model.
  public var scaled: Double? {
    guard let estimate, let reference, reference > 0 else { return nil }
    return 1 - estimate / reference
  }

  /// Scores predicted survival probabilities.
  ///
  /// BS(t) = n⁻¹ Σ [ 1(T ≤ t, event) S² / G(T−) + 1(T > t) (1 − S)² / G(t) ], with G the Kaplan–Meier estimate of censoring,
  /// events before censorings.
  ///
  /// **Inputs**: one predicted probability of being free of the event at `time` per row, 0 to 1.
  /// **Throws** `SurvivalInputError` for `covariate("prediction")` (length, not finite), `entry` and `weights`.
  /// **Cost**: O(n). **Source**: Graf et al. 1999, doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18<2529::AID-SIM274>3.0.CO;2-5;
  /// Kattan and Gerds 2018, doi:10.1186/s41512-018-0029-2. **Checked against** the definitions written out in R (prediction.R).
  public static func estimate(
    _ survival: [Double], outcome: SurvivalOutcome, time: Double
  ) throws(SurvivalInputError) -> BrierScore {
    try validate(survival, outcome)
    let censoring = try CensoringDistribution(outcome)
    let reference = try KaplanMeier.estimate(outcome).curves.first?.at(time).survival
    return BrierScore(survival, censoring: censoring, time: time, reference: reference)
  }

  /// The mean of the score over (0, τ]: ∫ BS(t) dt / τ, with predictions and score as step functions.
  ///
  /// - Parameters:
  ///   - predictions: survival of every row at a time.
  ///   - outcome: right-censored follow-up of the n rows; any cause counts as the event.
  ///   - limit: τ, not beyond the last observed time.
  ///   - pieces: at most so many times are used, evenly spread over the distinct observed ones.
  /// - Returns: the integrated scores of the predictions and of the Kaplan–Meier estimate; `nil` when τ is not observed.
  ///
  /// **Cost**: O(n) per time used.
  ///
  /// - Throws: `SurvivalInputError` as `estimate`.
  ///
  /// **Checked against** the definition written out in R (prediction.R).
  public static func integrated(
    outcome: SurvivalOutcome, upTo limit: Double, pieces: Int = 300, predictions: (Double) -> [Double]
  ) throws(SurvivalInputError) -> (score: Double, reference: Double)? {
    let censoring = try CensoringDistribution(outcome)
    guard limit > 0, let curve = try KaplanMeier.estimate(outcome).curves.first, let last = curve.lastTime,
      limit <= last
    else { return nil }
    let all = outcome.order.times.filter { $0 > 0 && $0 < limit }
    let step = Swift.max(1, (all.count + pieces - 1) / Swift.max(pieces, 1))
    let times = [0] + stride(from: 0, to: all.count, by: step).map { all[$0] }
    var (score, reference) = (CompensatedSum(), CompensatedSum())
    for (index, time) in times.enumerated() {
      let width = (index + 1 < times.count ? times[index + 1] : limit) - time
      let survival = predictions(time)
      try validate(survival, outcome)
      let here = BrierScore(
        survival, censoring: censoring, time: time, reference: curve.at(time).survival)
      guard let own = here.estimate, let other = here.reference else { return nil }
      score.add(own * width)
      reference.add(other * width)
    }
    return (score.value / limit, reference.value / limit)
  }

  private static func validate(_ survival: [Double], _ outcome: SurvivalOutcome) throws(SurvivalInputError) {
    guard survival.count == outcome.rowCount else {
      throw SurvivalInputError(
        .covariate("prediction"), .lengthMismatch(expected: outcome.rowCount, found: survival.count))
    }
    let faulty = survival.indices.filter { !survival[$0].isFinite }
    guard faulty.isEmpty else { throw SurvivalInputError(.covariate("prediction"), .notFinite, rows: faulty) }
  }

  private init(_ survival: [Double], censoring: CensoringDistribution, time: Double, reference: Double?) {
    self.time = time
    let own = Self.score(censoring, time: time) { survival[$0] }
    (estimate, standardError) = (own?.value, own?.error)
    self.reference = reference.flatMap { same in Self.score(censoring, time: time) { _ in same }?.value }
  }

  private static func score(
    _ censoring: CensoringDistribution, time: Double, _ survival: (Int) -> Double
  ) -> (value: Double, error: Double)? {
    let outcome = censoring.outcome
    let cases = censoring.caseWeights(by: time)
    let isFollowed = outcome.time.contains { $0 > time }
    let after = censoring.probability(at: time)
    guard after != nil || !isFollowed, isFollowed || outcome.time.contains(where: { $0 == time }) else {
      return nil
    }
    let count = Double(outcome.rowCount)
    var early = [Double](repeating: 0, count: outcome.rowCount)
    var late = early
    for row in early.indices {
      let own = survival(row)
      early[row] = cases[row] * own * own
      late[row] = outcome.time[row] > time ? (1 - own) * (1 - own) / (after ?? 1) : 0
    }
    let value = (CompensatedSum.of(early) + CompensatedSum.of(late)) / count
    let correction = censoring.correction(terms: early, late: CompensatedSum.of(late), by: time)
    var squares = CompensatedSum()
    for row in early.indices {
      let own = early[row] + late[row] - value + correction[row]
      squares.add(own * own)
    }
    return (value, squares.value.squareRoot() / count)
  }
}
