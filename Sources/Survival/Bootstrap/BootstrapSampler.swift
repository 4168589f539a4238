// Rows drawn with replacement, the same ones on every machine.

import NumericalMethods

/// Draws rows, or whole clusters of rows, with replacement.
///
/// Replicate b of seed s is the stream b of `RandomGenerator(seed: s, stream: b)` (xoshiro256++): it depends on nothing else, so
/// that neither threads nor machines show.
public struct BootstrapSampler: Sendable {
  private let rowCount: Int
  private let members: [[Int]]?

  /// - Parameters:
  ///   - rowCount: rows n of the data.
  ///   - clusters: what is drawn as a whole; single rows by default.
  public init(rowCount: Int, clusters: GroupCodes? = nil) {
    self.rowCount = rowCount
    members = clusters.map { clusters in
      var members = [[Int]](repeating: [], count: clusters.count)
      for (row, code) in clusters.codes.enumerated() { members[Int(code)].append(row) }
      return members.filter { !$0.isEmpty }
    }
  }

  /// The rows of one replicate, as often as they were drawn, ascending.
  public func rows(seed: UInt64, replicate: Int) -> [Int] {
    var random = RandomGenerator(seed: seed, stream: UInt64(replicate))
    guard let members else { return random.sampleWithReplacement(rowCount, from: rowCount).sorted() }
    return random.sampleWithReplacement(members.count, from: members.count).flatMap { members[$0] }.sorted()
  }
}

extension SurvivalOutcome {
  /// The rows named, as often as they are named; their times stay as they were merged.
  ///
  /// - Throws: nothing for rows that exist.
  public func resampled(_ rows: [Int]) throws(SurvivalInputError) -> SurvivalOutcome {
    try SurvivalOutcome(
      time: rows.map { time[$0] }, event: rows.map { event[$0] },
      entry: entry.map { entry in rows.map { entry[$0] } },
      weights: weights.map { weights in rows.map { weights[$0] } }, mergesNearEqualTimes: false,
      allowsNegativeTimes: true)
  }
}

extension GroupCodes {
  /// The codes of the rows named.
  ///
  /// - Throws: nothing for rows that exist.
  public func resampled(_ rows: [Int]) throws(SurvivalInputError) -> GroupCodes {
    try GroupCodes(codes: rows.map { codes[$0] }, names: names)
  }
}

extension CoxModel {
  /// The same model on the rows named, as often as they are named. Bases of splines stay those of all rows.
  ///
  /// - Throws: `SurvivalInputError` for `event` when none of the rows has one.
  public func resampled(_ rows: [Int]) throws(SurvivalInputError) -> CoxModel {
    let columns = design.columns.map { CoxColumn(name: $0.name, values: $0.values.gathered(rows)) }
    var own = options
    own.threads = 1
    own.isRobust = false
    return try CoxModel(
      outcome: try outcome.resampled(rows),
      design: try CoxDesign(rowCount: rows.count, columns: columns, terms: design.terms),
      strata: try strata?.resampled(rows), offset: offset.map { offset in rows.map { offset[$0] } },
      options: own)
  }
}
