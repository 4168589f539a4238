// Roots of functions of one variable.

/// How a search ended.
public enum SearchStatus: String, Sendable {
  /// The bracket shrank to the tolerance.
  case converged
  /// The limit of iterations was reached first.
  case iterationLimit
  /// The function has the same sign at both ends: nothing says that there is a root between.
  case noSignChange
  /// The function was not a number at a point that was tried.
  case notFinite
}

/// A zero that was found, and how.
public struct Root: Sendable {
  /// Where the function is zero.
  public let x: Double
  /// The function there.
  public let value: Double
  /// Iterations used.
  public let iterations: Int
  /// How the search ended.
  public let status: SearchStatus
}

/// Brent's method (1973): bisection, secant and inverse quadratic interpolation between two signs.
public enum BrentRoot {
  /// A zero of `function` between `low` and `high`, to about `tolerance` plus 2 ulp of x.
  public static func find(
    low: Double, high: Double, tolerance: Double = 0, iterationLimit: Int = 200,
    _ function: (Double) -> Double
  ) -> Root {
    var a = low
    var b = high
    var fa = function(a)
    var fb = function(b)
    guard fa.isNaN == false, fb.isNaN == false else {
      return Root(x: .nan, value: .nan, iterations: 0, status: .notFinite)
    }
    if fa == 0 { return Root(x: a, value: 0, iterations: 0, status: .converged) }
    if fb == 0 { return Root(x: b, value: 0, iterations: 0, status: .converged) }
    guard (fa < 0) != (fb < 0) else {
      return Root(x: .nan, value: .nan, iterations: 0, status: .noSignChange)
    }
    var c = a
    var fc = fa
    var step = b - a
    var previousStep = step
    for iteration in 1...Swift.max(1, iterationLimit) {
      if (fb > 0) == (fc > 0) {
        c = a
        fc = fa
        step = b - a
        previousStep = step
      }
      if fc.magnitude < fb.magnitude {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let limit = 2 * Double.ulpOfOne * b.magnitude + 0.5 * tolerance
      let middle = 0.5 * (c - b)
      if middle.magnitude <= limit || fb == 0 {
        return Root(x: b, value: fb, iterations: iteration, status: .converged)
      }
      if previousStep.magnitude >= limit, fa.magnitude > fb.magnitude, fa.isFinite {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
          p = 2 * middle * s
          q = 1 - s
        } else {
          let ratio = fa / fc
          let r = fb / fc
          p = s * (2 * middle * ratio * (ratio - r) - (b - a) * (r - 1))
          q = (ratio - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q }
        p = p.magnitude
        if 2 * p < Swift.min(3 * middle * q - (limit * q).magnitude, (previousStep * q).magnitude) {
          previousStep = step
          step = p / q
        } else {
          step = middle
          previousStep = middle
        }
      } else {
        step = middle
        previousStep = middle
      }
      a = b
      fa = fb
      b += step.magnitude > limit ? step : (middle > 0 ? limit : -limit)
      fb = function(b)
      if fb.isNaN { return Root(x: b, value: fb, iterations: iteration, status: .notFinite) }
    }
    return Root(x: b, value: fb, iterations: iterationLimit, status: .iterationLimit)
  }
}
