// Means and variances that may not exist.

/// The moments of `NumericSample`, nil where there are too few values.
enum Moments {
  static func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : NumericSample(values).mean }

  /// The groups with their smallest value taken from all of them: differences of means then keep their digits where
  /// the values are far from zero.
  static func shifted(_ groups: [[Double]]) -> [[Double]] {
    guard let low = groups.lazy.compactMap({ $0.min() }).min(), low.isFinite else { return groups }
    return groups.map { $0.map { $0 - low } }
  }

  /// Divisor n − 1.
  static func variance(_ values: [Double]) -> Double? {
    values.count > 1 ? NumericSample(values).variance : nil
  }
}
