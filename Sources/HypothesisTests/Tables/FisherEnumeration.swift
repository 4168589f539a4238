// The exact p-value of a table larger than 2 × 2.

import NumericalMethods

/// Sums the probabilities of all tables with given margins that are no more probable than the observed one.
///
/// Columns are filled one after the other. What is left of the row totals, sorted, is a node; tables that reach a
/// node with the same weight so far are counted together (Mehta and Patel 1983). A group leaves early when the most
/// probable completion is still rare enough (all its completions count) or the least probable is not (none does).
struct FisherEnumeration {
  private let factorials: [Double]
  private let entryLimit: Int
  private var budget: Int
  private var sum = CompensatedSum()

  /// nil when more than `entryLimit` groups would have to be kept, or a hundred times as many fillings tried.
  static func pValue(_ table: ContingencyTable, entryLimit: Int) -> Double? {
    var rows = table.rowTotals
    var columns = table.columnTotals
    // Nodes are vectors of the shorter side.
    if rows.count > columns.count { swap(&rows, &columns) }
    columns.sort(by: >)
    rows.sort(by: >)
    var enumeration = FisherEnumeration(total: table.total, entryLimit: entryLimit)
    return enumeration.run(rows: rows, columns: columns, cells: table.counts.flatMap { $0 })
  }

  /// −Σ log x! of the cells: the log-probability up to a constant of the margins.
  static func logWeight(_ cells: [Int]) -> Double {
    -cells.reduce(0) { $0 + SpecialFunctions.logGamma(Double($1) + 1) }
  }

  private init(total: Int, entryLimit: Int) {
    factorials = (0...total).map { SpecialFunctions.logGamma(Double($0) + 1) }
    self.entryLimit = entryLimit
    budget = 100 * entryLimit
  }

  private mutating func run(rows: [Int], columns: [Int], cells: [Int]) -> Double? {
    guard let start = PackedNode(rows, greatest: rows.first ?? 0) else { return nil }
    let limit = -cells.reduce(0) { $0 + factorials[$1] } + 1e-7
    // Probability of a table: exp(weight + constant).
    let margins = (rows + columns).reduce(0) { $0 + factorials[$1] }
    let constant = margins - factorials[factorials.count - 1]
    var level = [start: FisherGroups.start]
    for (index, column) in columns.enumerated() {
      let rest = Array(columns[(index + 1)...])
      guard let next = advance(level, column, rest, limit: limit, constant: constant, like: start) else {
        return nil
      }
      level = next
    }
    return Swift.min(1, sum.value)
  }

  /// Fills one column from every node; nil when a limit is passed.
  private mutating func advance(
    _ level: [PackedNode: FisherGroups], _ column: Int, _ rest: [Int], limit: Double, constant: Double,
    like shape: PackedNode
  ) -> [PackedNode: FisherGroups]? {
    var next: [PackedNode: FisherGroups] = [:]
    var bounds: [PackedNode: FisherBounds] = [:]
    var entries = 0
    // Sorted, so that sums run in one order on every machine.
    for node in level.keys.sorted() {
      guard let groups = level[node] else { continue }
      var filling = ColumnFilling(rows: node.unpacked, column: column)
      while filling.advance() {
        let weight = -filling.counts.reduce(0) { $0 + factorials[$1] }
        let left = filling.left.sorted(by: >)
        let target = shape.repacked(left)
        let bound = bounds[target] ?? FisherBounds(rows: left, columns: rest, factorials)
        bounds[target] = bound
        // Of the groups in ascending order the first are rare enough however they go on: all their completions
        // count, and the weights of these sum to n! / (Π r! Π c!). The last never are.
        let inside = groups.count(upTo: limit - bound.most - weight)
        if inside > 0 {
          sum.add(groups.mass(first: inside) * Elementary.exp(groups.scale + weight + bound.all + constant))
        }
        let undecided = inside..<Swift.max(inside, groups.count(upTo: limit - bound.least - weight))
        budget -= 1 + undecided.count
        guard budget > 0 else { return nil }
        if undecided.isEmpty { continue }
        entries += next[target, default: FisherGroups()].add(groups, undecided, shift: weight)
        guard entries <= entryLimit else { return nil }
      }
    }
    for target in next.keys { next[target]?.finish() }
    return next
  }
}
