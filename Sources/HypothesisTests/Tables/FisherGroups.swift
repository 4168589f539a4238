// Partly filled tables that can be counted together.

import NumericalMethods

/// Tables that have reached a node, grouped by their weight so far (equal to 1e-9), in ascending order once finished.
struct FisherGroups {
  private var entries: [(weight: Double, count: Double)] = []
  /// Σ count × exp(weight − scale) of the entries before each one.
  private var masses: [Double] = []
  private(set) var scale = 0.0
  private var mergedCount = 0

  /// The empty table.
  static var start: FisherGroups {
    var groups = FisherGroups()
    groups.entries = [(0, 1)]
    groups.finish()
    return groups
  }

  /// Adds some groups of another node, a column further; returns by how many entries this node has grown.
  mutating func add(_ other: FisherGroups, _ range: Range<Int>, shift: Double) -> Int {
    let before = entries.count
    for index in range { entries.append((other.entries[index].weight + shift, other.entries[index].count)) }
    if entries.count > 2 * mergedCount + 512 { merge() }
    return entries.count - before
  }

  mutating func finish() {
    merge()
    scale = entries.last?.weight ?? 0
    var sum = CompensatedSum()
    masses = [0]
    for entry in entries {
      sum.add(entry.count * Elementary.exp(entry.weight - scale))
      masses.append(sum.value)
    }
  }

  /// Number of groups whose weight is at most `limit`.
  func count(upTo limit: Double) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].weight <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Σ count × exp(weight − scale) of the first groups.
  func mass(first count: Int) -> Double { masses[count] }

  private mutating func merge() {
    let order = RadixOrder.ascending(entries.map(\.weight))
    var merged: [(weight: Double, count: Double)] = []
    for place in order {
      let entry = entries[Int(place)]
      if let last = merged.last, entry.weight - last.weight <= 1e-9 {
        merged[merged.count - 1].count += entry.count
      } else {
        merged.append(entry)
      }
    }
    entries = merged
    mergedCount = merged.count
  }
}
