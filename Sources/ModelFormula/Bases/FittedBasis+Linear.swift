// The straight line among the curves of a spline basis.

extension FittedBasis {
  /// Coefficients c with Σ c_j b_j(x) = x − x₀; `nil` for bases that hold a constant, and for those whose first column is
  /// the variable itself.
  ///
  /// A B-spline of order k reproduces x by the means of k − 1 neighbouring knots (Greville). Without the first spline
  /// the line is 0 at the lower boundary; the projection of natural splines keeps it, since its second derivative is 0.
  var linearCombination: [Double]? {
    switch form {
    case .natural(let form) where form.dropsFirst:
      let line = form.design.lineFromBoundary
      return form.projection.map { row in zip(row, line).reduce(0) { $0 + $1.0 * $1.1 } }
    case .bSpline(let form) where form.dropsFirst && form.design.order > 1:
      return form.design.lineFromBoundary
    default: return nil
    }
  }
}

extension BSplineDesign {
  /// Coefficients, without the first, of x less the lower boundary.
  fileprivate var lineFromBoundary: [Double] {
    let sites = (0..<count).map { index in
      knots[(index + 1)..<(index + order)].reduce(0, +) / Double(order - 1)
    }
    guard let first = sites.first else { return [] }
    return sites.dropFirst().map { $0 - first }
  }
}
