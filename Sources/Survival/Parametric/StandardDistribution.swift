// Log density and log survival of the standard distributions, with two derivatives.

import NumericalMethods

/// A function's value and first two derivatives.
struct Derivatives: Sendable {
  var value: Double
  var first: Double
  var second: Double
}

/// The standard distribution of z in a location–scale family; log-concave in every case.
enum StandardDistribution: Sendable {
  case extremeValue
  case logistic
  case gaussian
  /// Prentice's log-gamma with shape Q.
  case logGamma(shape: Double)

  func logDensity(_ z: Double) -> Derivatives {
    switch self {
    case .extremeValue:
      let e = Elementary.exp(z)
      return Derivatives(value: z - e, first: 1 - e, second: -e)
    case .logistic:
      let p = Elementary.logistic(z)
      return Derivatives(value: z - 2 * Self.softPlus(z), first: 1 - 2 * p, second: -2 * p * (1 - p))
    case .gaussian:
      return Derivatives(value: -z * z / 2 - 0.918_938_533_204_672_7, first: -z, second: -1)
    case .logGamma(let shape): return LogGammaShape(shape).logDensity(z)
    }
  }

  func logSurvival(_ z: Double) -> Derivatives {
    switch self {
    case .extremeValue:
      let e = Elementary.exp(z)
      return Derivatives(value: -e, first: -e, second: -e)
    case .logistic:
      let p = Elementary.logistic(z)
      return Derivatives(value: -Self.softPlus(z), first: -p, second: -p * (1 - p))
    case .gaussian:
      let hazard = Self.gaussianHazard(z)
      let value =
        z < 30
        ? Elementary.log(NormalDistribution.upperTail(z)) : logDensity(z).value - Elementary.log(hazard)
      return Derivatives(value: value, first: -hazard, second: -hazard * (hazard - z))
    case .logGamma(let shape): return LogGammaShape(shape).logSurvival(z)
    }
  }

  /// z with P(Z ≤ z) = p.
  func quantile(_ p: Double) -> Double {
    switch self {
    case .extremeValue: Elementary.log(-Elementary.log1p(-p))
    case .logistic: Elementary.log(p) - Elementary.log1p(-p)
    case .gaussian: NormalDistribution.quantile(p)
    case .logGamma(let shape): LogGammaShape(shape).quantile(p)
    }
  }

  /// log(1 + exp z) without overflow.
  private static func softPlus(_ z: Double) -> Double {
    z > 0 ? z + Elementary.log1p(Elementary.exp(-z)) : Elementary.log1p(Elementary.exp(z))
  }

  /// φ(z) / Q(z); by continued fraction in the far tail.
  private static func gaussianHazard(_ z: Double) -> Double {
    guard z >= 30 else { return NormalDistribution.density(z) / NormalDistribution.upperTail(z) }
    var fraction = z
    for k in stride(from: 12, through: 1, by: -1) { fraction = z + Double(k) / fraction }
    return fraction
  }
}
