// Means and variances that may not exist.

/// The moments of `NumericSample`, nil where there are too few values.
enum Moments {
  static func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : NumericSample(values).mean }

  /// Divisor n − 1.
  static func variance(_ values: [Double]) -> Double? {
    values.count > 1 ? NumericSample(values).variance : nil
  }
}
