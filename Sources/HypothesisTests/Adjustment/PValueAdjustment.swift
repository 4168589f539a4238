// Adjusted p-values for several tests.

/// How p-values are adjusted.
public enum PValueAdjustment: String, Sendable, CaseIterable {
  /// p m with m tests, at most 1: controls the family-wise error under any dependence.
  case bonferroni
  /// Holm 1979: controls the family-wise error under any dependence.
  case holm
  /// Hochberg 1988.
  case hochberg
  /// Benjamini and Hochberg 1995: controls the false discovery rate.
  case benjaminiHochberg
  /// Benjamini and Yekutieli 2001: the same under any dependence.
  case benjaminiYekutieli
  /// The p-values as they are.
  case none

  /// Adjusted p-values in the order given; values that are not a number stay and do not count.
  /// **Checked against** padj-1, padj-ties (R's `p.adjust`).
  public func adjust(_ pValues: [Double]) -> [Double] {
    let known = pValues.indices.filter { !pValues[$0].isNaN }
    let n = Double(known.count)
    var result = pValues
    switch self {
    case .none: break
    case .bonferroni: for index in known { result[index] = Swift.min(1, n * pValues[index]) }
    case .holm:
      var greatest = 0.0
      for (place, index) in ascending(pValues, known).enumerated() {
        greatest = Swift.max(greatest, (n - Double(place)) * pValues[index])
        result[index] = Swift.min(1, greatest)
      }
    case .hochberg: stepUp(pValues, known, &result) { n - $0 + 1 }
    case .benjaminiHochberg: stepUp(pValues, known, &result) { n / $0 }
    case .benjaminiYekutieli:
      var harmonic = 0.0
      for index in 0..<known.count { harmonic += 1 / Double(index + 1) }
      stepUp(pValues, known, &result) { harmonic * (n / $0) }
    }
    return result
  }

  /// From the greatest p-value down: the running minimum of factor(rank) × p.
  private func stepUp(
    _ pValues: [Double], _ known: [Int], _ result: inout [Double], _ factor: (Double) -> Double
  ) {
    var least = 1.0
    for (place, index) in ascending(pValues, known).enumerated().reversed() {
      least = Swift.min(least, factor(Double(place + 1)) * pValues[index])
      result[index] = least
    }
  }

  private func ascending(_ pValues: [Double], _ known: [Int]) -> [Int] {
    known.sorted { pValues[$0] != pValues[$1] ? pValues[$0] < pValues[$1] : $0 < $1 }
  }
}
