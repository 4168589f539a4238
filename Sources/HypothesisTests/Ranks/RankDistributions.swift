// Exact null distributions of rank statistics without ties.

import NumericalMethods

/// A distribution on 0, 1, …, with the weights kept as probabilities.
struct CountDistribution {
  let probabilities: [Double]

  /// P(X ≤ x).
  func cumulative(_ x: Int) -> Double {
    if x < 0 { return 0 }
    if x >= probabilities.count - 1 { return 1 }
    return CompensatedSum.of(probabilities[0...x])
  }

  /// P(X > x).
  func upperTail(_ x: Int) -> Double {
    if x < 0 { return 1 }
    if x >= probabilities.count - 1 { return 0 }
    return CompensatedSum.of(probabilities[(x + 1)...])
  }

  /// The least x with P(X ≤ x) ≥ p, with R's allowance for rounding.
  func quantile(_ p: Double) -> Int {
    var sum = CompensatedSum()
    for (x, probability) in probabilities.enumerated() {
      sum.add(probability)
      if sum.value >= p * (1 - 10 * Double.ulpOfOne) { return x }
    }
    return probabilities.count - 1
  }
}

enum RankDistributions {
  /// More steps than this and an exact distribution is refused.
  static let stepLimit = 400_000_000

  /// The Mann–Whitney count of pairs won, for samples of m and n: Cost (m + n) min(m, n) m n; nil beyond the limit.
  static func rankSum(_ m: Int, _ n: Int) -> CountDistribution? {
    let small = Swift.min(m, n)
    let total = m + n
    let pairs = m * n
    guard small > 0, total * small <= stepLimit / (pairs + 1) else { return nil }
    // table[k][w]: the share of the ways to choose k of the first values that have rank sum k(k+1)/2 + w. The last
    // value is among the k chosen in a share k / value of the ways, so that all entries stay probabilities.
    let width = pairs + 1
    var table = [Double](repeating: 0, count: (small + 1) * width)
    table[0] = 1
    for value in 1...total {
      for k in stride(from: Swift.min(small, value), through: 1, by: -1) {
        // Choosing `value` as the k-th smallest adds value − k pairs.
        let gain = value - k
        let chosen = Double(k) / Double(value)
        let row = k * width
        let previous = row - width
        for w in stride(from: Swift.min(pairs, k * gain), through: 0, by: -1) {
          let with = w >= gain ? table[previous + w - gain] : 0
          table[row + w] = chosen * with + (1 - chosen) * table[row + w]
        }
      }
    }
    let last = small * width
    return CountDistribution(probabilities: Array(table[last..<(last + width)]))
  }

  /// The sum of positive ranks of n differences. Cost n³/2; nil beyond the limit.
  static func signedRank(_ n: Int) -> CountDistribution? {
    guard n > 0, n <= 900 else { return nil }
    let top = n * (n + 1) / 2
    var weights = [Double](repeating: 0, count: top + 1)
    weights[0] = 1
    var reached = 0
    for rank in 1...n {
      reached += rank
      for sum in stride(from: reached, through: 0, by: -1) {
        weights[sum] = 0.5 * (weights[sum] + (sum >= rank ? weights[sum - rank] : 0))
      }
    }
    return CountDistribution(probabilities: weights)
  }

  /// The number of concordant pairs among n, for Kendall's τ. Cost n³/2; nil beyond the limit.
  static func kendall(_ n: Int) -> CountDistribution? {
    guard n > 0, n <= 400 else { return nil }
    var weights = [1.0]
    for size in 2...Swift.max(n, 2) where size <= n {
      var next = [Double](repeating: 0, count: weights.count + size - 1)
      // A moving sum of `size` neighbours, as prefix sums would cancel.
      for (index, weight) in weights.enumerated() {
        for shift in 0..<size { next[index + shift] += weight / Double(size) }
      }
      weights = next
    }
    return CountDistribution(probabilities: weights)
  }
}
