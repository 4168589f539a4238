// Directives run by what they need; without need, as they stand.

import Runner
import Testing

@Suite struct DependencyOrderTests {
  private static func sorted(_ nodes: [(String, Set<String>)]) throws -> [String] {
    try DependencyOrder.sorted(nodes.map { (id: $0.0, needs: $0.1) })
  }

  @Test func theDocumentsOrderIsKept() throws {
    #expect(try Self.sorted([("c", []), ("a", []), ("b", [])]) == ["c", "a", "b"])
    #expect(try Self.sorted([]) == [])
  }

  @Test func needsComeFirst() throws {
    #expect(
      try Self.sorted([("model", ["data"]), ("x", []), ("data", ["raw"]), ("raw", [])])
        == ["raw", "data", "model", "x"])
  }

  @Test func whatIsUnknownIsPassedOver() throws {
    #expect(try Self.sorted([("a", ["nowhere"]), ("b", ["a"])]) == ["a", "b"])
  }

  @Test func aCircleBeginsWithItsFirst() {
    let cycle = #expect(throws: DependencyOrder.Cycle.self) {
      _ = try Self.sorted([("x", ["a"]), ("b", ["c"]), ("a", ["b"]), ("c", ["a"])])
    }
    #expect(cycle?.ids == ["b", "c", "a"])
    let own = #expect(throws: DependencyOrder.Cycle.self) { _ = try Self.sorted([("a", ["a"])]) }
    #expect(own?.ids == ["a"])
  }

  @Test func aLongChainDoesNotOverflow() throws {
    let count = 20_000
    let nodes = (0..<count).map { index in
      ("n\(index)", index + 1 < count ? Set(["n\(index + 1)"]) : [])
    }
    #expect(try Self.sorted(nodes).first == "n\(count - 1)")
  }
}
