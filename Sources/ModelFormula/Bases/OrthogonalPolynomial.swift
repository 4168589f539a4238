// Orthogonal polynomials over the data, as R's poly().

/// p0 = 1, p_{k+1} = (x - c_{k+1}) p_k - (n_{k+1} / n_k) p_{k-1}, each divided by the root of its sum of
/// squares.
///
/// Source: Kennedy & Gentle, Statistical Computing (1980), pp. 343-344, the recurrence `predict.poly` uses.
enum OrthogonalPolynomial {
  /// Centers c and sums of squares n (n[0] = 1, n[1] = count). Equal values are summed together in ascending
  /// order, so the sums do not depend on the order of rows.
  static func fitted(_ values: SortedValues, degree: Int) -> (centers: [Double], norms: [Double]) {
    let points = values.distinct
    let counts = points.indices.map { Double(values.count(at: $0)) }
    let total = Double(values.count)
    let mean = zip(points, counts).reduce(0) { $0 + $1.0 * $1.1 } / total
    var centers: [Double] = []
    var norms = [1.0, total]
    var before = Array(repeating: 0.0, count: points.count)
    var current = Array(repeating: 1.0, count: points.count)
    for _ in 0..<degree {
      var weighted = 0.0
      for index in points.indices {
        weighted += counts[index] * (points[index] - mean) * current[index] * current[index]
      }
      let norm = norms[norms.count - 1]
      let center = weighted / norm + mean
      let ratio = centers.isEmpty ? 0 : norm / norms[norms.count - 2]
      var square = 0.0
      for index in points.indices {
        let next = (points[index] - center) * current[index] - ratio * before[index]
        before[index] = current[index]
        current[index] = next
        square += counts[index] * next * next
      }
      centers.append(center)
      norms.append(square)
    }
    return (centers, norms)
  }

  static func write(_ x: Double, _ centers: [Double], _ norms: [Double], into row: inout [Double]) {
    var before = 0.0
    var current = 1.0
    for index in 0..<min(centers.count, row.count, norms.count - 2) {
      let ratio = index == 0 ? 0 : norms[index + 1] / norms[index]
      let next = (x - centers[index]) * current - ratio * before
      before = current
      current = next
      row[index] = next / norms[index + 2].squareRoot()
    }
  }
}
