// Minima of functions of one variable.

/// A minimum that was found, and how.
public struct Minimum: Sendable {
  /// Where the function is least.
  public let x: Double
  /// The function there.
  public let value: Double
  /// Iterations used.
  public let iterations: Int
  /// How the search ended.
  public let status: SearchStatus
}

/// Brent's minimiser (1973): parabolas through three points, golden sections where they fail.
public enum BrentMinimum {
  /// A local minimum of `function` in [low, high]; values that are not a number count as infinite.
  public static func find(
    low: Double, high: Double, tolerance: Double = 1e-9, iterationLimit: Int = 200,
    _ function: (Double) -> Double
  ) -> Minimum {
    let golden = 0.381_966_011_250_105_1
    func evaluate(_ x: Double) -> Double {
      let value = function(x)
      return value.isNaN ? .infinity : value
    }
    var a = low
    var b = high
    var x = a + golden * (b - a)
    var w = x
    var v = x
    var fx = evaluate(x)
    var fw = fx
    var fv = fx
    var step = 0.0
    var previousStep = 0.0
    for iteration in 1...Swift.max(1, iterationLimit) {
      let middle = 0.5 * (a + b)
      let limit = 1.5e-8 * x.magnitude + tolerance / 3
      if (x - middle).magnitude <= 2 * limit - 0.5 * (b - a) {
        return Minimum(x: x, value: fx, iterations: iteration, status: .converged)
      }
      var takesGoldenStep = true
      if previousStep.magnitude > limit {
        let r = (x - w) * (fx - fv)
        var q = (x - v) * (fx - fw)
        var p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p } else { q = -q }
        let before = previousStep
        previousStep = step
        if p.magnitude < (0.5 * q * before).magnitude, p > q * (a - x), p < q * (b - x) {
          step = p / q
          let u = x + step
          if u - a < 2 * limit || b - u < 2 * limit { step = x < middle ? limit : -limit }
          takesGoldenStep = false
        }
      }
      if takesGoldenStep {
        previousStep = x < middle ? b - x : a - x
        step = golden * previousStep
      }
      let u = x + (step.magnitude >= limit ? step : (step > 0 ? limit : -limit))
      let fu = evaluate(u)
      if fu <= fx {
        if u < x { b = x } else { a = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return Minimum(x: x, value: fx, iterations: iterationLimit, status: .iterationLimit)
  }
}
