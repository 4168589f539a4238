// Follow-up counted anew from a landmark.

/// Those still under observation at a landmark, with time counted from there.
public struct Landmark: Sendable {
  /// The landmark, in the unit of the data.
  public let time: Double
  /// Follow-up of the rows kept, 0 at the landmark.
  public let outcome: SurvivalOutcome
  /// Row numbers of the rows kept, ascending.
  public let rows: [Int]
  /// Rows left out because they had an event, or were censored, by the landmark.
  public let eventsBefore: Int
  /// Rows censored before the landmark, left out.
  public let censoredBefore: Int

  /// Whether follow-up to `time` goes on after `landmark`: later by more than what ties near-equal times, as
  /// `SurvivalOutcome` has it.
  public static func isBeyond(_ time: Double, _ landmark: Double) -> Bool {
    let gap = time - landmark
    let tolerance = 1.4901161193847656e-8
    return gap > tolerance && gap > tolerance * (time.magnitude + landmark.magnitude) / 2
  }
}

extension SurvivalOutcome {
  /// Restricts follow-up to those who are still under observation after `landmark` and counts time from there.
  ///
  /// A row is kept when its time lies beyond the landmark: what is known about it at the landmark can then be used as a
  /// covariate without looking into the future. Entry before the landmark becomes entry at the landmark.
  ///
  /// - Throws: `SurvivalInputError` for `times` when the landmark is not finite or nobody is left.
  ///
  /// Source: Anderson, Cain and Gelber 1983, doi:10.1200/JCO.1983.1.11.710.
  public func landmark(at landmark: Double) throws(SurvivalInputError) -> Landmark {
    guard landmark.isFinite else { throw SurvivalInputError(.times, .notFinite) }
    let kept = time.indices.filter { Landmark.isBeyond(time[$0], landmark) }
    guard !kept.isEmpty else { throw SurvivalInputError(.times, .empty) }
    let entries = entry.map { entry in kept.map { max(entry[$0] - landmark, 0) } }
    let restarted = try SurvivalOutcome(
      time: kept.map { time[$0] - landmark }, event: kept.map { event[$0] },
      entry: entries, weights: weights.map { weights in kept.map { weights[$0] } })
    let left = time.indices.filter { !Landmark.isBeyond(time[$0], landmark) }
    let events = left.filter { event[$0] != 0 }.count
    return Landmark(
      time: landmark, outcome: restarted, rows: kept, eventsBefore: events,
      censoredBefore: left.count - events)
  }
}
