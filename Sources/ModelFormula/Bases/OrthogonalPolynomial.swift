// Orthogonal polynomials over the data, as R's poly().

/// p0 = 1, p_{k+1} = (x - c_{k+1}) p_k - (n_{k+1} / n_k) p_{k-1}, each divided by the root of its sum of squares.
///
/// Source: Kennedy & Gentle, Statistical Computing (1980), pp. 343-344, the recurrence `predict.poly` uses.
enum OrthogonalPolynomial {
  /// Centers c and sums of squares n (n[0] = 1, n[1] = count) of the values, which come sorted so that the sums do
  /// not depend on the order of rows.
  static func fitted(_ values: [Double], degree: Int) -> (centers: [Double], norms: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    var centers: [Double] = []
    var norms = [1.0, count]
    var before = Array(repeating: 0.0, count: values.count)
    var current = Array(repeating: 1.0, count: values.count)
    for _ in 0..<degree {
      var weighted = 0.0
      for index in values.indices { weighted += (values[index] - mean) * current[index] * current[index] }
      let norm = norms[norms.count - 1]
      let center = weighted / norm + mean
      let ratio = centers.isEmpty ? 0 : norm / norms[norms.count - 2]
      var square = 0.0
      for index in values.indices {
        let next = (values[index] - center) * current[index] - ratio * before[index]
        before[index] = current[index]
        current[index] = next
        square += next * next
      }
      centers.append(center)
      norms.append(square)
    }
    return (centers, norms)
  }

  static func row(_ x: Double, _ centers: [Double], _ norms: [Double]) -> [Double] {
    var before = 0.0
    var current = 1.0
    var row: [Double] = []
    for (index, center) in centers.enumerated() where index + 2 < norms.count {
      let ratio = index == 0 ? 0 : norms[index + 1] / norms[index]
      let next = (x - center) * current - ratio * before
      before = current
      current = next
      row.append(next / norms[index + 2].squareRoot())
    }
    return row
  }
}
