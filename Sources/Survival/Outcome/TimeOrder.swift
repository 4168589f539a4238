// The distinct times of an outcome and each row's place among them: computed once, used by every estimator.

import NumericalMethods
import Synchronization

/// The distinct times of an outcome and each row's place among them.
///
/// Estimators that count (Kaplan–Meier, log-rank, Aalen–Johansen) need `rank` alone; those that scan risk sets take
/// the rows through `ascending`, which is computed on first use.
public struct TimeOrder: Sendable {
  /// Distinct exit times, ascending.
  public let times: [Double]
  /// Per row, the index of its exit time in `times`.
  public let rank: [Int32]
  /// Per row, the index of the first distinct exit time later than its entry; the row is at risk at
  /// `times[entryRank...rank]`. `nil` without delayed entry.
  public let entryRank: [Int32]?

  private let lazyAscending = LazyOrder()
  private let lazyEntryAscending = LazyOrder()

  init(times: [Double], rank: [Int32], entryRank: [Int32]?) {
    self.times = times
    self.rank = rank
    self.entryRank = entryRank
  }

  /// Rows by ascending exit time; tied rows stay in the order of the file.
  public var ascending: [Int32] {
    lazyAscending.value { Self.countingOrder(keys: rank, keyCount: times.count) }
  }

  /// Rows by ascending entry time (in terms of `entryRank`), or `nil` without delayed entry.
  public var entryAscending: [Int32]? {
    guard let entryRank else { return nil }
    return lazyEntryAscending.value { Self.countingOrder(keys: entryRank, keyCount: times.count + 1) }
  }

  /// Where each distinct time begins in `ascending`; one more element closes the last.
  public var firstPositions: [Int32] {
    var first = [Int32](repeating: 0, count: times.count + 1)
    for key in rank { first[Int(key) + 1] += 1 }
    for index in 0..<times.count { first[index + 1] += first[index] }
    return first
  }

  /// Index of the last distinct time not later than `time`, or `nil` if all are later.
  public func index(notAfter time: Double) -> Int? {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// Stable counting sort of the rows by small whole-number keys.
  static func countingOrder(keys: [Int32], keyCount: Int) -> [Int32] {
    var next = [Int32](repeating: 0, count: keyCount + 1)
    for key in keys { next[Int(key) + 1] += 1 }
    for index in 0..<keyCount { next[index + 1] += next[index] }
    return [Int32](unsafeUninitializedCapacity: keys.count) { rows, count in
      next.withUnsafeMutableBufferPointer { next in
        for (row, key) in keys.enumerated() {
          let position = next[Int(key)]
          next[Int(key)] = position + 1
          rows[Int(position)] = Int32(truncatingIfNeeded: row)
        }
      }
      count = keys.count
    }
  }
}

/// An order that is computed at most once, whoever asks first.
private final class LazyOrder: Sendable {
  private let stored = Mutex<[Int32]?>(nil)

  func value(_ compute: () -> [Int32]) -> [Int32] {
    stored.withLock { stored in
      if let stored { return stored }
      let computed = compute()
      stored = computed
      return computed
    }
  }
}
