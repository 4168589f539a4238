// Fisher's exact test.

import NumericalMethods

/// How an exact p-value was found.
public enum ExactStatus: String, Sendable {
  /// The sum over all tables with the same margins.
  case exact
  /// More tables than the limit allows: no p-value. A simulation can stand in.
  case tooLarge
  /// Estimated from random tables with the same margins.
  case simulated
}

/// Fisher's exact test of independence, for tables of any shape.
public struct FisherExactTest: Sendable, Hashable {
  /// The probability, given the margins, of all tables that are no more probable than this one (within 1e-7, as R).
  public let pValue: Double?
  /// Whether the exact sum was feasible.
  public let status: ExactStatus
  /// 2 × 2: the conditional maximum-likelihood odds ratio; 0 or infinity at the edge.
  public let oddsRatio: Double?
  /// 2 × 2: of the conditional odds ratio, by exact one-sided tests of (1 − level) / 2 each.
  public let limits: Limits
  /// 2 × 2: ad / bc; nil for 0/0.
  public let sampleOddsRatio: Double?

  /// Empty rows and columns do not matter. A table with one row or column left has p-value 1, as nothing can vary
  /// (R refuses one with a single row or column altogether; so do the nil fields for fewer than two in `table`).
  /// **Source** Fisher 1935; Cornfield 1956. **Checked against** fisher-mtcars, fisher-rxc (R's `fisher.test`).
  ///
  /// - Throws: `TestInputError`: `tableShape` for fewer than two rows or columns, `confidenceLevel`.
  public static func test(
    _ table: ContingencyTable, confidenceLevel: Double = 0.95, entryLimit: Int = 1_000_000
  )
    throws -> FisherExactTest
  {
    try Check.level(confidenceLevel)
    guard table.rowCount >= 2, table.columnCount >= 2 else { throw TestInputError.tableShape }
    if table.rowCount == 2, table.columnCount == 2 {
      return ConditionalOddsRatio(table).test(confidenceLevel: confidenceLevel)
    }
    let used = table.withoutEmptyMargins
    let p =
      used.rowCount < 2 || used.columnCount < 2
      ? 1 : FisherEnumeration.pValue(used, entryLimit: entryLimit)
    return FisherExactTest(
      pValue: p, status: p == nil ? .tooLarge : .exact, oddsRatio: nil,
      limits: Limits(lower: nil, upper: nil),
      sampleOddsRatio: nil)
  }

  /// (1 + tables no more probable) / (1 + replicates) among random tables with the same margins, from a seeded
  /// stream. Cost: replicates × total count.
  ///
  /// - Throws: `TestInputError.tableShape` for fewer than two rows or columns.
  public static func simulated(_ table: ContingencyTable, replicates: Int = 10_000, seed: UInt64) throws
    -> FisherExactTest
  {
    guard table.rowCount >= 2, table.columnCount >= 2 else { throw TestInputError.tableShape }
    var generator = RandomGenerator(seed: seed)
    var labels = table.columnTotals.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let rows = table.rowTotals
    let limit = FisherEnumeration.logWeight(table.counts.flatMap { $0 }) + 1e-7
    var rare = 0
    for _ in 0..<Swift.max(0, replicates) {
      for position in 0..<labels.count {
        labels.swapAt(position, position + generator.below(labels.count - position))
      }
      var cells = [Int](repeating: 0, count: rows.count * table.columnCount)
      var position = 0
      for (row, count) in rows.enumerated() {
        for label in labels[position..<(position + count)] { cells[row * table.columnCount + label] += 1 }
        position += count
      }
      if FisherEnumeration.logWeight(cells) <= limit { rare += 1 }
    }
    return FisherExactTest(
      pValue: Double(1 + rare) / Double(1 + Swift.max(0, replicates)), status: .simulated, oddsRatio: nil,
      limits: Limits(lower: nil, upper: nil), sampleOddsRatio: nil)
  }
}
