// The weighted least-squares step inside a generalised linear model.

import NumericalMethods

/// Solves X'WX δ = X'r for weights that change from step to step.
///
/// Up to `decompositionLimit` rows by QR of √W X, whose error grows with the condition of X alone; beyond, by the
/// Gram matrix of centred columns, which is one parallel pass over the rows.
struct WeightedSystem {
  static let decompositionLimit = 20_000

  private enum Method {
    case decomposition(PivotedQR, roots: [Double])
    case gram(CholeskyFactorization, scales: [Double])
    case none
  }

  /// No system yet.
  static let none = WeightedSystem()

  private init() {
    method = .none
    columnCount = 0
    aliased = []
  }

  private let method: Method
  private let columnCount: Int
  /// Columns the weights have made inestimable.
  let aliased: [Int]

  /// `columns` are those of `CenteredColumns`.
  init(_ columns: DesignColumns, weights: [Double], tolerance: Double = 1e-11, threads: Int) {
    columnCount = columns.columnCount
    if columns.rowCount <= Self.decompositionLimit {
      let roots = weights.map { $0 > 0 ? $0.squareRoot() : 0 }
      let qr = PivotedQR(columns.scaledMatrix(roots), tolerance: tolerance)
      method = .decomposition(qr, roots: roots)
      aliased = qr.aliased
      return
    }
    (method, aliased) = Self.factored(columns.gram(weights: weights, threads: threads))
  }

  /// The system of an information matrix.
  init(information: Matrix) {
    columnCount = information.columnCount
    (method, aliased) = Self.factored(information)
  }

  private static func factored(_ information: Matrix) -> (Method, [Int]) {
    var gram = information
    let scales = gram.diagonalElements.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    for j in 0..<gram.columnCount { for k in 0..<gram.columnCount { gram[j, k] *= scales[j] * scales[k] } }
    let factor = CholeskyFactorization(gram, tolerance: 1e-12)
    return (.gram(factor, scales: scales), factor.aliased)
  }

  /// δ for X'r; empty unless the system is that of an information matrix.
  func solve(sums: [Double]) -> [Double] {
    guard case .gram(let factor, let scales) = method else { return [] }
    return zip(factor.solve(zip(sums, scales).map { $0 * $1 }), scales).map { $0 * $1 }
  }

  /// δ for a vector r with one element per row; r must vanish where the weight does.
  func solve(_ columns: DesignColumns, _ vector: [Double], threads: Int) -> [Double] {
    switch method {
    case .decomposition(let qr, let roots):
      return qr.solve(zip(vector, roots).map { $1 > 0 ? $0 / $1 : 0 })
    case .gram:
      return solve(sums: columns.sums(vector, threads: threads))
    case .none: return []
    }
  }

  /// (X'WX)⁻¹, zero where aliased.
  var inverse: Matrix {
    switch method {
    case .decomposition(let qr, _): return qr.inverseCrossProduct
    case .gram(let factor, let scales):
      var result = factor.inverse
      for j in 0..<columnCount { for k in 0..<columnCount { result[j, k] *= scales[j] * scales[k] } }
      return result
    case .none: return Matrix(rowCount: 0, columnCount: 0)
    }
  }

  /// Leverages from the decomposition: diagonal of √W X (X'WX)⁻¹ X' √W; nil where only the Gram matrix is known.
  var leverages: [Double]? {
    if case .decomposition(let qr, _) = method { return qr.leverages }
    return nil
  }
}
