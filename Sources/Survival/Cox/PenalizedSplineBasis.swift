// B-spline columns for penalised splines: equally spaced knots, a difference penalty.

import NumericalMethods

/// A cubic B-spline basis on equally spaced knots, without its first column (Eilers and Marx 1996; R's `pspline`).
public struct PenalizedSplineBasis: Sendable, Hashable {
  /// Knot intervals between the boundary knots.
  public let termCount: Int
  /// Degree of the B-splines; 3 for cubic.
  public let degree: Int
  /// Lower boundary knot, in the unit of the covariate.
  public let lower: Double
  /// Upper boundary knot.
  public let upper: Double

  /// - Parameters:
  ///   - termCount: number of intervals, at least 3 (R: 2.5 times the degrees of freedom, rounded).
  ///   - lower: lower boundary knot, in R the least value of the data; below it the basis is linear.
  ///   - upper: upper boundary knot, in R the greatest value; above it the basis is linear.
  ///   - degree: of the piecewise polynomials, at least 1.
  /// - Returns: `nil` for an empty range or too few intervals.
  public init?(termCount: Int, lower: Double, upper: Double, degree: Int = 3) {
    guard termCount >= 3, degree >= 1, lower < upper, lower.isFinite, upper.isFinite else { return nil }
    self.termCount = termCount
    self.degree = degree
    self.lower = lower
    self.upper = upper
  }

  /// Basis functions after the first is dropped.
  public var columnCount: Int { termCount + degree - 1 }

  private var spacing: Double { (upper - lower) / Double(termCount) }

  private var knots: [Double] {
    (-degree..<termCount).map { lower + spacing * Double($0) }
      + (0...degree).map { upper + spacing * Double($0) }
  }

  /// The columns' values at one x.
  public func values(_ x: Double) -> [Double] {
    let knots = knots
    if x < lower || x > upper {
      // Linear continuation from the boundary.
      let boundary = x < lower ? lower : upper
      let at = splines(boundary, knots: knots, degree: degree)
      let slope = slopes(boundary, knots: knots)
      return (1..<at.count).map { at[$0] + (x - boundary) * slope[$0] }
    }
    return Array(splines(x, knots: knots, degree: degree).dropFirst())
  }

  /// One dense column per basis function.
  public func columns(_ x: [Double], name: String) -> [CoxColumn] {
    var result = [[Double]](repeating: [], count: columnCount)
    for value in x {
      for (index, element) in values(value).enumerated() { result[index].append(element) }
    }
    return result.enumerated().map { .numeric("\(name)#\($0.offset + 1)", $0.element) }
  }

  /// Cox–de Boor recursion; all termCount + degree functions.
  private func splines(_ x: Double, knots: [Double], degree: Int) -> [Double] {
    var values = [Double](repeating: 0, count: knots.count - 1)
    // The last interval is closed on the right.
    var interval = self.degree
    while interval < self.degree + termCount - 1, x >= knots[interval + 1] { interval += 1 }
    values[interval] = 1
    for order in stride(from: 1, through: degree, by: 1) {
      for index in 0..<(knots.count - 1 - order) {
        var value = 0.0
        let left = knots[index + order] - knots[index]
        let right = knots[index + order + 1] - knots[index + 1]
        if left > 0 { value += (x - knots[index]) / left * values[index] }
        if right > 0 { value += (knots[index + order + 1] - x) / right * values[index + 1] }
        values[index] = value
      }
    }
    return Array(values.prefix(knots.count - 1 - degree))
  }

  private func slopes(_ x: Double, knots: [Double]) -> [Double] {
    let lowerOrder = splines(x, knots: knots, degree: degree - 1)
    return (0..<(termCount + degree)).map { index in
      var slope = 0.0
      let left = knots[index + degree] - knots[index]
      let right = knots[index + degree + 1] - knots[index + 1]
      if left > 0 { slope += lowerOrder[index] / left }
      if right > 0 { slope -= lowerOrder[index + 1] / right }
      return slope * Double(degree)
    }
  }

  /// D'D for second differences of all coefficients, the first of which is 0 and left out.
  static func differencePenalty(columnCount: Int) -> Matrix {
    let size = columnCount + 1
    var full = Matrix(rowCount: size, columnCount: size)
    for first in 0..<Swift.max(size - 2, 0) {
      let weights = [1.0, -2, 1]
      for i in 0..<3 {
        for j in 0..<3 { full[first + i, first + j] += weights[i] * weights[j] }
      }
    }
    return full.block(Array(1..<size))
  }

  /// Where each coefficient stands on the axis of x: the abscissae of the linear trend through them.
  var abscissae: [Double] {
    let knots = knots
    return (1...columnCount).map { knots[$0] + lower - knots[0] }
  }
}

/// A penalised spline's test, split into its straight line and what departs from it.
public struct SplineTest: Sendable, Hashable {
  /// Slope of the line through the coefficients, with its Bayesian and frequentist standard errors.
  public let slope: Double
  /// Standard error of the linear part from the penalised information.
  public let standardError: Double
  /// Standard error of the linear part from the sandwich H⁻¹IH⁻¹.
  public let frequentistStandardError: Double
  /// Wald test of the linear part.
  public let linear: TestStatistic
  /// With effective df − 1 degrees of freedom (at least ½ for its p-value).
  public let nonlinear: TestStatistic
}

extension CoxFit {
  /// Tests a penalised spline as R's `summary` does: the generalised least-squares line through its coefficients, and
  /// the rest. `nil` unless the fit is penalised and the columns fit the basis.
  ///
  /// - Parameters:
  ///   - term: position of the spline among the design's terms.
  ///   - basis: the basis that the term's columns are made of.
  ///
  /// **Checked against** cox-pspline-theta, cox-pspline-df4.
  public func splineTest(term: Int, basis: PenalizedSplineBasis) -> SplineTest? {
    guard let penalized, model.design.terms.indices.contains(term) else { return nil }
    let columns = model.design.terms[term].columns
    guard columns.count == basis.columnCount, columns.allSatisfy({ !aliased.contains($0) }) else {
      return nil
    }
    let estimate = columns.map { coefficients[$0] }
    let bayesian = modelVariance.block(columns)
    let frequentist = penalized.frequentistVariance.block(columns)
    let factorization = CholeskyFactorization(bayesian)
    let all = factorization.whiten(estimate).reduce(0) { $0 + $1 * $1 }
    let ones = factorization.solve([Double](repeating: 1, count: columns.count))
    let abscissae = basis.abscissae
    let rising = factorization.solve(abscissae)
    let dot = { (left: [Double], right: [Double]) in zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
    // Second row of (X' V⁻¹ X)⁻¹ X' V⁻¹ for X = (1, abscissae).
    let (a, b) = (ones.reduce(0, +), dot(ones, abscissae))
    let determinant = a * dot(rising, abscissae) - b * b
    guard determinant > 0 else { return nil }
    let weights = columns.indices.map { (a * rising[$0] - b * ones[$0]) / determinant }
    let slope = dot(weights, estimate)
    let spread = bayesian.quadraticForm(weights)
    let linear = slope * slope / spread
    let rest = Swift.max(all - linear, 0)
    let degrees = penalized.degreesOfFreedom[term] - 1
    return SplineTest(
      slope: slope, standardError: spread.squareRoot(),
      frequentistStandardError: frequentist.quadraticForm(weights).squareRoot(),
      linear: Self.chiSquared(linear, degreesOfFreedom: 1),
      nonlinear: TestStatistic(
        statistic: rest, degreesOfFreedom: degrees,
        pValue: ChiSquaredDistribution.upperTail(rest, degreesOfFreedom: Swift.max(0.5, degrees))))
  }
}
