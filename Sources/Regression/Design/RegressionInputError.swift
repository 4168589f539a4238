// What can be wrong with the arrays given to a regression.

import NumericalMethods

/// A fault of the input, named by the role the array plays. Rows are counted from 0.
public enum RegressionInputError: Error, Sendable, Hashable {
  /// No rows, or no row with a positive weight.
  case noObservations
  /// An array does not have one element per row of the design.
  case lengthMismatch(RegressionRole, expected: Int, got: Int)
  /// A value is infinite or not a number.
  case notFinite(RegressionRole, row: Int)
  /// A column of the design holds a value that is infinite or not a number.
  case designNotFinite(column: Int, row: Int)
  /// A weight is below zero.
  case negativeWeight(row: Int)
  /// The response cannot occur under the family (a negative count, a proportion above 1, …).
  case responseOutsideRange(row: Int, requirement: ResponseRequirement)
  /// The confidence level is not between 0 and 1.
  case confidenceLevel(Double)
  /// Cluster codes were asked for but do not have one code per row, or there are fewer than two clusters.
  case clusters
}

/// Which argument is at fault.
public enum RegressionRole: String, Sendable, Hashable {
  /// The dependent variable.
  case response
  /// The weight of each row.
  case weights
  /// The known part of the linear predictor.
  case offset
  /// The number of successes of each row of a grouped binomial response.
  case successes
  /// The number of failures of each row.
  case failures
}

/// What a family asks of its response.
public enum ResponseRequirement: String, Sendable, Hashable {
  /// A proportion (binomial).
  case betweenZeroAndOne
  /// Zero or more (Poisson, negative binomial).
  case notNegative
  /// Above zero (gamma, inverse Gaussian).
  case positive
}

enum InputCheck {
  static func finite(_ values: [Double], _ role: RegressionRole, count: Int) throws {
    guard values.count == count else {
      throw RegressionInputError.lengthMismatch(role, expected: count, got: values.count)
    }
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw RegressionInputError.notFinite(role, row: row)
    }
  }

  static func weights(_ weights: [Double]?, count: Int) throws {
    guard let weights else {
      if count == 0 { throw RegressionInputError.noObservations }
      return
    }
    try finite(weights, .weights, count: count)
    if let row = weights.firstIndex(where: { $0 < 0 }) { throw RegressionInputError.negativeWeight(row: row) }
    if !weights.contains(where: { $0 > 0 }) { throw RegressionInputError.noObservations }
  }

  static func design(_ design: RegressionDesign, threads: Int = 1) throws {
    guard let columns = design.columns else { return try Self.design(design.matrix) }
    for (column, fault) in ColumnValues.firstFaults(columns, threads: threads).enumerated() {
      if let fault { throw RegressionInputError.designNotFinite(column: column, row: fault) }
    }
  }

  static func design(_ matrix: Matrix) throws {
    if let index = matrix.elements.firstIndex(where: { !$0.isFinite }), matrix.rowCount > 0 {
      throw RegressionInputError.designNotFinite(
        column: index / matrix.rowCount, row: index % matrix.rowCount)
    }
  }

  static func level(_ level: Double) throws {
    guard level > 0, level < 1 else { throw RegressionInputError.confidenceLevel(level) }
  }
}
