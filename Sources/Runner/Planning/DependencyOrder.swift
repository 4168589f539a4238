// The order in which directives run: by what they need, not by where they stand.

/// A stable topological order: nodes without a mutual dependency keep the order of the document.
public enum DependencyOrder {
  /// Directives that wait for one another.
  public struct Cycle: Error, Sendable, Equatable {
    /// The ids around the cycle, beginning with the one that stands first in the document.
    public let ids: [String]
  }

  /// - Parameter nodes: ids in document order with the ids each depends on; unknown ids are passed over.
  public static func sorted(_ nodes: [(id: String, needs: Set<String>)]) throws(Cycle) -> [String] {
    var index: [String: Int] = [:]
    for (position, node) in nodes.enumerated() where index[node.id] == nil { index[node.id] = position }
    let needs = nodes.map { node in node.needs.compactMap { index[$0] }.sorted() }
    var order: [Int] = []
    var state = [UInt8](repeating: 0, count: nodes.count)
    // Depth first with an explicit stack: a document of many thousand directives must not overflow it.
    for root in nodes.indices where state[root] == 0 {
      var path: [(node: Int, next: Int)] = [(root, 0)]
      state[root] = 1
      while let top = path.last {
        if top.next == needs[top.node].count {
          state[top.node] = 2
          order.append(top.node)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let child = needs[top.node][top.next]
        if state[child] == 1 {
          let start = path.firstIndex { $0.node == child } ?? 0
          throw Cycle(ids: rotated(path[start...].map(\.node)).map { nodes[$0].id })
        }
        if state[child] == 0 {
          state[child] = 1
          path.append((child, 0))
        }
      }
    }
    return order.map { nodes[$0].id }
  }

  private static func rotated(_ cycle: [Int]) -> [Int] {
    guard let smallest = cycle.min(), let start = cycle.firstIndex(of: smallest) else { return cycle }
    return Array(cycle[start...] + cycle[..<start])
  }
}
