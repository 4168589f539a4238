// Restricted cubic splines as Harrell's rcs().

import Expressions

/// Cubic between its knots, linear beyond the outer ones.
///
/// Columns: x, and for each knot j but the last two, with k knots t,
/// [(x - t_j)+^3 - (x - t_{k-1})+^3 (t_k - t_j)/(t_k - t_{k-1}) + (x - t_k)+^3 (t_{k-1} - t_j)/(t_k - t_{k-1})] / (t_k - t_1)^2,
/// which keeps them in the units of x.
///
/// Source: Harrell, Regression Modeling Strategies, 2nd ed. (2015), section 2.4.5; Hmisc::rcspline.eval, norm = 2.
enum RestrictedCubicSpline {
  static func row(_ x: Double, _ knots: [Double]) -> [Double] {
    guard let first = knots.first, let last = knots.last, knots.count >= 3 else { return [x] }
    let beforeLast = knots[knots.count - 2]
    let scale = (last - first) * (last - first)
    func cube(_ knot: Double) -> Double {
      let distance = max(x - knot, 0)
      return distance * distance * distance
    }
    return [x]
      + knots.dropLast(2).map { knot in
        (cube(knot)
          + ((beforeLast - knot) * cube(last) - (last - knot) * cube(beforeLast)) / (last - beforeLast))
          / scale
      }
  }

  /// Harrell's default places: quantiles between 0.05 and 0.95 (0.10 and 0.90 for three knots, 0.025 and 0.975 for
  /// seven and more), the outermost at the fifth value from either end below 100 observations; where one value at
  /// an end holds 5% or more of the data, the outer knot is the next value.
  static func defaultKnots(_ sorted: [Double], count: Int) throws(FittedBasis.Fault) -> [Double] {
    guard sorted.count >= 6 else {
      throw FittedBasis.Fault(
        message: "rcs() needs six values to place its knots, here are \(sorted.count)",
        remedy: "give the knots: rcs(x, c(…))")
    }
    let distinct = Array(Set(sorted)).sorted()
    let knots =
      distinct.count - 2 <= count
      ? Array(distinct.dropFirst().dropLast()) : quantiles(sorted, distinct, count)
    let unique = Array(Set(knots)).sorted()
    guard unique.count >= 3 else {
      throw FittedBasis.Fault(
        message: "rcs() finds fewer than three different knots", remedy: "give the knots: rcs(x, c(…))")
    }
    return unique
  }

  private static func quantiles(_ sorted: [Double], _ distinct: [Double], _ count: Int) -> [Double] {
    let outer = count > 6 ? 0.025 : count > 3 ? 0.05 : 0.1
    let (first, last) = heavyEnds(sorted, distinct)
    let inner = sorted.filter { value in
      (first.map { value > $0 } ?? true) && (last.map { value < $0 } ?? true)
    }
    var open = count - (first == nil ? 0 : 1) - (last == nil ? 0 : 1)
    func places(_ count: Int, from low: Double) -> [Double] {
      (0..<count).map { low + (1 - outer - low) * Double($0) / Double(max(count - 1, 1)) }
    }
    var knots: [Double]
    if open == 1 {
      knots = [Aggregate.quantile(inner, 0.5)]
    } else {
      knots = places(open, from: open == 2 ? 0.5 : outer).map { Aggregate.quantile(inner, $0) }
      if Set(knots).count < min(open, 3) {
        // Too many equal values: twice as many quantiles, of which enough differ.
        knots = places(2 * open, from: outer).map { Aggregate.quantile(inner, $0) }
        open = knots.count
      }
      if inner.count < 100, inner.count >= 5 {
        if first == nil { knots[0] = inner[4] }
        if last == nil, knots.indices.contains(open - 1) { knots[open - 1] = inner[inner.count - 5] }
      }
    }
    return [first, last].compactMap(\.self) + knots
  }

  /// The second and the last but one value, where the ends hold 5% or more and nothing between them does.
  private static func heavyEnds(_ sorted: [Double], _ distinct: [Double]) -> (first: Double?, last: Double?) {
    var counts: [Double: Int] = [:]
    for value in sorted { counts[value, default: 0] += 1 }
    let limit = 0.05 * Double(sorted.count)
    let isHeavy = distinct.map { Double(counts[$0] ?? 0) >= limit }
    guard distinct.count >= 4, !isHeavy.dropFirst().dropLast().contains(true) else { return (nil, nil) }
    return (
      isHeavy.first == true ? distinct[1] : nil, isHeavy.last == true ? distinct[distinct.count - 2] : nil
    )
  }
}
