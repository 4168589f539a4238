// p-values adjusted for the number of comparisons.

/// How the p-values of several comparisons are adjusted, as R's `p.adjust`.
public enum MultiplicityAdjustment: String, Sendable, Hashable, CaseIterable {
  /// The p-values as they are.
  case none
  /// p m.
  case bonferroni
  /// Step-down: the running maximum of (m − i + 1) p₍ᵢ₎. The default: as safe as Bonferroni and never weaker.
  case holm
  /// Step-up: the running minimum, from the largest, of (m − i + 1) p₍ᵢ₎.
  case hochberg
  /// False discovery rate: the running minimum, from the largest, of m p₍ᵢ₎ / i.
  case benjaminiHochberg = "bh"

  /// Adjusted p-values in the same order; those that are `nil` stay so and are not counted.
  public func adjust(_ pValues: [Double?]) -> [Double?] {
    let known = pValues.indices.filter { pValues[$0] != nil }
    let total = Double(known.count)
    let ascending = known.sorted { ((pValues[$0] ?? 1), $0) < ((pValues[$1] ?? 1), $1) }
    var adjusted = pValues
    func walk(_ ranks: [Int], factor: (Double) -> Double, running: (Double, Double) -> Double) {
      var previous: Double?
      for rank in ranks {
        let index = ascending[rank]
        let value = factor(Double(rank + 1)) * (pValues[index] ?? 1)
        let kept = previous.map { running($0, value) } ?? value
        previous = kept
        adjusted[index] = Swift.min(kept, 1)
      }
    }
    let upwards = Array(ascending.indices)
    switch self {
    case .none: break
    case .bonferroni: for index in known { adjusted[index] = pValues[index].map { Swift.min(total * $0, 1) } }
    case .holm: walk(upwards, factor: { total - $0 + 1 }, running: Swift.max)
    case .hochberg: walk(upwards.reversed(), factor: { total - $0 + 1 }, running: Swift.min)
    case .benjaminiHochberg: walk(upwards.reversed(), factor: { total / $0 }, running: Swift.min)
    }
    return adjusted
  }
}
