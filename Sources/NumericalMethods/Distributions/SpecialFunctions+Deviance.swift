// The term that deviances and log-probabilities share.

extension SpecialFunctions {
  /// x log(x/m) + m − x without cancellation for x near m: half the deviance of a Poisson count. For x = 0 it is m.
  public static func deviancePart(_ x: Double, _ mean: Double) -> Double {
    guard mean > 0, x >= 0, x.isFinite, mean.isFinite else { return x == 0 && mean == 0 ? 0 : .nan }
    if x == 0 { return mean }
    let difference = x - mean
    if difference.magnitude < 0.1 * (x + mean) {
      let v = difference / (x + mean)
      var sum = difference * v
      if sum.magnitude < Double.leastNormalMagnitude { return sum }
      var term = 2 * x * v
      let square = v * v
      for order in 1..<1000 {
        term *= square
        let next = sum + term / Double(2 * order + 1)
        if next == sum { return next }
        sum = next
      }
      return sum
    }
    return x * Elementary.log(x / mean) + mean - x
  }
}
