// A natural cubic spline through scaled Schoenfeld residuals, with its band.

import NumericalMethods

/// Least squares on a natural spline with four degrees of freedom, as R's `plot.cox.zph`: two knots inside at the terciles
/// of the (transformed) event times; the band is two standard errors wide on each side.
struct ScaledResidualSmooth {
  private let knots: [Double]
  private let low: Double
  private let width: Double
  private let factorization: PivotedQR
  private let coefficients: [Double]
  private let variance: Double

  /// - Returns: `nil` with fewer than five distinct times.
  init?(times: [Double], values: [Double], variance: Double) {
    guard times.count == values.count, let low = times.min(), let high = times.max(), high > low,
      Set(times).count >= 5
    else { return nil }
    let sorted = times.sorted()
    func quantile(_ p: Double) -> Double {
      let position = p * Double(sorted.count - 1)
      let index = min(Int(position), sorted.count - 2)
      return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
    }
    self.low = low
    let width = high - low
    self.width = width
    let inner = [quantile(1.0 / 3), quantile(2.0 / 3)].map { ($0 - low) / width }
    let knots = [0, inner[0], inner[1], 1]
    guard zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.knots = knots
    self.variance = variance
    let rows = times.map { Self.basis(($0 - low) / width, knots) }
    factorization = PivotedQR(Matrix(rows: rows))
    guard factorization.rank == 4 else { return nil }
    coefficients = factorization.solve(values)
    guard coefficients.allSatisfy(\.isFinite) else { return nil }
  }

  /// The smooth and its limits at a transformed time.
  func at(_ time: Double) -> (value: Double, lower: Double, upper: Double) {
    let row = Self.basis((time - low) / width, knots)
    let value = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    let error = 2 * max(variance * factorization.quadraticForm(row), 0).squareRoot()
    return (value, value - error, value + error)
  }

  /// 1, x and two truncated cubics that are straight lines outside the outer knots.
  private static func basis(_ x: Double, _ knots: [Double]) -> [Double] {
    func cube(_ knot: Double) -> Double { x > knot ? (x - knot) * (x - knot) * (x - knot) : 0 }
    let last = knots[3]
    func difference(_ knot: Double) -> Double { (cube(knot) - cube(last)) / (last - knot) }
    let reference = difference(knots[2])
    return [1, x, difference(knots[0]) - reference, difference(knots[1]) - reference]
  }
}
