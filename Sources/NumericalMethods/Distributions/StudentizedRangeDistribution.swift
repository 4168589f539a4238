// The studentised range of normal samples.

/// The range of `groups` standard normal values divided by an independent √(χ²/df), for Tukey's comparisons.
/// Both integrals by the trapezoidal rule, which converges faster than any power for these integrands; upper tails
/// are summed as such and keep their relative digits.
public enum StudentizedRangeDistribution {
  /// P(Q > q).
  public static func upperTail(_ q: Double, groups: Double, degreesOfFreedom: Double) -> Double {
    guard !q.isNaN, groups >= 2, groups.isFinite, degreesOfFreedom > 0 else { return .nan }
    if q <= 0 { return 1 }
    if q == .infinity { return 0 }
    if degreesOfFreedom > 1e7 { return rangeUpperTail(q, groups) }
    // s = exp(u) has log-density log C + ν u − ν e^{2u} / 2.
    let df = degreesOfFreedom
    let half = df / 2
    let constant = 0.6931471805599453 + half * Elementary.log(half) - SpecialFunctions.logGamma(half)
    let deviation = 1 / (2 * df).squareRoot()
    let step = Swift.min(0.06, 0.4 * deviation)
    let low = -Swift.min(45 / df + 12 * deviation, 60)
    let high = Swift.min(12 * deviation, 3)
    var sum = CompensatedSum()
    var index = (low / step).rounded(.down)
    while index * step <= high {
      let u = index * step
      let density = Elementary.exp(constant + df * u - half * Elementary.exp(2 * u))
      if density > 0 { sum.add(density * rangeUpperTail(q * Elementary.exp(u), groups)) }
      index += 1
    }
    return Swift.min(1, sum.value * step)
  }

  /// P(Q ≤ q).
  public static func cumulative(_ q: Double, groups: Double, degreesOfFreedom: Double) -> Double {
    1 - upperTail(q, groups: groups, degreesOfFreedom: degreesOfFreedom)
  }

  /// q with P(Q ≤ q) = p.
  public static func quantile(_ p: Double, groups: Double, degreesOfFreedom: Double) -> Double {
    guard p >= 0, p <= 1, groups >= 2, degreesOfFreedom > 0 else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    var high = 4.0
    for _ in 0..<200 {
      if upperTail(high, groups: groups, degreesOfFreedom: degreesOfFreedom) < 1 - p { break }
      high *= 1.6
    }
    let root = BrentRoot.find(low: 0, high: high, tolerance: 1e-11) {
      upperTail($0, groups: groups, degreesOfFreedom: degreesOfFreedom) - (1 - p)
    }
    return root.status == .converged ? root.x : .nan
  }

  /// P(range > w) = k ∫ φ(z) (Φ(z)^{k−1} − (Φ(z) − Φ(z − w))^{k−1}) dz, z the greatest of the k values.
  private static func rangeUpperTail(_ w: Double, _ groups: Double) -> Double {
    if w <= 0 { return 1 }
    let step = 0.125
    let others = groups - 1
    var sum = CompensatedSum()
    var z = -8.5
    let end = Swift.min(38, w + 9)
    while z <= end {
      let below = NormalDistribution.cumulative(z)
      let out = NormalDistribution.cumulative(z - w)
      if below > 0, out > 0 {
        let ratio = Swift.min(1, out / below)
        let kept = ratio >= 1 ? 1 : -Elementary.expm1(others * Elementary.log1p(-ratio))
        sum.add(NormalDistribution.density(z) * Elementary.exp(others * Elementary.log(below)) * kept)
      }
      z += step
    }
    return Swift.min(1, groups * step * sum.value)
  }
}
