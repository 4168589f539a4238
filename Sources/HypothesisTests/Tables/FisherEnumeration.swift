// The exact p-value of a table larger than 2 × 2.

import NumericalMethods

/// Sums the probabilities of all tables with given margins that are no more probable than the observed one.
///
/// Columns are filled one after the other. What is left of the row totals, sorted, is a node; tables that reach a
/// node with the same weight so far are counted together (Mehta and Patel 1983). A group leaves early when the most
/// probable completion is still rare enough (all its completions count) or the least probable is not (none does).
enum FisherEnumeration {
  /// nil when more than `entryLimit` groups would have to be kept or a hundred times as many made.
  static func pValue(_ table: ContingencyTable, entryLimit: Int) -> Double? {
    var rows = table.rowTotals
    var columns = table.columnTotals
    // Nodes are vectors of the shorter side.
    if rows.count > columns.count { swap(&rows, &columns) }
    columns.sort(by: >)
    let total = table.total
    let factorials = logFactorials(total)
    let limit = -table.counts.joined().reduce(0) { $0 + factorials[$1] } + 1e-7
    // Probability of a table: exp(weight + constant).
    let constant =
      rows.reduce(0) { $0 + factorials[$1] } + columns.reduce(0) { $0 + factorials[$1] } - factorials[total]
    var work = Work(budget: 100 * entryLimit)
    var level: [[Int]: [Int: Group]] = [rows.sorted(by: >): [0: Group(weight: 0, count: 1)]]
    var sum = CompensatedSum()
    for (index, column) in columns.enumerated() {
      let rest = Array(columns[(index + 1)...])
      var next: [[Int]: [Int: Group]] = [:]
      var entries = 0
      for node in level.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        guard let groups = level[node] else { continue }
        let ordered = groups.keys.sorted().compactMap { groups[$0] }
        let isInside = fill(node, column, factorials, &work) { left, weight in
          let target = left.sorted(by: >)
          let bounds = Bounds(rows: target, columns: rest, factorials)
          for group in ordered {
            let path = group.weight + weight
            if path + bounds.most <= limit {
              // Every completion counts: their weights sum to n! / (Π r! Π c!).
              sum.add(group.count * Elementary.exp(path + bounds.all + constant))
            } else if path + bounds.least <= limit {
              let key = Int((path * 1e9).rounded())
              if next[target]?[key] == nil { entries += 1 }
              next[target, default: [:]][key, default: Group(weight: path, count: 0)].count += group.count
            }
          }
        }
        guard isInside, entries <= entryLimit else { return nil }
      }
      level = next
    }
    return Swift.min(1, sum.value)
  }

  /// −Σ log x! of the cells: the log-probability up to a constant of the margins.
  static func logWeight(_ cells: [Int]) -> Double {
    -cells.reduce(0) { $0 + SpecialFunctions.logGamma(Double($1) + 1) }
  }

  private struct Group {
    var weight: Double
    var count: Double
  }

  private struct Work {
    var budget: Int
  }

  private static func logFactorials(_ n: Int) -> [Double] {
    (0...n).map { SpecialFunctions.logGamma(Double($0) + 1) }
  }

  /// Calls `body` with what is left of the rows for every way to fill one column; false when the budget is spent.
  private static func fill(
    _ rows: [Int], _ column: Int, _ factorials: [Double], _ work: inout Work, _ body: ([Int], Double) -> Void
  ) -> Bool {
    // Room in the rows from each one on.
    var room = [Int](repeating: 0, count: rows.count + 1)
    for index in rows.indices.reversed() { room[index] = room[index + 1] + rows[index] }
    var left = rows
    func descend(_ index: Int, _ remaining: Int, _ weight: Double, _ work: inout Work) -> Bool {
      if index == rows.count - 1 {
        work.budget -= 1
        left[index] = rows[index] - remaining
        body(left, weight - factorials[remaining])
        return work.budget > 0
      }
      for count in Swift.max(0, remaining - room[index + 1])...Swift.min(rows[index], remaining) {
        left[index] = rows[index] - count
        guard descend(index + 1, remaining - count, weight - factorials[count], &work) else { return false }
      }
      return true
    }
    return descend(0, column, 0, &work)
  }

  /// Bounds of the weight of the columns still to be filled, and the log of the sum of all of them.
  private struct Bounds {
    let most: Double
    let least: Double
    let all: Double

    init(rows: [Int], columns: [Int], _ factorials: [Double]) {
      let total = columns.reduce(0, +)
      all =
        factorials[total] - rows.reduce(0) { $0 + factorials[$1] } - columns.reduce(0) { $0 + factorials[$1] }
      // The flattest filling of each line alone is at least as probable as any table; the most lopsided one that the
      // other margin allows at most as probable.
      most = Swift.min(
        columns.reduce(0) { $0 - Self.flattest($1, rows.count, factorials) },
        rows.reduce(0) { $0 - Self.flattest($1, columns.count, factorials) })
      least = Swift.max(
        columns.reduce(0) { $0 - Self.steepest($1, rows, factorials) },
        rows.reduce(0) { $0 - Self.steepest($1, columns, factorials) })
    }

    /// Least Σ log x! over `parts` cells of sum `total`.
    private static func flattest(_ total: Int, _ parts: Int, _ factorials: [Double]) -> Double {
      guard parts > 0 else { return 0 }
      let share = total / parts
      let more = total % parts
      return Double(parts - more) * factorials[share] + (more > 0 ? Double(more) * factorials[share + 1] : 0)
    }

    /// Greatest Σ log x! over cells of sum `total`, none above its limit; limits descending.
    private static func steepest(_ total: Int, _ limits: [Int], _ factorials: [Double]) -> Double {
      var left = total
      var sum = 0.0
      for limit in limits where left > 0 {
        let count = Swift.min(limit, left)
        sum += factorials[count]
        left -= count
      }
      return sum
    }
  }
}
