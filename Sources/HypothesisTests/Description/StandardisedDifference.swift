// How far two groups lie apart, in units of their spread.

import NumericalMethods

/// Standardised differences: the balance of two groups without regard to their sizes.
///
/// Unlike a P value it does not grow with the number of rows; 0.1 is the usual mark of imbalance.
/// Each is first minus second group.
///
/// Source: Austin PC. Stat Med 2009;28:3083–107; several levels: Yang D, Dalton JE. SAS Global Forum 2012, 335.
/// Checked against: describe `smd` cases, `t1` by hand.
public enum StandardisedDifference {
  /// (mean₁ − mean₂) / √((s₁² + s₂²) / 2).
  ///
  /// - Returns: 0 where both means and spreads agree and there is no spread; not-a-number where a mean or a
  ///   variance is missing, or means differ without any spread.
  public static func ofMeans(_ first: NumericSample, _ second: NumericSample) -> Double {
    // About the first value: the difference of two means like 1e9 would lose its digits.
    let origin = first.values.first ?? 0
    func mean(_ sample: NumericSample) -> Double {
      origin.isFinite
        ? CompensatedSum.of(sample.values.map { $0 - origin }) / Double(sample.count) : sample.mean
    }
    return ratio(mean(first) - mean(second), (first.variance + second.variance) / 2)
  }

  /// The same of weighted means and variances: balance after weighting, as tableone's `svyCreateTableOne` has it.
  ///
  /// - Returns: as for unweighted samples.
  public static func ofMeans(_ first: WeightedSample, _ second: WeightedSample) -> Double {
    ratio(first.mean - second.mean, (first.variance + second.variance) / 2)
  }

  /// (p₁ − p₂) / √((p₁(1 − p₁) + p₂(1 − p₂)) / 2) for the share that has a feature.
  ///
  /// - Parameters: counts, or sums of weights.
  public static func ofProportions(
    _ firstCount: Double, of firstTotal: Double, _ secondCount: Double, of secondTotal: Double
  ) -> Double {
    let first = firstCount / firstTotal
    let second = secondCount / secondTotal
    return ratio(first - second, (first * (1 - first) + second * (1 - second)) / 2)
  }

  /// √((p₁ − p₂)ᵀ S⁻¹ (p₁ − p₂)) over all levels but one, S the mean of the two multinomial covariances: the
  /// Mahalanobis distance of the distributions, never negative. With two levels the size of `ofProportions`.
  ///
  /// Which level is left out does not matter, nor does a level without rows in both groups.
  /// - Parameters: counts per level, or sums of weights, in the same order.
  /// - Returns: not-a-number where a group is empty, or where the groups share no level, so that S is singular.
  public static func ofLevels(_ firstCounts: [Double], _ secondCounts: [Double]) -> Double {
    let firstTotal = firstCounts.reduce(0, +)
    let secondTotal = secondCounts.reduce(0, +)
    guard firstTotal > 0, secondTotal > 0 else { return .nan }
    let shares = zip(firstCounts, secondCounts).filter { $0 + $1 > 0 }.map {
      (first: $0 / firstTotal, second: $1 / secondTotal)
    }
    // The commonest level is left out, so that S is as well conditioned as it can be.
    let largest = shares.indices.max {
      shares[$0].first + shares[$0].second < shares[$1].first + shares[$1].second
    }
    let kept = shares.indices.filter { $0 != largest }.map { shares[$0] }
    guard !kept.isEmpty else { return 0 }
    var covariance = Matrix(rowCount: kept.count, columnCount: kept.count)
    for row in kept.indices {
      for column in kept.indices {
        let (a, b) = (kept[row], kept[column])
        covariance[row, column] =
          row == column
          ? (a.first * (1 - a.first) + a.second * (1 - a.second)) / 2
          : -(a.first * b.first + a.second * b.second) / 2
      }
    }
    let difference = kept.map { $0.first - $0.second }
    if difference.allSatisfy({ $0 == 0 }) { return 0 }
    let factorization = CholeskyFactorization(covariance)
    guard factorization.rank == kept.count else { return .nan }
    let solved = factorization.solve(difference)
    return max(zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }, 0).squareRoot()
  }

  private static func ratio(_ difference: Double, _ variance: Double) -> Double {
    if difference == 0, variance == 0 { return 0 }
    guard variance > 0 else { return .nan }
    return difference / variance.squareRoot()
  }
}
