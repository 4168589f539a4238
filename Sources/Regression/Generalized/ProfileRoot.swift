// Walks out along a profile until it has fallen far enough, and finds where.

import NumericalMethods

enum ProfileRoot {
  /// The parameter value in `direction` (±1) from `estimate` at which `signedRoot` (√ of twice the drop of the
  /// log-likelihood) reaches `width`; ±infinity when it levels off below, nil when it cannot be evaluated.
  static func limit(
    from estimate: Double, direction: Double, step: Double, width: Double, growing: Bool,
    _ signedRoot: (Double) -> Double
  ) -> Double? {
    guard step > 0, step.isFinite else { return nil }
    var near = estimate
    var far = estimate
    var length = step
    var last = 0.0
    var isReached = false
    for attempt in 0..<60 {
      if attempt >= 3 || growing { length *= 1.5 }
      near = far
      far += direction * length
      let value = signedRoot(far)
      guard value.isFinite, far.isFinite else { return nil }
      if value >= width {
        isReached = true
        break
      }
      // Far out and no longer rising: the likelihood has a floor on this side.
      if attempt >= 12, value - last < 1e-9 { break }
      last = value
    }
    guard isReached else { return direction * .infinity }
    let tolerance = 1e-12 * Swift.max(near.magnitude, far.magnitude)
    let root = BrentRoot.find(low: near, high: far, tolerance: tolerance) { signedRoot($0) - width }
    return root.status == .converged ? root.x : nil
  }
}
