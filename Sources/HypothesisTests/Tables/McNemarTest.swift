// Paired classifications.

import NumericalMethods

/// McNemar's test of symmetry (Bowker's for more than two classes).
public struct McNemarTest: Sendable, Hashable {
  /// nil when some pair of classes has no discordant observations (R gives none either).
  public let statistic: Double?
  /// Degrees of freedom.
  public let degreesOfFreedom: Int
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// 2 × 2: exact binomial test of the discordant counts.
  public let exactPValue: Double?
  /// 2 × 2: the discordant counts, above and below the diagonal.
  public let discordant: [Int]

  /// The continuity correction of 1 applies to unequal discordant counts of a 2 × 2 table. Throws unless the table is
  /// square. **Checked against** mcnemar-mtcars.
  public static func test(_ table: ContingencyTable, continuityCorrection: Bool = true) throws -> McNemarTest
  {
    let size = table.rowCount
    guard size >= 2, table.columnCount == size else { throw TestInputError.tableShape }
    var sum = CompensatedSum()
    var isDefined = true
    for row in 0..<size {
      for column in (row + 1)..<Swift.max(size, row + 1) {
        let above = Double(table.counts[row][column])
        let below = Double(table.counts[column][row])
        guard above + below > 0 else {
          isDefined = false
          continue
        }
        let isCorrected = continuityCorrection && size == 2 && above != below
        let distance = (above - below).magnitude - (isCorrected ? 1 : 0)
        sum.add(distance * distance / (above + below))
      }
    }
    let df = size * (size - 1) / 2
    let discordant = size == 2 ? [table.counts[0][1], table.counts[1][0]] : []
    let exact =
      size == 2
      ? Proportion(successes: discordant[0], trials: discordant[0] + discordant[1])?.binomialTest() : nil
    let statistic = isDefined ? sum.value : nil
    return McNemarTest(
      statistic: statistic, degreesOfFreedom: df,
      pValue: statistic.map { ChiSquaredDistribution.upperTail($0, degreesOfFreedom: Double(df)) },
      exactPValue: exact, discordant: discordant)
  }
}
