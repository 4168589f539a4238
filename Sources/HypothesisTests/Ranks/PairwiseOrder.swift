// Order statistics of all differences or all means of pairs, without forming them.

import NumericalMethods

/// Finds the k-th smallest of many implied numbers by halving the range of doubles and counting.
enum PairwiseOrder {
  /// The k-th smallest (from 1) of all x − y; x and y ascending. Cost 64 (m + n).
  static func difference(_ k: Int, _ x: [Double], _ y: [Double]) -> Double {
    select(k) { limit in
      // For growing x, the first y with x − y ≤ limit moves up only.
      var count = 0
      var first = 0
      for value in x {
        while first < y.count, value - y[first] > limit { first += 1 }
        count += y.count - first
      }
      return count
    }
  }

  /// The k-th smallest (from 1) of the means of all pairs, each value with itself too; x ascending. Cost 64 n.
  static func walshAverage(_ k: Int, _ x: [Double]) -> Double {
    select(k) { limit in
      var count = 0
      var last = x.count - 1
      for (index, value) in x.enumerated() {
        while last >= index, (value + x[last]) / 2 > limit { last -= 1 }
        if last < index { break }
        count += last - index + 1
      }
      return count
    }
  }

  /// The least double at or below which `countUpTo` finds at least k.
  private static func select(_ k: Int, _ countUpTo: (Double) -> Int) -> Double {
    var low = RadixOrder.orderedBits(-.infinity)
    var high = RadixOrder.orderedBits(.infinity)
    while low < high {
      let middle = low + (high - low) / 2
      if countUpTo(value(middle)) >= k { high = middle } else { low = middle + 1 }
    }
    return value(low)
  }

  private static func value(_ ordered: UInt64) -> Double {
    Double(bitPattern: ordered >> 63 == 1 ? ordered ^ (1 << 63) : ~ordered)
  }
}
