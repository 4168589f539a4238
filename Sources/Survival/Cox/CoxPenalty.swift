// Quadratic penalties: ridge and penalised splines.

import NumericalMethods

/// A quadratic penalty ½ β'Pβ subtracted from the log partial likelihood.
public struct CoxPenalty: Sendable, Hashable {
  /// P on the scale of the design's columns: symmetric, non-negative, one row per column.
  public let matrix: Matrix

  public init(matrix: Matrix) { self.matrix = matrix }
}
