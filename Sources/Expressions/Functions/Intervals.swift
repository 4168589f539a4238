// The intervals that cut() sorts numbers into.

/// (b0, b1], (b1, b2], … or [b0, b1), [b1, b2), …
struct Intervals: Sendable, Hashable {
  /// Ascending, at least two.
  let breaks: [Double]
  let closedRight: Bool
  /// Whether the outermost break that would be left open belongs to its interval.
  let includesEnd: Bool

  /// The interval a number lies in; -1 outside, and for NaN.
  func index(of value: Double) -> Int32 {
    guard let first = breaks.first, let last = breaks.last, value >= first, value <= last else { return -1 }
    let position = Self.firstIndex(notBelow: value, in: breaks)
    let below: Int
    if closedRight {
      if position == 0, !includesEnd { return -1 }
      below = max(position, 1) - 1
    } else if breaks[position] == value {
      if position == breaks.count - 1, !includesEnd { return -1 }
      below = min(position, breaks.count - 2)
    } else {
      below = position - 1
    }
    return Int32(truncatingIfNeeded: below)
  }

  /// `[0, 50]`, `(50, 65]`: square brackets include the end.
  func labels(separator: String) -> [String] {
    guard breaks.count > 1 else { return [] }
    return (1..<breaks.count).map { index in
      let isOuter = includesEnd && (closedRight ? index == 1 : index == breaks.count - 1)
      let open = closedRight && !isOuter ? "(" : "["
      let close = closedRight || isOuter ? "]" : ")"
      return open + Self.text(breaks[index - 1]) + separator + Self.text(breaks[index]) + close
    }
  }

  /// Infinities as R writes them here, with the blank.
  private static func text(_ value: Double) -> String {
    value.isFinite ? ShortestNumber.text(value) : value < 0 ? "-Inf" : " Inf"
  }

  static func firstIndex<Value: Comparable>(notBelow value: Value, in sorted: [Value]) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
