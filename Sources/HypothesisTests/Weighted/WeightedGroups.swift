// Groups of weighted rows compared: means, ranks and shares, with variances robust over rows or clusters.

import NumericalMethods

/// An F test of groups whose rows have weights.
public struct WeightedGroupTest: Sendable, Hashable {
  /// F; `nil` where it cannot be made: one group, nothing that varies, no degree of freedom.
  public let statistic: Double?
  /// Groups less one for means and ranks; for shares Satterthwaite's approximation, not a whole number.
  public let numeratorDegreesOfFreedom: Double?
  /// Clusters (rows) less groups; for shares the numerator's times clusters less one.
  public let denominatorDegreesOfFreedom: Double?
  /// Upper tail of F.
  public let pValue: Double?

  static let none = WeightedGroupTest(
    statistic: nil, numeratorDegreesOfFreedom: nil, denominatorDegreesOfFreedom: nil, pValue: nil)

  init(
    statistic: Double?, numeratorDegreesOfFreedom: Double?, denominatorDegreesOfFreedom: Double?,
    pValue: Double?
  ) {
    self.statistic = statistic
    self.numeratorDegreesOfFreedom = numeratorDegreesOfFreedom
    self.denominatorDegreesOfFreedom = denominatorDegreesOfFreedom
    self.pValue = pValue
  }

  init(statistic: Double, numerator: Double, denominator: Double) {
    guard statistic.isFinite, statistic >= 0, numerator > 0, denominator > 0 else {
      self = .none
      return
    }
    self.init(
      statistic: statistic, numeratorDegreesOfFreedom: numerator, denominatorDegreesOfFreedom: denominator,
      pValue: FDistribution.upperTail(statistic, numerator: numerator, denominator: denominator))
  }
}

/// Rows in groups, each with a weight, that may belong together in clusters (patients with several rows).
///
/// The variances are those of a design that draws clusters with replacement: what each cluster adds to an estimate is squared
/// and summed, times G / (G − 1) with G clusters. Weights are taken as known.
///
/// Checked against: R's survey 4.1 (weighted.R).
public struct WeightedGroups: Sendable {
  let groups: [Int32]
  let groupCount: Int
  let weights: [Double]
  let clusters: [Int32]?

  /// - Parameters:
  ///   - groups: n codes from 0; rows with a code outside 0..<groupCount are left out.
  ///   - groupCount: k.
  ///   - weights: n, finite and not negative; rows of weight 0 are left out.
  ///   - clusters: n codes from 0; `nil` where every row stands for itself.
  /// - Throws: `TestInputError.lengthMismatch`, `.notFinite` and `.outsideRange` of the weights.
  public init(
    groups: [Int32], groupCount: Int, weights: [Double], clusters: [Int32]? = nil
  ) throws(TestInputError) {
    try Self.check(weights, count: groups.count)
    if let clusters, clusters.count != groups.count {
      throw .lengthMismatch(.group, expected: groups.count, got: clusters.count)
    }
    self.groups = groups
    self.groupCount = groupCount
    self.weights = weights
    self.clusters = clusters
  }

  static func check(_ weights: [Double], count: Int) throws(TestInputError) {
    guard weights.count == count else {
      throw .lengthMismatch(.weights, expected: count, got: weights.count)
    }
    if let row = weights.firstIndex(where: { !$0.isFinite }) { throw .notFinite(.weights, row: row) }
    if let row = weights.firstIndex(where: { $0 < 0 }) { throw .outsideRange(.weights, row: row) }
  }

  /// Whether the weighted means of the groups differ.
  ///
  /// With m_g = Σ w y / Σ w in group g, row i of the group moves m_g by w (y − m_g) / Σ w; the Wald statistic of
  /// m_g − m_1 with their covariance, over k − 1, has an F distribution with k − 1 and G − k degrees of freedom. With two groups
  /// its root is t.
  ///
  /// - Parameter values: n; rows with not-a-number are left out.
  /// - Returns: groups without rows are left out; values `nil` where fewer than two groups or no degree of freedom is left, or
  ///   nothing varies within groups.
  ///
  /// Choices: the same as `svyttest` (two groups) and `regTermTest(svyglm(y ~ group))` of R's survey. Cost: O(n + k³).
  /// Source: Lumley T. Complex Surveys, 2010, ch. 5.
  public func compareMeans(_ values: [Double]) -> WeightedGroupTest {
    let rows = usedRows { values.indices.contains($0) && values[$0].isFinite }
    let origin = rows.first.map { values[$0] } ?? 0
    return compare(rows, scores: rows.map { values[$0] - origin })
  }

  /// Whether one group tends to larger values: weighted means of estimated population ranks.
  ///
  /// The rank of a value is the weight below it and half the weight at it, over all weight; its means are compared as
  /// `compareMeans` does. With equal weights this is a Kruskal–Wallis test with a robust variance.
  ///
  /// - Parameter values: n; rows with not-a-number are left out, infinite values have ranks.
  ///
  /// Choices: the same as `svyranktest(test = "KruskalWallis")` of R's survey without ties, also where it has two groups
  /// (Wilcoxon's). Rows tied at a value have its rank here; survey 4.1 ranks them by their order in the file first.
  /// Cost: O(n + k³). Source: Lumley T, Scott AJ. Biometrika 2013;100:831–42.
  public func compareRanks(_ values: [Double]) -> WeightedGroupTest {
    let rows = usedRows { values.indices.contains($0) && !values[$0].isNaN }
    let order = RadixOrder.ascending(rows.map { values[$0] }).map { Int($0) }
    let total = CompensatedSum.of(rows.map { weights[$0] })

    var scores = [Double](repeating: 0, count: rows.count)
    var below = CompensatedSum()
    var start = 0
    while start < order.count {
      var end = start
      var sum = CompensatedSum()
      while end < order.count, values[rows[order[end]]] == values[rows[order[start]]] {
        let weight = weights[rows[order[end]]]
        sum.add(weight)
        end += 1
      }
      let share = (below.value + sum.value / 2) / total
      for position in order[start..<end] { scores[position] = share }
      below.add(sum.value)
      start = max(end, start + 1)
    }
    return compare(rows, scores: scores)
  }

  /// Rows with a group and a weight that meet the condition, ascending.
  func usedRows(_ isUsed: (Int) -> Bool) -> [Int] {
    groups.indices.filter { row in
      groups[row] >= 0 && Int(groups[row]) < groupCount && weights[row] > 0 && isUsed(row)
    }
  }

  /// For each row its cluster from 0, and how many there are; every row its own without clusters.
  func units(_ rows: [Int]) -> (codes: [Int], count: Int) {
    guard let clusters else { return (Array(rows.indices), rows.count) }
    var numbers: [Int32: Int] = [:]
    let codes = rows.map { row in
      let next = numbers.count
      let code = numbers[clusters[row]] ?? next
      if code == next { numbers[clusters[row]] = next }
      return code
    }
    return (codes, numbers.count)
  }

  private func compare(_ rows: [Int], scores: [Double]) -> WeightedGroupTest {
    var totals = [CompensatedSum](repeating: CompensatedSum(), count: groupCount)
    var sums = totals
    for (row, score) in zip(rows, scores) {
      totals[Int(groups[row])].add(weights[row])
      sums[Int(groups[row])].add(weights[row] * score)
    }
    let filled = (0..<groupCount).filter { totals[$0].value > 0 }
    guard filled.count > 1, let first = filled.first else { return .none }
    let means = zip(sums, totals).map { $0.value / $1.value }
    let units = units(rows)
    let groupTotals = totals.map(\.value)
    let moved = rows.indices.map { index in
      let group = Int(groups[rows[index]])
      return weights[rows[index]] * (scores[index] - means[group]) / groupTotals[group]
    }
    let covariance = sumOfProducts(rows, moved, units)
    let others = filled.dropFirst()
    let difference = others.map { means[$0] - means[first] }
    var variance = Matrix(rowCount: others.count, columnCount: others.count)
    for (i, a) in others.enumerated() {
      for (j, b) in others.enumerated() {
        variance[i, j] =
          covariance[a, b] - covariance[a, first] - covariance[first, b] + covariance[first, first]
      }
    }
    let count = Double(units.count)
    let factorization = CholeskyFactorization(variance)
    guard units.count > filled.count, factorization.rank == others.count else { return .none }
    let solved = factorization.solve(difference)
    let wald = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 } * (count - 1) / count
    return WeightedGroupTest(
      statistic: wald / Double(others.count), numerator: Double(others.count),
      denominator: count - Double(filled.count))
  }

  /// Σ over clusters of what they add to one group times what they add to another.
  private func sumOfProducts(_ rows: [Int], _ moved: [Double], _ units: (codes: [Int], count: Int)) -> Matrix
  {
    var products = [CompensatedSum](repeating: CompensatedSum(), count: groupCount * groupCount)
    for members in Self.members(units) {
      var added: [Int: Double] = [:]
      for index in members { added[Int(groups[rows[index]]), default: 0] += moved[index] }
      let ordered = added.sorted { $0.key < $1.key }
      for (a, left) in ordered {
        for (b, right) in ordered { products[a * groupCount + b].add(left * right) }
      }
    }
    var matrix = Matrix(rowCount: groupCount, columnCount: groupCount)
    for a in 0..<groupCount {
      for b in 0..<groupCount { matrix[a, b] = products[a * groupCount + b].value }
    }
    return matrix
  }

  /// The positions of each cluster's rows.
  static func members(_ units: (codes: [Int], count: Int)) -> [[Int]] {
    var members = [[Int]](repeating: [], count: units.count)
    for (index, code) in units.codes.enumerated() { members[code].append(index) }
    return members
  }
}
