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

  static func validate(_ survival: [Double], _ outcome: SurvivalOutcome) throws(SurvivalInputError) {
    guard survival.count == outcome.rowCount else {
      throw SurvivalInputError(
        .covariate("prediction"), .lengthMismatch(expected: outcome.rowCount, found: survival.count))
    }
    let faulty = survival.indices.filter { !survival[$0].isFinite }
    guard faulty.isEmpty else { throw SurvivalInputError(.covariate("prediction"), .notFinite, rows: faulty) }
  }

  private init(_ survival: [Double], censoring: CensoringDistribution, time: Double, reference: Double?) {
    self.time = time
    let own = Self.score(survival, censoring, time: time)
    (estimate, standardError) = (own?.value, own?.error)
    self.reference =
      own == nil ? nil : reference.flatMap { ReferenceScores(censoring).score(ofSurvival: $0, at: time) }
  }

  private static func score(
    _ survival: [Double], _ censoring: CensoringDistribution, time: Double
  ) -> (value: Double, error: Double)? {
    let outcome = censoring.outcome
    let (times, ranks) = (outcome.order.times, outcome.order.rank)
    let last = censoring.lastIndex(by: time)
    let isFollowed = last + 1 < times.count
    let after = censoring.probability(at: time)
    guard after != nil || !isFollowed, isFollowed || (last >= 0 && times[last] == time) else { return nil }
    // A row's share in the score, but for its effect on G.
    let share = { (row: Int) -> (early: Double, late: Double) in
      let (rank, own) = (Int(ranks[row]), survival[row])
      if rank > last { return (0, (1 - own) * (1 - own) / (after ?? 1)) }
      return (outcome.event[row] != 0 ? censoring.caseWeight(atRank: rank) * own * own : 0, 0)
    }
    var (early, late) = (CompensatedSum(), CompensatedSum())
    var sums = [Double](repeating: 0, count: times.count)
    for row in ranks.indices {
      let own = share(row)
      early.add(own.early)
      late.add(own.late)
      sums[Int(ranks[row])] += own.early
    }
    let count = Double(outcome.rowCount)
    let value = (early.value + late.value) / count
    let correction = censoring.correction(sums: sums, late: late.value, by: time)
    var squares = CompensatedSum()
    for row in ranks.indices {
      let own = share(row)
      let influence = own.early + own.late - value + correction[Int(ranks[row]), outcome.event[row]]
      squares.add(influence * influence)
    }
    return (value, squares.value.squareRoot() / count)
  }
}
