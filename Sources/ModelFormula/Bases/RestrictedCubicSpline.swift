// Restricted cubic splines as Harrell's rcs().

/// Cubic between its knots, linear beyond the outer ones.
///
/// With k knots t the columns are x, and for each knot j but the last two
///
///     c(t_j) - c(t_{k-1}) (t_k - t_j)/(t_k - t_{k-1}) + c(t_k) (t_{k-1} - t_j)/(t_k - t_{k-1})
///
/// where c(t) is ((x - t)/(t_k - t_1)^(2/3))^3 above t and 0 below, which keeps them in the units of x.
///
/// Source: Harrell, Regression Modeling Strategies, 2nd ed. (2015), section 2.4.5; Hmisc::rcspline.eval, norm
/// = 2.
enum RestrictedCubicSpline {
  static func write(_ x: Double, _ knots: [Double], into row: inout [Double]) {
    row[0] = x
    guard knots.count >= 3 else { return }
    let (first, beforeLast, last) = (knots[0], knots[knots.count - 2], knots[knots.count - 1])
    let scale = (last - first) * (last - first)
    func cube(_ knot: Double) -> Double {
      let distance = max(x - knot, 0)
      return distance * distance * distance
    }
    let (lastCube, beforeCube) = (cube(last), cube(beforeLast))
    for column in 1..<min(row.count, knots.count - 1) {
      let knot = knots[column - 1]
      let tail = ((beforeLast - knot) * lastCube - (last - knot) * beforeCube) / (last - beforeLast)
      row[column] = (cube(knot) + tail) / scale
    }
  }

  /// Harrell's default places: quantiles between 0.05 and 0.95 (0.10 and 0.90 for three knots, 0.025 and
  /// 0.975 for seven and more), the outermost at the fifth value from either end below 100 observations;
  /// where one value at an end holds 5% or more of the data, the outer knot is the next value.
  static func defaultKnots(_ sorted: SortedValues, count: Int) throws(FittedBasis.Fault) -> [Double] {
    guard sorted.count >= 6 else {
      throw FittedBasis.Fault(
        message: "rcs() needs six values to place its knots, here are \(sorted.count)",
        remedy: "give the knots: rcs(x, c(…))")
    }
    let distinct = sorted.distinct
    let knots =
      distinct.count - 2 <= count ? Array(distinct.dropFirst().dropLast()) : quantiles(sorted, count)
    let unique = Array(Set(knots)).sorted()
    guard unique.count >= 3 else {
      throw FittedBasis.Fault(
        message: "rcs() finds fewer than three different knots", remedy: "give the knots: rcs(x, c(…))")
    }
    return unique
  }

  private static func quantiles(_ sorted: SortedValues, _ count: Int) -> [Double] {
    let outer = count > 6 ? 0.025 : count > 3 ? 0.05 : 0.1
    let (first, last) = heavyEnds(sorted)
    let inner = sorted.within { value in
      (first.map { value > $0 } ?? true) && (last.map { value < $0 } ?? true)
    }
    var open = count - (first == nil ? 0 : 1) - (last == nil ? 0 : 1)
    func places(_ count: Int, from low: Double) -> [Double] {
      (0..<count).map { low + (1 - outer - low) * Double($0) / Double(max(count - 1, 1)) }
    }
    guard open > 1 else { return [first, last].compactMap(\.self) + [inner.quantile(0.5)] }
    var knots = places(open, from: open == 2 ? 0.5 : outer).map(inner.quantile)
    if Set(knots).count < min(open, 3) {
      // Too many equal values: twice as many quantiles, of which enough differ.
      knots = places(2 * open, from: outer).map(inner.quantile)
      open = knots.count
    }
    if inner.count < 100, inner.count >= 5 {
      if first == nil { knots[0] = inner[4] }
      if last == nil { knots[open - 1] = inner[inner.count - 5] }
    }
    return [first, last].compactMap(\.self) + knots
  }

  /// The second and the last but one value, where the ends hold 5% or more and nothing between them does.
  private static func heavyEnds(_ sorted: SortedValues) -> (first: Double?, last: Double?) {
    let limit = 0.05 * Double(sorted.count)
    let isHeavy = sorted.distinct.indices.map { Double(sorted.count(at: $0)) >= limit }
    guard isHeavy.count >= 4, !isHeavy.dropFirst().dropLast().contains(true) else { return (nil, nil) }
    return (
      isHeavy.first == true ? sorted.distinct[1] : nil,
      isHeavy.last == true ? sorted.distinct[sorted.distinct.count - 2] : nil
    )
  }
}
