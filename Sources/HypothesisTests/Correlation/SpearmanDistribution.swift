// The null distribution of Spearman's S.

import NumericalMethods

/// Algorithm AS 89 (Best and Roberts 1975) with R's change: enumeration up to nine pairs.
enum SpearmanDistribution {
  /// P(S ≥ s) for `lower` false, P(S < s) for `lower` true.
  static func tail(statistic: Double, count n: Int, lower: Bool) -> Double {
    let size = Double(n)
    if n <= 1 || statistic <= 0 { return lower ? 0 : 1 }
    if statistic > size * (size * size - 1) / 3 { return lower ? 1 : 0 }
    if n <= 9 {
      let counts = enumeration(n)
      let least = Int(statistic.rounded(.up))
      let above = counts[Swift.min(least, counts.count)...].reduce(0, +)
      let all = counts.reduce(0, +)
      return lower ? (all - above) / all : above / all
    }
    let b = 1 / size
    let x = (6 * (statistic - 1) * b / (size * size - 1) - 1) * (size - 1).squareRoot()
    let y = x * x
    let inner = 0.0879 + b * 0.0151 - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))
    var u =
      x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * (-0.0758 + b * (0.1033 + 0.3932 * b) - y * b * inner))
    u /= Elementary.exp(y / 2)
    let tail = lower ? NormalDistribution.cumulative(x) - u : NormalDistribution.upperTail(x) + u
    return Swift.max(0, Swift.min(1, tail))
  }

  /// Numbers of permutations of n by Σ (i − π(i))².
  private static func enumeration(_ n: Int) -> [Double] {
    let top = n * (n * n - 1) / 3
    // State: which images are taken; value: counts by the sum so far.
    var table = [Int: [Double]]()
    table[0] = [Double](repeating: 0, count: top + 1)
    table[0]?[0] = 1
    for position in 0..<n {
      var next = [Int: [Double]]()
      for (taken, counts) in table {
        for image in 0..<n where taken & (1 << image) == 0 {
          let square = (position - image) * (position - image)
          let key = taken | (1 << image)
          var target = next[key] ?? [Double](repeating: 0, count: top + 1)
          for sum in 0...(top - square) where counts[sum] > 0 { target[sum + square] += counts[sum] }
          next[key] = target
        }
      }
      table = next
    }
    return table.values.first ?? []
  }
}
