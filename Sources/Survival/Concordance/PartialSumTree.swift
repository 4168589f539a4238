// Partial sums that can be read and changed in logarithmic time.

/// A tree of partial sums over numbered places (Fenwick 1994).
///
/// It begins as plain counts, to which values are added in constant time, and becomes a tree by `finish()`. A class that
/// owns its memory, since it is changed inside the innermost loop; places outside the range are ignored.
final class PartialSumTree<Value: AdditiveArithmetic> {
  private let count: Int
  private let nodes: UnsafeMutablePointer<Value>
  private var isTree = false

  init(count: Int) {
    self.count = Swift.max(count, 0)
    nodes = UnsafeMutablePointer<Value>.allocate(capacity: self.count + 1)
    nodes.initialize(repeating: .zero, count: self.count + 1)
  }

  deinit {
    nodes.deinitialize(count: count + 1)
    nodes.deallocate()
  }

  /// Turns the counts into the tree of their partial sums.
  func finish() {
    guard !isTree else { return }
    isTree = true
    for node in stride(from: 1, through: count, by: 1) {
      let parent = node + (node & -node)
      if parent <= count { nodes[parent] += nodes[node] }
    }
  }

  @inline(__always)
  func add(_ value: Value, at place: Int) {
    guard place >= 0, place < count else { return }
    var node = place + 1
    guard isTree else {
      nodes[node] += value
      return
    }
    while node <= count {
      nodes[node] += value
      node += node & -node
    }
  }

  /// Sum over places 0 ... `place`; zero for a negative one.
  @inline(__always)
  func sum(through place: Int) -> Value {
    var node = Swift.min(place + 1, count)
    var sum = Value.zero
    while node > 0 {
      sum += nodes[node]
      node &= node - 1
    }
    return sum
  }
}
