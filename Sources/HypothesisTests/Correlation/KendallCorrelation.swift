// Kendall's rank correlation.

import NumericalMethods

extension Correlation {
  /// Kendall's τ-b.
  ///
  /// **Choices** as R's `cor.test`: exact below 50 pairs without ties, otherwise normal with the variance corrected
  /// for ties, without continuity correction unless asked for. **Cost** n log n. **Source** Kendall 1970;
  /// Knight 1966. **Checked against** cor-kendall, cor-kendall-exact.
  ///
  /// - Throws: `TestInputError`: `lengthMismatch`; `notFinite` for a value that is not a number
  /// (infinite ones have a rank).
  public static func kendall(
    _ x: [Double], _ y: [Double], exact: Bool? = nil, continuityCorrection: Bool = false
  ) throws -> Correlation {
    try Check.sameLength(x, y)
    try Check.rankable(x, .first)
    try Check.rankable(y, .second)
    let n = Double(x.count)
    guard x.count >= 2 else { return none(x.count) }
    let pairs = KendallPairs(x, y)
    let all = n * (n - 1) / 2
    let untiedX = all - pairs.tiesX.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let untiedY = all - pairs.tiesY.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    guard untiedX > 0, untiedY > 0 else { return none(x.count) }
    let tau = pairs.score / (untiedX.squareRoot() * untiedY.squareRoot())
    let hasTies = !pairs.tiesX.isEmpty || !pairs.tiesY.isEmpty
    if !hasTies, exact ?? (x.count < 50), let distribution = RankDistributions.kendall(x.count) {
      let concordant = Int(((pairs.score + all) / 2).rounded())
      let p = Swift.min(
        1, 2 * Swift.min(distribution.cumulative(concordant), distribution.upperTail(concordant - 1)))
      return Correlation(
        count: x.count, estimate: tau, statistic: Double(concordant), degreesOfFreedom: nil, pValue: p,
        limits: Limits(lower: nil, upper: nil), isExact: true)
    }
    func sum(_ ties: [Double], _ term: (Double) -> Double) -> Double { ties.reduce(0) { $0 + term($1) } }
    let (tx, ty) = (pairs.tiesX, pairs.tiesY)
    let base =
      n * (n - 1) * (2 * n + 5) - sum(tx) { $0 * ($0 - 1) * (2 * $0 + 5) }
      - sum(ty) { $0 * ($0 - 1) * (2 * $0 + 5) }
    let doubles = sum(tx) { $0 * ($0 - 1) } * sum(ty) { $0 * ($0 - 1) } / (2 * n * (n - 1))
    let triples = sum(tx) { $0 * ($0 - 1) * ($0 - 2) } * sum(ty) { $0 * ($0 - 1) * ($0 - 2) }
    let variance = base / 18 + doubles + (n > 2 ? triples / (9 * n * (n - 1) * (n - 2)) : 0)
    var score = pairs.score
    if continuityCorrection { score = score > 0 ? Swift.max(0, score - 1) : Swift.min(0, score + 1) }
    let z = variance > 0 ? score / variance.squareRoot() : nil
    return Correlation(
      count: x.count, estimate: tau, statistic: z, degreesOfFreedom: nil,
      pValue: z.map { NormalDistribution.twoSidedTail($0) }, limits: Limits(lower: nil, upper: nil),
      isExact: false)
  }
}

/// Concordant minus discordant pairs, by merge sort.
private struct KendallPairs {
  let score: Double
  let tiesX: [Double]
  let tiesY: [Double]

  init(_ x: [Double], _ y: [Double]) {
    let first = Ranking(x)
    let second = Ranking(y)
    tiesX = first.ties
    tiesY = second.ties
    // Ascending by x, and by y within equal x: stable sorts, the later key first.
    let byY = RadixOrder.ascending(second.ranks)
    let byX = RadixOrder.ascending(byY.map { first.ranks[Int($0)] })
    var sorted: [Double] = []
    var bothTied = 0.0
    var run = 0.0
    var previous: (Double, Double)?
    for place in byX {
      let row = Int(byY[Int(place)])
      let pair = (first.ranks[row], second.ranks[row])
      run = previous.map { $0 == pair } ?? false ? run + 1 : 0
      bothTied += run
      previous = pair
      sorted.append(pair.1)
    }
    let n = Double(x.count)
    let all = n * (n - 1) / 2
    let tiedX = first.ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let tiedY = second.ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let discordant = Self.inversions(&sorted)
    score = all - tiedX - tiedY + bothTied - 2 * discordant
  }

  /// Pairs i < j with values[i] > values[j]; sorts on the way.
  private static func inversions(_ values: inout [Double]) -> Double {
    var count = 0.0
    var buffer = values
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = Swift.min(start + width, values.count)
        let end = Swift.min(start + 2 * width, values.count)
        var left = start
        var right = middle
        for place in start..<end {
          if left < middle, right >= end || values[left] <= values[right] {
            buffer[place] = values[left]
            left += 1
          } else {
            buffer[place] = values[right]
            right += 1
            count += Double(middle - left)
          }
        }
      }
      swap(&values, &buffer)
      width *= 2
    }
    return count
  }
}
