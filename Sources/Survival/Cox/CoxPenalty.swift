// Quadratic penalties: ridge and penalised splines.

import NumericalMethods

/// A quadratic penalty on some columns, subtracted from the log partial likelihood.
public struct CoxPenalty: Sendable, Hashable {
  /// What is penalised.
  public enum Kind: Sendable, Hashable {
    /// θ/2 Σ s_j β_j².
    case ridge(RidgeScale)
    /// λ/2 times the sum of squared second differences of B-spline coefficients, λ = θ / (1 − θ) (R's `pspline`); the
    /// columns are those of a `PenalizedSplineBasis`.
    case spline
  }

  /// The s_j of a ridge penalty.
  public enum RidgeScale: Sendable, Hashable {
    /// The sample variance of each column over the rows of the design.
    case variance
    /// 1 for every column.
    case one
    /// As given, one per column of the penalty. R's `ridge` takes the variance of each variable over all rows where
    /// it is not missing, those that the fit leaves out for another variable included.
    case given([Double])
  }

  /// How strong it is.
  public enum Amount: Sendable, Hashable {
    /// The penalty's own parameter θ, 0 or more; below 1 for splines.
    case theta(Double)
    /// So strong that the columns have this many effective degrees of freedom.
    case degreesOfFreedom(Double)
    /// As strong as makes log L − df greatest; for splines.
    case akaike
  }

  /// Indices of the penalised columns.
  public let columns: [Int]
  /// Its form.
  public let kind: Kind
  /// How strongly, or how the strength is chosen.
  public let amount: Amount

  /// A penalty on the columns with these indices.
  public init(columns: [Int], kind: Kind, amount: Amount) {
    self.columns = columns
    self.kind = kind
    self.amount = amount
  }

  /// Whether columns and amount make sense for a design of so many columns.
  func isValid(columnCount: Int) -> Bool {
    guard !columns.isEmpty, columns.allSatisfy({ $0 >= 0 && $0 < columnCount }) else { return false }
    if case .ridge(.given(let scales)) = kind {
      guard scales.count == columns.count, scales.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return false }
    }
    switch (amount, kind) {
    case (.theta(let theta), .ridge): return theta >= 0 && theta.isFinite
    case (.theta(let theta), .spline): return theta > 0 && theta < 1
    case (.degreesOfFreedom(let df), .ridge): return df > 0 && df < Double(columns.count)
    case (.degreesOfFreedom(let df), .spline): return df > 1 && df < Double(columns.count)
    case (.akaike, .spline): return true
    case (.akaike, .ridge): return false
    }
  }

  /// The matrix P of the penalty ½ β'Pβ over the columns of the design, zero elsewhere.
  func matrix(theta: Double, design: CoxDesign) -> Matrix {
    var result = Matrix(rowCount: design.columnCount, columnCount: design.columnCount)
    switch kind {
    case .ridge(let scale):
      for (index, column) in columns.enumerated() {
        let factor =
          switch scale {
          case .variance: design.variance(column)
          case .one: 1.0
          case .given(let values): values[index]
          }
        result[column, column] = theta * factor
      }
    case .spline:
      let lambda = theta / (1 - theta)
      let differences = PenalizedSplineBasis.differencePenalty(columnCount: columns.count)
      for (i, row) in columns.enumerated() {
        for (j, column) in columns.enumerated() { result[row, column] = lambda * differences[i, j] }
      }
    }
    return result
  }
}

/// What a penalised fit adds to a fit.
public struct PenalizedPart: Sendable {
  /// The penalty ½ β'Pβ at the estimate; `logLikelihood` is without it.
  public let penalty: Double
  /// θ of each penalty, given or found.
  public let theta: [Double]
  /// Effective degrees of freedom of each term of the design, and their sum.
  public let degreesOfFreedom: [Double]
  /// Sum over the terms of their effective degrees of freedom.
  public var totalDegreesOfFreedom: Double { degreesOfFreedom.reduce(0, +) }
  /// H⁻¹ I H⁻¹ with H the penalised information: the variance when bias is not counted (R's `var2`). The fit's
  /// `modelVariance` is H⁻¹, the Bayesian one that tests use.
  public let frequentistVariance: Matrix
  /// P on the design's scale.
  let matrix: Matrix
}

extension CoxDesign {
  /// Sample variance of a column.
  func variance(_ column: Int) -> Double {
    let values = (0..<rowCount).lazy.map { columns[column].value($0) }
    guard rowCount > 1 else { return 0 }
    let origin = columns[column].value(0)
    let mean = CompensatedSum.of(values.map { $0 - origin }) / Double(rowCount)
    return CompensatedSum.of(values.map { ($0 - origin - mean) * ($0 - origin - mean) })
      / Double(rowCount - 1)
  }
}
