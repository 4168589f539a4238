// B-splines on given knots, and their derivatives.

/// The basis of splines of an order (degree + 1) on a knot sequence, as R's `splineDesign`.
///
/// Source: de Boor, A Practical Guide to Splines (1978), recurrence of chapter X.
struct BSplineDesign: Sendable, Hashable {
  /// Ascending, the outer ones repeated as the caller wants them.
  let knots: [Double]
  let order: Int

  init(knots: [Double], order: Int) {
    self.knots = knots.sorted()
    self.order = max(order, 1)
  }

  /// Number of basis functions.
  var count: Int { max(knots.count - order, 0) }

  /// Writes the values at `x` of the functions of an order that are not zero there into `values`, which holds
  /// at least that many, and returns the index of the first. `order` is the basis' own, or a lower one for
  /// derivatives.
  func values(at x: Double, order: Int, into values: inout [Double]) -> Int {
    guard knots.count > self.order, order >= 1, values.count >= order else { return 0 }
    let cell = interval(x)
    values[0] = 1
    for degree in 1..<max(order, 1) {
      var saved = 0.0
      for position in 0..<degree {
        let left = knots[cell + 1 + position - degree]
        let right = knots[cell + 1 + position]
        let share = right > left ? values[position] / (right - left) : 0
        values[position] = saved + (right - x) * share
        saved = (x - left) * share
      }
      values[degree] = saved
    }
    return cell - order + 1
  }

  /// All functions' derivatives of the given degree at `x` (0: the values themselves).
  func row(at x: Double, derivative: Int = 0) -> [Double] {
    guard derivative < order else { return Array(repeating: 0, count: count) }
    // Functions of the lower order, then one difference for each derivative.
    let lowest = order - derivative
    var values = Array(repeating: 0.0, count: order)
    let first = self.values(at: x, order: lowest, into: &values)
    var row = Array(repeating: 0.0, count: max(knots.count - lowest, 0))
    for (offset, value) in values.prefix(lowest).enumerated() where row.indices.contains(first + offset) {
      row[first + offset] = value
    }
    for order in (lowest + 1)..<(self.order + 1) {
      row = (0..<(knots.count - order)).map { j in
        func share(_ value: Double, _ from: Int) -> Double {
          let width = knots[from + order - 1] - knots[from]
          return width > 0 ? value / width : 0
        }
        return Double(order - 1) * (share(row[j], j) - share(row[j + 1], j + 1))
      }
    }
    return row
  }

  /// The interval x lies in; the last one that is not empty holds its right end too.
  private func interval(_ x: Double) -> Int {
    let last = knots.count - order - 1
    var low = order - 1
    var high = max(last, low)
    while low < high {
      let middle = (low + high + 1) / 2
      if knots[middle] <= x { low = middle } else { high = middle - 1 }
    }
    while low > order - 1, knots[low] >= knots[low + 1] { low -= 1 }
    return low
  }
}
