// Bases with their knots fixed: the same columns for the data they were fitted on and for new rows.

/// Columns made of one column of numbers, everything that depended on the data settled.
public struct FittedBasis: Sendable, Hashable {
  /// `ns`, `bs`, `rcs`, `poly`, `pspline`.
  public let function: String
  /// Interior knots; all knots of `rcs`; empty for polynomials.
  public let knots: [Double]
  /// The range within which the splines are cubic; outside it they go on as R lets them.
  public let boundaryKnots: [Double]
  /// What stands after the variable's name in each column's: `1`, `2`, …
  public let labels: [String]
  let form: Form

  enum Form: Sendable, Hashable {
    case natural(NaturalSplineForm)
    case bSpline(BSplineForm)
    case restricted(knots: [Double])
    case orthogonal(centers: [Double], norms: [Double])
    case powers(Int)
    case penalised(BSplineForm)
  }

  /// Columns that the basis makes of one variable.
  public var columnCount: Int { labels.count }

  init(function: String, knots: [Double], boundaryKnots: [Double], labels: [String], form: Form) {
    self.function = function
    self.knots = knots
    self.boundaryKnots = boundaryKnots
    self.labels = labels
    self.form = form
  }

  /// The columns for many values; NaN where the value is NaN.
  func columns(_ values: [Double]) -> [[Double]] {
    var columns = labels.map { _ in Array(repeating: Double.nan, count: values.count) }
    var row = labels.map { _ in 0.0 }
    var scratch = Array(repeating: 0.0, count: 16)
    for (position, value) in values.enumerated() where !value.isNaN {
      write(value, into: &row, scratch: &scratch)
      for column in row.indices { columns[column][position] = row[column] }
    }
    return columns
  }

  /// The basis at one value, as many numbers as there are columns.
  private func write(_ x: Double, into row: inout [Double], scratch: inout [Double]) {
    switch form {
    case .natural(let form): form.write(x, into: &row, scratch: &scratch)
    case .bSpline(let form), .penalised(let form): form.write(x, into: &row, scratch: &scratch)
    case .restricted(let knots): RestrictedCubicSpline.write(x, knots, into: &row)
    case .orthogonal(let centers, let norms): OrthogonalPolynomial.write(x, centers, norms, into: &row)
    case .powers:
      var power = 1.0
      for column in row.indices {
        power *= x
        row[column] = power
      }
    }
  }
}
