// The log-gamma distribution of the generalised gamma family.

import NumericalMethods

/// The log-gamma distribution with shape Q: exp(Q z) / Q² is gamma distributed with shape 1/Q². Normal at Q = 0.
struct LogGammaShape: Sendable {
  /// Below this |Q| the incomplete gamma function would lose more digits than the expansion about the normal does.
  private static let expansionLimit = 1e-5

  private let shape: Double
  /// 1/Q².
  private let gammaShape: Double
  private let constant: Double

  init(_ shape: Double) {
    self.shape = shape
    gammaShape = 1 / (shape * shape)
    let k = gammaShape
    if k > 30 {
      // k log k − log Γ(k) − k + log |Q| by Stirling's series.
      constant =
        -0.918_938_533_204_672_7 - 1 / (12 * k) + 1 / (360 * k * k * k) - 1 / (1260 * k * k * k * k * k)
    } else {
      constant = Elementary.log(abs(shape)) + k * Elementary.log(k) - SpecialFunctions.logGamma(k) - k
    }
  }

  func logDensity(_ z: Double) -> Derivatives {
    let u = shape * z
    let e = Elementary.exp(u)
    let first = shape == 0 ? -z : -Elementary.expm1(u) / shape
    return Derivatives(value: constant - Self.excess(u, z: z, gammaShape), first: first, second: -e)
  }

  /// (exp u − 1 − u) / Q² with u = Q z.
  private static func excess(_ u: Double, z: Double, _ gammaShape: Double) -> Double {
    guard abs(u) < 0.1 else { return gammaShape * (Elementary.exp(u) - 1 - u) }
    // z² (1/2 + u/6 + u²/24 + …)
    var term = 0.5
    var sum = 0.0
    for k in 3...14 {
      sum += term
      term *= u / Double(k)
    }
    return z * z * sum
  }

  func logSurvival(_ z: Double) -> Derivatives {
    let survival: Double
    if abs(shape) < Self.expansionLimit {
      survival = NormalDistribution.upperTail(z) - shape / 6 * NormalDistribution.density(z) * (z * z + 2)
    } else {
      let x = gammaShape * Elementary.exp(shape * z)
      survival =
        shape > 0
        ? GammaDistribution.upperTail(x, shape: gammaShape)
        : GammaDistribution.cumulative(x, shape: gammaShape)
    }
    let density = logDensity(z)
    let logSurvival = Elementary.log(survival)
    let hazard = Elementary.exp(density.value - logSurvival)
    return Derivatives(value: logSurvival, first: -hazard, second: -hazard * (density.first + hazard))
  }

  func quantile(_ p: Double) -> Double {
    guard abs(shape) >= Self.expansionLimit else {
      let z = NormalDistribution.quantile(p)
      return z - shape / 6 * (z * z + 2)
    }
    let x =
      shape > 0
      ? GammaDistribution.quantile(p, shape: gammaShape)
      : GammaDistribution.upperQuantile(p, shape: gammaShape)
    return Elementary.log(x / gammaShape) / shape
  }
}
