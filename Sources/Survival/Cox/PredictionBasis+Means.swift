// Mean survival of a population under one stratum's hazard, and its standard error.

import NumericalMethods

extension PredictionBasis {
  /// The mean of the rows' survival and what it depends on.
  struct MeanSurvival {
    let survival: Double
    /// Derivatives by the cumulative hazard at the centre and by the scaled coefficients.
    let slope: Double
    let direction: [Double]
  }

  /// Mean survival of a population at an event time (by index; `nil` before the first).
  ///
  /// - Parameter factors: exponentials of `predictors` of the distinct rows.
  func meanSurvival(of rows: DistinctRows, factors: [Double], at index: Int?) -> MeanSurvival {
    let total = rows.total
    guard let index, total > 0 else {
      let none = [Double](repeating: 0, count: centre.count)
      return MeanSurvival(survival: total > 0 ? 1 : .nan, slope: 0, direction: none)
    }
    let sums = rows.survivalSums(hazard: hazard[index], factors: factors, centre: centre)
    let slope = sums.slopes / total
    let direction = centre.indices.map { column in
      sums.columns[column] / spread[column] / total * hazard[index] - slope * covariateHazard[index, column]
    }
    return MeanSurvival(survival: sums.survival / total, slope: slope, direction: direction)
  }

  /// The standard error of a mean.
  func standardError(of mean: MeanSurvival, at index: Int?) -> Double {
    guard let index else { return 0 }
    let own = mean.slope * mean.slope * hazardVariance[index]
    return Swift.max(own + variance.quadraticForm(mean.direction), 0).squareRoot()
  }

  /// The standard error of the difference of two means of one fit, each of its own stratum or both of one.
  static func standardError(
    of first: MeanSurvival, _ basis: PredictionBasis, at index: Int?, minus second: MeanSurvival,
    _ other: PredictionBasis, at otherIndex: Int?
  ) -> Double {
    let direction = zip(first.direction, second.direction).map { $0 - $1 }
    var variation = basis.variance.quadraticForm(direction)
    if basis.code == other.code {
      let slope = first.slope - second.slope
      variation += index.map { slope * slope * basis.hazardVariance[$0] } ?? 0
    } else {
      variation += index.map { first.slope * first.slope * basis.hazardVariance[$0] } ?? 0
      variation += otherIndex.map { second.slope * second.slope * other.hazardVariance[$0] } ?? 0
    }
    return Swift.max(variation, 0).squareRoot()
  }

  /// What a stratum adds to a sum of means: derivatives by its hazard and by the coefficients.
  struct Share {
    let basis: PredictionBasis
    let index: Int?
    let slope: Double
    let direction: [Double]
  }

  /// The standard error of a sum over strata of one fit; shares of one stratum add up before they are squared.
  static func standardError(of shares: [Share]) -> Double {
    guard let first = shares.first else { return 0 }
    let direction = first.direction.indices.map { column in
      CompensatedSum.of(shares.map { $0.direction[column] })
    }
    var variation = first.basis.variance.quadraticForm(direction)
    for code in Set(shares.map(\.basis.code)).sorted() {
      let own = shares.filter { $0.basis.code == code }
      let slope = CompensatedSum.of(own.map(\.slope))
      guard let share = own.first, let index = share.index else { continue }
      variation += slope * slope * share.basis.hazardVariance[index]
    }
    return Swift.max(variation, 0).squareRoot()
  }
}
