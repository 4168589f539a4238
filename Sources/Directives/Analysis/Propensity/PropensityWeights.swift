// Weights that make treated and controls alike.

import NumericalMethods

/// Inverse-probability weights of one estimand.
struct PropensityWeights: Sendable {
  enum Estimand: String, CaseIterable, Sendable {
    /// The average effect in all rows.
    case everyone = "ATE"
    /// In the treated.
    case treated = "ATT"
    /// In the controls.
    case controls = "ATC"
    /// In those who could have been either (overlap weights).
    case overlap = "ATO"

    var words: String {
      switch self {
      case .everyone: "average effect in all (ATE)"
      case .treated: "average effect in the treated (ATT)"
      case .controls: "average effect in the controls (ATC)"
      case .overlap: "average effect in the overlap (ATO)"
      }
    }
  }

  let scores: [Double]
  let weights: [Double]
  let isTreated: [Bool]

  /// Weights that are known: those of matched sets.
  init(scores: [Double], weights: [Double], isTreated: [Bool]) {
    self.scores = scores
    self.weights = weights
    self.isTreated = isTreated
  }

  /// - Parameter truncation: weights beyond this share at either end are set to the limit; 0 for none.
  init(
    scores: [Double], isTreated: [Bool], estimand: Estimand, isStabilised: Bool, truncation: Double
  ) {
    self.scores = scores
    self.isTreated = isTreated
    let share = Double(isTreated.count { $0 }) / Double(max(isTreated.count, 1))
    var weights = zip(scores, isTreated).map { score, treated -> Double in
      switch estimand {
      case .everyone:
        let weight = treated ? 1 / score : 1 / (1 - score)
        return isStabilised ? weight * (treated ? share : 1 - share) : weight
      case .treated: return treated ? 1 : score / (1 - score)
      case .controls: return treated ? (1 - score) / score : 1
      case .overlap: return treated ? 1 - score : score
      }
    }
    if truncation > 0 {
      let sorted = SampleQuantile.sortedValues(weights)
      let low = SampleQuantile.quantile(ofSorted: sorted, truncation)
      let high = SampleQuantile.quantile(ofSorted: sorted, 1 - truncation)
      weights = weights.map { min(max($0, low), high) }
    }
    self.weights = weights
  }

  /// (Σw)² / Σw² among the treated or the controls.
  func effectiveSampleSize(treated: Bool) -> Double {
    var (sum, squares) = (CompensatedSum(), CompensatedSum())
    for (weight, isTreated) in zip(weights, isTreated) where isTreated == treated {
      sum.add(weight)
      squares.add(weight * weight)
    }
    return sum.value * sum.value / squares.value
  }

  /// How a covariate differs between the groups: means or shares, and the standardised difference.
  struct Balance: Sendable {
    /// What has been taken from the four means.
    let origin: Double
    let treated: Double
    let control: Double
    let weightedTreated: Double
    let weightedControl: Double
    /// The root of the mean of both groups' unweighted variances: the unit before and after weighting.
    let spread: Double

    /// Treated minus control.
    var before: Double { spread > 0 ? (treated - control) / spread : treated == control ? 0 : .nan }
    var after: Double {
      spread > 0
        ? (weightedTreated - weightedControl) / spread : weightedTreated == weightedControl ? 0 : .nan
    }
  }
}
