// B-splines and natural splines with the columns R gives them.

/// A B-spline basis within its boundary, continued outside.
struct BSplineForm: Sendable, Hashable {
  let design: BSplineDesign
  let boundary: [Double]
  let dropsFirst: Bool
  let extrapolation: Extrapolation

  enum Extrapolation: Sendable, Hashable {
    /// `bs`: the polynomial of the outermost piece, developed around a point a quarter into it.
    case taylor
    /// `pspline`: value and slope at the boundary.
    case linear
  }

  var columnCount: Int { design.count - (dropsFirst ? 1 : 0) }

  func write(_ x: Double, into row: inout [Double], scratch: inout [Double]) {
    let skipped = dropsFirst ? 1 : 0
    if x < boundary[0] || x > boundary[1] {
      for (index, value) in outside(x, isLeft: x < boundary[0]).dropFirst(skipped).enumerated() {
        row[index] = value
      }
      return
    }
    for index in row.indices { row[index] = 0 }
    let first = design.values(at: x, order: design.order, into: &scratch) - skipped
    for offset in 0..<design.order where row.indices.contains(first + offset) {
      row[first + offset] = scratch[offset]
    }
  }

  private func outside(_ x: Double, isLeft: Bool) -> [Double] {
    let edge = isLeft ? boundary[0] : boundary[1]
    let pivot: Double
    let degree: Int
    switch extrapolation {
    case .linear:
      pivot = edge
      degree = 1
    case .taylor:
      let order = design.order
      let inner = isLeft ? design.knots[order] : design.knots[design.knots.count - order - 1]
      pivot = 0.75 * edge + 0.25 * inner
      degree = order - 1
    }
    var row = Array(repeating: 0.0, count: design.count)
    var factor = 1.0
    for derivative in 0...degree {
      if derivative > 0 { factor *= (x - pivot) / Double(derivative) }
      for (index, value) in design.row(at: pivot, derivative: derivative).enumerated() {
        row[index] += factor * value
      }
    }
    return row
  }
}

/// Cubic B-splines projected on those whose second derivative vanishes at the boundary; linear outside.
///
/// The projection is the one R's `ns` makes: the orthogonal complement of the two constraints, from
/// Householder reflections with LINPACK's signs.
struct NaturalSplineForm: Sendable, Hashable {
  let design: BSplineDesign
  let boundary: [Double]
  let dropsFirst: Bool
  /// One row for each column of the basis.
  let projection: [[Double]]

  var columnCount: Int { projection.count }

  init(interior: [Double], boundary: [Double], intercept: Bool) {
    self.boundary = boundary
    dropsFirst = !intercept
    let outer = Array(repeating: boundary[0], count: 4) + Array(repeating: boundary[1], count: 4)
    let design = BSplineDesign(knots: outer + interior, order: 4)
    self.design = design
    let constraints = boundary.map { edge -> [Double] in
      let row = design.row(at: edge, derivative: 2)
      return intercept ? row : Array(row.dropFirst())
    }
    projection = Array(Self.transposedQ(of: constraints).dropFirst(2))
  }

  func write(_ x: Double, into row: inout [Double], scratch: inout [Double]) {
    let skipped = dropsFirst ? 1 : 0
    if x < boundary[0] || x > boundary[1] {
      let pivot = x < boundary[0] ? boundary[0] : boundary[1]
      let values = design.row(at: pivot)
      let slopes = design.row(at: pivot, derivative: 1)
      let basis = zip(values, slopes).map { $0 + (x - pivot) * $1 }.dropFirst(skipped)
      for (column, weights) in projection.enumerated() {
        row[column] = zip(weights, basis).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return
    }
    // Four functions are not zero at x.
    let first = design.values(at: x, order: 4, into: &scratch) - skipped
    for (column, weights) in projection.enumerated() {
      var sum = 0.0
      for offset in 0..<4 where first + offset >= 0 && first + offset < weights.count {
        sum += weights[first + offset] * scratch[offset]
      }
      row[column] = sum
    }
  }

  /// Q' of the QR decomposition of the matrix with the given columns.
  private static func transposedQ(of columns: [[Double]]) -> [[Double]] {
    let size = columns.first?.count ?? 0
    var columns = columns
    var rows = (0..<size).map { row in (0..<size).map { row == $0 ? 1.0 : 0.0 } }
    for step in columns.indices where step < size {
      let norm = columns[step][step...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { continue }
      let signed = columns[step][step] < 0 ? -norm : norm
      var reflector = columns[step].map { $0 / signed }
      for index in 0..<step { reflector[index] = 0 }
      reflector[step] += 1
      func reflect(_ vector: [Double]) -> [Double] {
        let scale = -zip(reflector, vector).reduce(0) { $0 + $1.0 * $1.1 } / reflector[step]
        return zip(vector, reflector).map { $0 + scale * $1 }
      }
      for later in columns.indices where later > step { columns[later] = reflect(columns[later]) }
      let reflected = (0..<size).map { column in reflect(rows.map { $0[column] }) }
      rows = (0..<size).map { row in (0..<size).map { reflected[$0][row] } }
    }
    return rows
  }
}
