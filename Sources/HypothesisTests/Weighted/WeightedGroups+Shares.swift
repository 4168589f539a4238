// The χ² test of Rao and Scott: whether shares of levels differ between groups of weighted rows.

import NumericalMethods

extension WeightedGroups {
  /// Tables with more contrasts than this are not tested: the work grows with their cube.
  public static let mostContrasts = 400

  /// Whether the weighted shares of levels differ between groups (Rao and Scott's second-order correction).
  ///
  /// Pearson's X² of the weighted table over tr Δ, with Δ = (C'D⁻¹C)⁻¹ C'D⁻¹VD⁻¹C: D holds the shares p of the cells, V is
  /// their robust covariance, C spans the interaction of group and level. F has ν = (tr Δ)²/tr Δ² and ν (G − 1) degrees of freedom.
  ///
  /// - Parameters:
  ///   - levels: n codes from 0; rows with a code outside 0..<levelCount are left out.
  ///   - levelCount: as many as there may be; those without rows are left out, as are groups.
  /// - Returns: values `nil` where fewer than two groups or levels are left, where empty cells leave nothing to
  ///   compare, or with more than `mostContrasts` contrasts.
  ///
  /// Choices: `svychisq(statistic = "F")` of R's survey, which is its default and gtsummary's.
  /// Cost: O(n + (k l)² + ((k − 1)(l − 1))³).
  /// Source: Rao JNK, Scott AJ. Ann Stat 1984;12:46–60.
  public func compareShares(_ levels: [Int32], levelCount: Int) -> WeightedGroupTest {
    let rows = usedRows {
      levels.indices.contains($0) && levels[$0] >= 0 && Int(levels[$0]) < levelCount
    }
    let usedGroups = Self.numbered(rows.map { Int(groups[$0]) }, below: groupCount)
    let usedLevels = Self.numbered(rows.map { Int(levels[$0]) }, below: levelCount)
    let (height, width) = (usedGroups.count, usedLevels.count)
    let contrastCount = (height - 1) * (width - 1)
    guard height > 1, width > 1, contrastCount <= Self.mostContrasts else { return .none }
    let cells = zip(usedGroups.codes, usedLevels.codes).map { $0 * width + $1 }
    let total = CompensatedSum.of(rows.map { weights[$0] })
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: height * width)
    for (cell, row) in zip(cells, rows) { sums[cell].add(weights[row] / total) }
    let shares = sums.map(\.value)
    let units = units(rows)
    guard units.count > 1 else { return .none }
    let covariance = covariance(shares, cells, rows.map { weights[$0] / total }, units)

    // One contrast for each group and level but the last: + + − − on the corners with the last of both.
    let contrasts = (0..<contrastCount).map { index -> [(cell: Int, sign: Double)] in
      let (group, level) = (index / (width - 1), index % (width - 1))
      return [
        (group * width + level, 1), (group * width + width - 1, -1),
        ((height - 1) * width + level, -1), (height * width - 1, 1),
      ].map { cell, sign in (cell, shares[cell] > 0 ? sign / shares[cell] : 0) }
    }
    var inner = Matrix(rowCount: contrastCount, columnCount: contrastCount)
    var outer = inner
    for (i, left) in contrasts.enumerated() {
      for (j, right) in contrasts.enumerated() {
        var (own, robust) = (0.0, 0.0)
        for a in left {
          for b in right {
            if a.cell == b.cell { own += a.sign * b.sign * shares[a.cell] }
            robust += a.sign * b.sign * covariance[a.cell, b.cell]
          }
        }
        inner[i, j] = own
        outer[i, j] = robust
      }
    }
    let factorization = CholeskyFactorization(inner)
    guard factorization.rank == contrastCount else { return .none }
    let columns = (0..<contrastCount).map { factorization.solve(outer.column($0)) }
    var (trace, traceOfSquare) = (0.0, 0.0)
    for i in 0..<contrastCount {
      trace += columns[i][i]
      for j in 0..<contrastCount { traceOfSquare += columns[i][j] * columns[j][i] }
    }
    guard trace > 0, traceOfSquare > 0 else { return .none }
    let degrees = trace * trace / traceOfSquare
    return WeightedGroupTest(
      statistic: Self.pearson(shares, height, width) / trace, numerator: degrees,
      denominator: degrees * Double(units.count - 1))
  }

  /// Pearson's X² of a table of shares, for a total of 1.
  private static func pearson(_ shares: [Double], _ height: Int, _ width: Int) -> Double {
    let groupShares = (0..<height).map { group in
      shares[(group * width)..<((group + 1) * width)].reduce(0, +)
    }
    let levelShares = (0..<width).map { level in
      stride(from: level, to: shares.count, by: width).reduce(0) { $0 + shares[$1] }
    }
    var sum = CompensatedSum()
    for group in 0..<height {
      for level in 0..<width {
        let expected = groupShares[group] * levelShares[level]
        let difference = shares[group * width + level] - expected
        sum.add(difference * difference / expected)
      }
    }
    return sum.value
  }

  /// Of the shares of cells: Σ u u' · G / (G − 1), where a cluster moves the shares p by u = a − t p, with its own weights a by
  /// cell and t in all.
  private func covariance(
    _ shares: [Double], _ cells: [Int], _ weights: [Double], _ units: (codes: [Int], count: Int)
  ) -> Matrix {
    let count = shares.count
    var products = Matrix(rowCount: count, columnCount: count)
    var crossed = [Double](repeating: 0, count: count)
    var squared = 0.0
    for members in Self.members(units) {
      var own: [Int: Double] = [:]
      var all = 0.0
      for index in members {
        own[cells[index], default: 0] += weights[index]
        all += weights[index]
      }
      let ordered = own.sorted { $0.key < $1.key }
      for (a, left) in ordered {
        crossed[a] += all * left
        for (b, right) in ordered { products[a, b] += left * right }
      }
      squared += all * all
    }
    let factor = Double(units.count) / Double(units.count - 1)
    var covariance = Matrix(rowCount: count, columnCount: count)
    for a in 0..<count {
      for b in 0..<count {
        covariance[a, b] =
          factor
          * (products[a, b] - crossed[a] * shares[b] - shares[a] * crossed[b] + squared * shares[a]
            * shares[b])
      }
    }
    return covariance
  }

  /// Codes without gaps, in the same order.
  private static func numbered(_ codes: [Int], below limit: Int) -> (codes: [Int], count: Int) {
    var isUsed = [Bool](repeating: false, count: limit)
    for code in codes { isUsed[code] = true }
    var numbers = [Int](repeating: 0, count: limit)
    var next = 0
    for code in 0..<limit where isUsed[code] {
      numbers[code] = next
      next += 1
    }
    return (codes.map { numbers[$0] }, next)
  }
}
