// One pass over the rows of a unit, with their clusters' influences kept up to date.

import NumericalMethods

/// The rows of one unit, where sums over them do not give the jackknife.
struct JackknifeRows: Sendable {
  let outcome: SurvivalOutcome
  let orders: RowOrders
  let unit: Int
  /// `nil`: every row its own cluster.
  let clusters: GroupCodes?
}

/// Takes the rows of a unit through time: those that enter, all that are at risk, those that leave.
struct RowPass {
  private let outcome: SurvivalOutcome
  private let timeIndex: [Int32]
  private let exits: ArraySlice<Int32>
  private let entries: ArraySlice<Int32>?
  private let local: LocalClusters
  private var tracker: InfluenceTracker
  private var nextEntry = 0
  private var nextExit = 0

  init(_ rows: JackknifeRows, timeIndex: [Int32]) {
    outcome = rows.outcome
    self.timeIndex = timeIndex
    exits = rows.orders.exits.rows(of: rows.unit)
    entries = rows.orders.entries?.rows(of: rows.unit)
    local = LocalClusters(exits: exits, entries: entries, clusters: rows.clusters)
    tracker = InfluenceTracker(clusterCount: local.count)
  }

  /// Moves over the time at `position` and returns Σ x² after it.
  mutating func step(
    at position: Int,
    entering: (_ weight: Double, inout InfluenceTracker, _ cluster: Int) -> Void,
    advancing: (inout InfluenceTracker) -> Void,
    leaving: (_ weight: Double, _ event: UInt8, inout InfluenceTracker, _ cluster: Int) -> Void
  ) -> Double {
    enter(position, entering)
    advancing(&tracker)
    while nextExit < exits.count {
      let row = Int(exits[exits.startIndex + nextExit])
      guard outcome.order.rank[row] == timeIndex[position] else { break }
      leaving(weight(row), outcome.event[row], &tracker, local.atExit[nextExit])
      nextExit += 1
    }
    return tracker.sumOfSquares
  }

  private mutating func enter(
    _ position: Int, _ entering: (_ weight: Double, inout InfluenceTracker, _ cluster: Int) -> Void
  ) {
    guard let entries, let entryRank = outcome.order.entryRank else {
      guard position == 0 else { return }
      for (row, cluster) in zip(exits, local.atExit) { entering(weight(Int(row)), &tracker, cluster) }
      return
    }
    while nextEntry < entries.count {
      let row = Int(entries[entries.startIndex + nextEntry])
      guard entryRank[row] <= timeIndex[position] else { break }
      entering(weight(row), &tracker, local.atEntry[nextEntry])
      nextEntry += 1
    }
  }

  private func weight(_ row: Int) -> Double { outcome.weights.map { $0[row] } ?? 1 }
}

/// Numbers for the clusters of one unit, in the order in which they appear: small however many clusters there are.
struct LocalClusters {
  /// Per row of the unit in exit order and in entry order.
  let atExit: [Int]
  let atEntry: [Int]
  let count: Int

  /// Every row its own cluster when `clusters` is `nil`.
  init(exits: ArraySlice<Int32>, entries: ArraySlice<Int32>?, clusters: GroupCodes?) {
    guard let clusters else {
      count = exits.count
      atExit = Array(exits.indices.map { $0 - exits.startIndex })
      guard let entries else {
        atEntry = []
        return
      }
      // Both list the same rows: where a row stands in one tells its number in the other.
      let places = Dictionary(uniqueKeysWithValues: zip(exits, atExit))
      atEntry = entries.map { places[$0] ?? 0 }
      return
    }
    var numbering = Numbering(codeCount: clusters.count, rowCount: exits.count)
    atExit = exits.map { numbering.number(of: clusters.codes[Int($0)]) }
    atEntry = entries?.map { numbering.number(of: clusters.codes[Int($0)]) } ?? []
    count = numbering.count
  }

  /// Numbers codes as they come; a table where that is no larger than the rows, otherwise a dictionary.
  private struct Numbering {
    private var table: [Int]
    private var dictionary: [Int32: Int] = [:]
    private(set) var count = 0

    init(codeCount: Int, rowCount: Int) {
      table = codeCount <= max(4 * rowCount, 1024) ? [Int](repeating: -1, count: codeCount) : []
    }

    mutating func number(of code: Int32) -> Int {
      let known = table.isEmpty ? dictionary[code] : table[Int(code)] < 0 ? nil : table[Int(code)]
      if let known { return known }
      if table.isEmpty { dictionary[code] = count } else { table[Int(code)] = count }
      count += 1
      return count - 1
    }
  }
}
