// Bases fitted to a column: knots and coefficients settled.

import DataTables

extension FittedBasis {
  /// What keeps a basis from being made of these data.
  struct Fault: Error {
    let message: String
    let remedy: String?
  }

  /// Settles knots from the values that are not missing.
  ///
  /// Knots stand at quantiles (type 7) of all rows that have a value, those included that the fit leaves out
  /// for missing values elsewhere, as in R.
  static func fitted(_ call: BasisCall, to column: Column) throws(Fault) -> FittedBasis {
    let sorted = SortedValues(column)
    guard let low = sorted.distinct.first, let high = sorted.distinct.last else {
      throw Fault(message: "\(call.function)() has no values to place its knots by", remedy: nil)
    }
    func needsSpread() throws(Fault) {
      if low >= high {
        throw Fault(message: "\(call.function)() needs a column with different values", remedy: nil)
      }
    }
    switch call.kind {
    case .naturalSpline(let degreesOfFreedom, let knots, let intercept, let boundary):
      if boundary == nil { try needsSpread() }
      return natural(sorted, degreesOfFreedom, knots, intercept, boundary ?? [low, high])
    case .bSpline(let degreesOfFreedom, let knots, let degree, let intercept, let boundary):
      if boundary == nil { try needsSpread() }
      return bSpline(sorted, degreesOfFreedom, knots, degree, intercept, boundary ?? [low, high])
    case .restrictedCubicSpline(let count, let knots):
      let places: [Double]
      if let knots {
        places = knots
      } else {
        places = try RestrictedCubicSpline.defaultKnots(sorted, count: count)
      }
      let distinct = Array(Set(places)).sorted()
      return FittedBasis(
        function: call.function, knots: distinct, boundaryKnots: [], labels: numbered(distinct.count - 1),
        form: .restricted(knots: distinct))
    case .polynomial(let degree, let isRaw):
      if isRaw {
        return FittedBasis(
          function: call.function, knots: [], boundaryKnots: [], labels: numbered(degree),
          form: .powers(degree))
      }
      guard sorted.distinct.count > degree else {
        throw Fault(
          message: "a polynomial of degree \(degree) needs more than \(degree) different values", remedy: nil)
      }
      let (centers, norms) = OrthogonalPolynomial.fitted(sorted, degree: degree)
      return FittedBasis(
        function: call.function, knots: [], boundaryKnots: [], labels: numbered(degree),
        form: .orthogonal(centers: centers, norms: norms))
    case .penalisedSpline(let spline):
      if spline.boundary == nil { try needsSpread() }
      return penalised(spline, spline.boundary ?? [low, high])
    }
  }

  private static func numbered(_ count: Int) -> [String] { (0..<max(count, 0)).map { String($0 + 1) } }

  /// `count` interior knots at quantiles of the values within the boundary.
  private static func quantileKnots(_ sorted: SortedValues, _ count: Int, _ boundary: [Double]) -> [Double] {
    guard count > 0 else { return [] }
    let inside = sorted.within { $0 >= boundary[0] && $0 <= boundary[1] }
    return (1...count).map { inside.quantile(Double($0) / Double(count + 1)) }
  }

  private static func natural(
    _ sorted: SortedValues, _ degreesOfFreedom: Int?, _ knots: [Double]?, _ intercept: Bool,
    _ boundary: [Double]
  ) -> FittedBasis {
    let interior =
      knots ?? quantileKnots(sorted, (degreesOfFreedom ?? 1) - 1 - (intercept ? 1 : 0), boundary)
    let form = NaturalSplineForm(interior: interior, boundary: boundary, intercept: intercept)
    return FittedBasis(
      function: "ns", knots: interior, boundaryKnots: boundary, labels: numbered(form.columnCount),
      form: .natural(form))
  }

  private static func bSpline(
    _ sorted: SortedValues, _ degreesOfFreedom: Int?, _ knots: [Double]?, _ degree: Int, _ intercept: Bool,
    _ boundary: [Double]
  ) -> FittedBasis {
    let count = (degreesOfFreedom ?? degree) - degree - (intercept ? 1 : 0)
    let interior = knots ?? quantileKnots(sorted, count, boundary)
    let outer =
      Array(repeating: boundary[0], count: degree + 1) + Array(repeating: boundary[1], count: degree + 1)
    let form = BSplineForm(
      design: BSplineDesign(knots: outer + interior, order: degree + 1), boundary: boundary,
      dropsFirst: !intercept,
      extrapolation: .taylor)
    return FittedBasis(
      function: "bs", knots: interior, boundaryKnots: boundary, labels: numbered(form.columnCount),
      form: .bSpline(form))
  }

  private static func penalised(_ call: PenalisedSplineCall, _ boundary: [Double]) -> FittedBasis {
    let width = (boundary[1] - boundary[0]) / Double(call.intervalCount)
    let knots =
      (-call.degree..<call.intervalCount).map { boundary[0] + width * Double($0) }
      + (0...call.degree).map { boundary[1] + width * Double($0) }
    let form = BSplineForm(
      design: BSplineDesign(knots: knots, order: call.degree + 1), boundary: boundary, dropsFirst: true,
      extrapolation: .linear)
    // R numbers these columns from 3: the first function is left out, and 1 is the constant.
    let labels = (0..<form.columnCount).map { String($0 + 3) }
    return FittedBasis(
      function: "pspline", knots: knots, boundaryKnots: boundary, labels: labels, form: .penalised(form))
  }
}
