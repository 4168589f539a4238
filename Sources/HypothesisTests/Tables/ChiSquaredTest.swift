// Pearson's test of independence.

import NumericalMethods

/// Σ (O − E)² / E.
public struct ChiSquaredTest: Sendable, Hashable {
  /// nil when a row or column is empty or there is only one (R gives none either); drop empty margins first if the
  /// empty level is not part of the question.
  public let statistic: Double?
  /// Degrees of freedom.
  public let degreesOfFreedom: Int
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
  public let pValue: Double?
  /// Under independence.
  public let expected: [[Double]]
  /// Below 5 the approximation is doubtful.
  public let leastExpected: Double?

  /// Yates's correction (½, or |O − E| where that is less) applies to 2 × 2 tables only, as in R's `chisq.test`.
  /// **Checked against** chi-mtcars-TRUE, chi-mtcars-FALSE, chi-quine.
  public static func test(_ table: ContingencyTable, continuityCorrection: Bool = true) -> ChiSquaredTest {
    let rows = table.rowTotals
    let columns = table.columnTotals
    let total = Double(table.total)
    let expected = rows.map { row in columns.map { total > 0 ? Double(row) * Double($0) / total : 0 } }
    let df = Swift.max(0, (rows.count - 1) * (columns.count - 1))
    let least = expected.joined().min()
    guard df > 0, let least, least > 0 else {
      return ChiSquaredTest(
        statistic: nil, degreesOfFreedom: df, pValue: nil, expected: expected, leastExpected: least)
    }
    let cells = zip(table.counts, expected).flatMap { zip($0, $1).map { (Double($0), $1) } }
    let isCorrected = continuityCorrection && rows.count == 2 && columns.count == 2
    let correction = isCorrected ? cells.reduce(0.5) { Swift.min($0, ($1.0 - $1.1).magnitude) } : 0
    let statistic = CompensatedSum.of(
      cells.map { observed, expected in
        let distance = (observed - expected).magnitude - correction
        return distance * distance / expected
      })
    return ChiSquaredTest(
      statistic: statistic, degreesOfFreedom: df,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: Double(df)), expected: expected,
      leastExpected: least)
  }
}
