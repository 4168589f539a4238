// Distributions of the response.

import NumericalMethods

/// The distribution of a generalised linear model, its link, and whether its dispersion is estimated.
public struct Family: Sendable, Hashable {
  /// Distribution of the response, which fixes the variance function.
  public enum Distribution: Sendable, Hashable {
    /// Variance constant.
    case gaussian
    /// Variance μ (1 − μ), over the number of trials for proportions.
    case binomial
    /// Variance μ.
    case poisson
    /// Variance φ μ².
    case gamma
    /// Variance φ μ³.
    case inverseGaussian
    /// Variance μ + μ²/θ, θ known.
    case negativeBinomial(theta: Double)
  }

  /// Distribution of the response.
  public let distribution: Distribution
  /// Function of the mean that is linear in the covariates.
  public let link: Link
  /// A quasi family has the variance function but no likelihood: its dispersion is estimated.
  public let isQuasi: Bool

  /// A family; without a link, its canonical or customary one.
  public init(_ distribution: Distribution, link: Link? = nil, isQuasi: Bool = false) {
    self.distribution = distribution
    self.link = link ?? Family.canonicalLink(distribution)
    self.isQuasi = isQuasi
  }

  /// Binomial with logit link.
  public static let logistic = Family(.binomial)
  /// Poisson with log link.
  public static let poisson = Family(.poisson)

  /// The default link of each family, as in R.
  public static func canonicalLink(_ distribution: Distribution) -> Link {
    switch distribution {
    case .gaussian: .identity
    case .binomial: .logit
    case .poisson, .negativeBinomial: .log
    case .gamma: .inverse
    case .inverseGaussian: .inverseSquare
    }
  }

  /// Whether it is Poisson's own, with its variance equal to the mean.
  public var isPoisson: Bool { distribution == .poisson && !isQuasi }

  /// Whether the variance is μ's function alone, without a dispersion to estimate.
  public var hasFixedDispersion: Bool {
    if isQuasi { return false }
    switch distribution {
    case .binomial, .poisson, .negativeBinomial: return true
    case .gaussian, .gamma, .inverseGaussian: return false
    }
  }

  /// The variance function; `complement` is 1 − mean.
  func variance(_ mean: Double, _ complement: Double) -> Double {
    switch distribution {
    case .gaussian: 1
    case .binomial: mean * complement
    case .poisson: mean
    case .gamma: mean * mean
    case .inverseGaussian: mean * mean * mean
    case .negativeBinomial(let theta): mean + mean * mean / theta
    }
  }

  /// Whether a mean can occur.
  func allows(_ mean: Double, _ complement: Double) -> Bool {
    switch distribution {
    case .gaussian: mean.isFinite
    case .binomial: mean >= 0 && complement >= 0
    case .poisson, .gamma, .inverseGaussian, .negativeBinomial: mean >= 0 && mean.isFinite
    }
  }

  /// Twice the loss of log-likelihood against a perfect fit, for weight 1.
  func deviance(_ y: Double, _ mean: Double, _ complement: Double) -> Double {
    switch distribution {
    case .gaussian: return (y - mean) * (y - mean)
    case .binomial:
      if y == 1 { return -2 * Elementary.log(mean) }
      if y == 0 { return -2 * Elementary.log(complement) }
      if mean <= 0 || complement <= 0 { return .infinity }
      return 2 * (SpecialFunctions.deviancePart(y, mean) + SpecialFunctions.deviancePart(1 - y, complement))
    case .poisson:
      if mean == 0 { return y == 0 ? 0 : .infinity }
      return 2 * SpecialFunctions.deviancePart(y, mean)
    case .gamma:
      let ratio = y == 0 ? 1 : y / mean
      return -2 * (Elementary.log(ratio) - (y - mean) / mean)
    case .inverseGaussian: return (y - mean) * (y - mean) / (y * mean * mean)
    case .negativeBinomial(let theta):
      if mean == 0, y > 0 { return .infinity }
      let lead = y > 0 ? y * Elementary.log(y / mean) : 0
      return 2 * (lead - (y + theta) * Elementary.log((y + theta) / (mean + theta)))
    }
  }

  /// Where the fit starts, as R's `mustart`.
  func startingMean(_ y: Double, weight: Double) -> Double {
    switch distribution {
    case .gaussian, .gamma, .inverseGaussian: y
    case .binomial: (weight * y + 0.5) / (weight + 1)
    case .poisson: y + 0.1
    case .negativeBinomial: y == 0 ? 1.0 / 6 : y
    }
  }

  /// The response lies on the edge of what can occur: −1 at the lower, +1 at the upper edge, 0 elsewhere. On an
  /// edge the linear predictor may run away without the likelihood falling.
  func edge(_ y: Double) -> Int {
    switch distribution {
    case .binomial: y == 0 ? -1 : (y == 1 ? 1 : 0)
    case .poisson, .negativeBinomial: y == 0 ? -1 : 0
    case .gaussian, .gamma, .inverseGaussian: 0
    }
  }

  func requirement(_ y: Double) -> ResponseRequirement? {
    switch distribution {
    case .gaussian: nil
    case .binomial: y >= 0 && y <= 1 ? nil : .betweenZeroAndOne
    case .poisson, .negativeBinomial: y >= 0 ? nil : .notNegative
    case .gamma, .inverseGaussian: y > 0 ? nil : .positive
    }
  }
}
