// Sums over intervals of places in logarithmic time, by blocks of a binary tree.

/// The blocks of a binary tree over numbered places that make up an interval.
private enum Blocks {
  @inline(__always)
  static func forEach(_ first: Int, _ last: Int, count: Int, _ body: (Int) -> Void) {
    var low = Swift.max(first, 0) + count
    var high = Swift.min(last, count - 1) + count + 1
    while low < high {
      if low & 1 == 1 {
        body(low)
        low += 1
      }
      if high & 1 == 1 {
        high -= 1
        body(high)
      }
      low >>= 1
      high >>= 1
    }
  }
}

/// Values that hold over intervals of places, added up by place.
///
/// A class that owns its memory, since it is changed inside the innermost loop.
final class IntervalValues {
  private let count: Int
  private let nodes: UnsafeMutablePointer<Double>

  init(count: Int) {
    self.count = Swift.max(count, 0)
    nodes = UnsafeMutablePointer<Double>.allocate(capacity: 2 * self.count + 1)
    nodes.initialize(repeating: 0, count: 2 * self.count + 1)
  }

  deinit {
    nodes.deinitialize(count: 2 * count + 1)
    nodes.deallocate()
  }

  /// Adds a value to every place of an interval.
  @inline(__always)
  func add(_ value: Double, from first: Int, through last: Int) {
    Blocks.forEach(first, last, count: count) { nodes[$0] += value }
  }

  /// What was added to each place, after which nothing more may be added.
  func writeTotals(to target: UnsafeMutablePointer<Double>) {
    for node in stride(from: 2, to: 2 * count, by: 1) { nodes[node] += nodes[node >> 1] }
    for place in 0..<count { target[place] = nodes[count + place] }
  }
}

/// Values by place, added up over intervals; no sum is a difference of two larger ones.
struct IntervalSums: Sendable {
  private let count: Int
  private let nodes: [Double]

  init(_ values: [Double]) {
    count = values.count
    var nodes = [Double](repeating: 0, count: 2 * values.count + 1)
    for (place, value) in values.enumerated() { nodes[values.count + place] = value }
    for node in stride(from: values.count - 1, through: 1, by: -1) {
      nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
    }
    self.nodes = nodes
  }

  @inline(__always)
  func sum(from first: Int, through last: Int) -> Double {
    var sum = 0.0
    Blocks.forEach(first, last, count: count) { sum += nodes[$0] }
    return sum
  }
}
