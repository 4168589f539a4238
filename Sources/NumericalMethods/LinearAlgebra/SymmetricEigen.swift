// Eigenvalues and eigenvectors of symmetric matrices.

/// A = V diag(λ) V' by cyclic Jacobi rotations: slow for large matrices, accurate for every one.
public struct SymmetricEigen: Sendable {
  /// Descending.
  public let values: [Double]
  /// Column k belongs to `values[k]`; its element of greatest size is positive.
  public let vectors: Matrix
  /// Sweeps over all pairs of columns that it took.
  public let sweeps: Int
  /// `converged`, `iterationLimit` when the sweeps did not suffice, `notFinite` for a matrix that was not.
  public let status: SearchStatus

  /// Reads the lower triangle.
  public init(_ symmetric: Matrix, sweepLimit: Int = 60) {
    let n = Swift.min(symmetric.rowCount, symmetric.columnCount)
    var a = Matrix(rowCount: n, columnCount: n)
    for column in 0..<n {
      for row in column..<n {
        a[row, column] = symmetric[row, column]
        a[column, row] = symmetric[row, column]
      }
    }
    var v = Matrix.identity(n)
    var sweeps = 0
    var status = a.allFinite ? SearchStatus.iterationLimit : .notFinite
    while status == .iterationLimit, sweeps < sweepLimit {
      var rotated = false
      for p in 0..<n {
        for q in (p + 1)..<Swift.max(n, p + 1) where Self.rotate(&a, &v, p, q) { rotated = true }
      }
      sweeps += 1
      if !rotated { status = .converged }
    }
    let diagonal = a.diagonalElements
    let order = (0..<n).sorted { diagonal[$0] != diagonal[$1] ? diagonal[$0] > diagonal[$1] : $0 < $1 }
    self.values = order.map { diagonal[$0] }
    self.vectors = Matrix(columns: order.map { Self.oriented(v.column($0)) }, rowCount: n)
    self.sweeps = sweeps
    self.status = status
  }

  private static func oriented(_ vector: [Double]) -> [Double] {
    var lead = 0.0
    for value in vector where value.magnitude > lead.magnitude { lead = value }
    return lead < 0 ? vector.map { -$0 } : vector
  }

  /// Makes a[p, q] zero; false when it already is, to the precision of the diagonal.
  private static func rotate(_ a: inout Matrix, _ v: inout Matrix, _ p: Int, _ q: Int) -> Bool {
    let off = a[p, q]
    let scale = a[p, p].magnitude.squareRoot() * a[q, q].magnitude.squareRoot()
    guard off != 0, off.magnitude > Double.ulpOfOne * 0.25 * scale,
      off.magnitude > 1e-300
    else { return false }
    let theta = (a[q, q] - a[p, p]) / (2 * off)
    let root = (theta.magnitude < 1e150) ? (theta * theta + 1).squareRoot() : theta.magnitude
    let t = (theta >= 0 ? 1.0 : -1.0) / (theta.magnitude + root)
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<a.rowCount where k != p && k != q {
      let kp = a[k, p]
      let kq = a[k, q]
      a[k, p] = c * kp - s * kq
      a[p, k] = a[k, p]
      a[k, q] = s * kp + c * kq
      a[q, k] = a[k, q]
    }
    a[p, p] -= t * off
    a[q, q] += t * off
    a[p, q] = 0
    a[q, p] = 0
    for k in 0..<v.rowCount {
      let kp = v[k, p]
      let kq = v[k, q]
      v[k, p] = c * kp - s * kq
      v[k, q] = s * kp + c * kq
    }
    return true
  }
}
