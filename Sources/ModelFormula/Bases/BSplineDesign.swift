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

  /// The values at `x` of the functions that are not zero there, `order` many, and the index of the first.
  func values(at x: Double) -> (first: Int, values: [Double]) { values(at: x, order: order) }

  /// All functions' derivatives of the given degree at `x` (0: the values themselves).
  func row(at x: Double, derivative: Int = 0) -> [Double] {
    guard derivative < order else { return Array(repeating: 0, count: count) }
    // Functions of the lower order, then one difference for each derivative.
    let lowest = order - derivative
    let (first, values) = values(at: x, order: lowest)
    var row = Array(repeating: 0.0, count: knots.count - lowest)
    for (offset, value) in values.enumerated() where row.indices.contains(first + offset) {
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

  private func values(at x: Double, order wanted: Int) -> (first: Int, values: [Double]) {
    guard knots.count >= 2 * order || knots.count > order else { return (0, []) }
    let cell = interval(x)
    var values = [1.0]
    for degree in 1..<max(wanted, 1) {
      var next = Array(repeating: 0.0, count: degree + 1)
      for position in 0..<degree {
        let left = knots[cell + 1 + position - degree]
        let right = knots[cell + 1 + position]
        let share = right > left ? values[position] / (right - left) : 0
        next[position] += (right - x) * share
        next[position + 1] += (x - left) * share
      }
      values = next
    }
    return (cell - wanted + 1, values)
  }
}
