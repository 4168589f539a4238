// One row's contribution to a parametric likelihood, with its derivatives by location and scale or shape.

import NumericalMethods

/// A contribution with first and second derivatives by the location μ and the ancillary parameter a.
struct RowTerms: Sendable {
  var value = 0.0
  var location = 0.0
  var ancillary = 0.0
  var locationLocation = 0.0
  var locationAncillary = 0.0
  var ancillaryAncillary = 0.0

  mutating func add(_ other: RowTerms, times factor: Double) {
    value += factor * other.value
    location += factor * other.location
    ancillary += factor * other.ancillary
    locationLocation += factor * other.locationLocation
    locationAncillary += factor * other.locationAncillary
    ancillaryAncillary += factor * other.ancillaryAncillary
  }
}

/// The families by what a row contributes.
enum ParametricFamily: Sendable {
  /// y = μ + σ z with a = log σ.
  case locationScale(StandardDistribution)
  /// Hazard exp(μ + a t).
  case gompertz

  /// Contribution of a row that ends at y, with the event or without.
  func terms(_ y: Double, hasEvent: Bool, location: Double, ancillary: Double) -> RowTerms {
    switch self {
    case .locationScale(let distribution):
      let scale = Elementary.exp(ancillary)
      let z = (y - location) / scale
      let part = hasEvent ? distribution.logDensity(z) : distribution.logSurvival(z)
      return RowTerms(
        value: part.value - (hasEvent ? ancillary : 0), location: -part.first / scale,
        ancillary: -z * part.first - (hasEvent ? 1 : 0), locationLocation: part.second / (scale * scale),
        locationAncillary: (part.first + z * part.second) / scale,
        ancillaryAncillary: z * part.first + z * z * part.second)
    case .gompertz:
      var terms = Self.gompertzExposure(y, location: location, ancillary: ancillary)
      if hasEvent {
        terms.value += location + ancillary * y
        terms.location += 1
        terms.ancillary += y
      }
      return terms
    }
  }

  /// log S at y.
  func survivalTerms(_ y: Double, location: Double, ancillary: Double) -> RowTerms {
    terms(y, hasEvent: false, location: location, ancillary: ancillary)
  }

  /// −exp(μ) (exp(a t) − 1) / a.
  private static func gompertzExposure(_ t: Double, location: Double, ancillary a: Double) -> RowTerms {
    let rate = Elementary.exp(location)
    let (value, first, second) = GompertzIntegral(a * t).values
    // With u = a t the integral is t E(u): derivatives by a bring a factor t each.
    return RowTerms(
      value: -rate * t * value, location: -rate * t * value, ancillary: -rate * t * t * first,
      locationLocation: -rate * t * value, locationAncillary: -rate * t * t * first,
      ancillaryAncillary: -rate * t * t * t * second)
  }
}

/// E(u) = (exp u − 1) / u with its derivatives, by series near 0.
private struct GompertzIntegral {
  let values: (Double, Double, Double)

  init(_ u: Double) {
    if abs(u) < 0.5 {
      // Σ u^k / (k + 1)! and its derivatives, from the highest power down.
      var coefficient = 1.0
      let coefficients = (1...24).map { k -> Double in
        coefficient /= Double(k)
        return coefficient
      }
      var (value, first, second) = (0.0, 0.0, 0.0)
      for k in coefficients.indices.reversed() {
        value = value * u + coefficients[k]
        if k >= 1 { first = first * u + Double(k) * coefficients[k] }
        if k >= 2 { second = second * u + Double(k * (k - 1)) * coefficients[k] }
      }
      values = (value, first, second)
    } else {
      let e = Elementary.exp(u)
      let value = Elementary.expm1(u) / u
      let first = (e - value) / u
      values = (value, first, (e - 2 * first) / u)
    }
  }
}
