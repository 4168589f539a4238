// Orders by content: the same rows in the same order, however they came.

import NumericalMethods
import Testing

struct ContentOrderTests {
  /// Few rows are sorted within segments, many by leading bits; many of these hold the same.
  @Test(arguments: [1, 7, 300, 4097, 20_000]) func theFileDoesNotShow(_ count: Int) {
    var generator = RandomGenerator(seed: 4)
    let first = (0..<count).map { _ in Double(generator.below(40)) }
    let second = (0..<count).map { _ in generator.below(3) == 0 ? generator.uniform() : 0 }
    func arranged(_ rows: [Int]) -> [[Double]] {
      var content = ContentOrder(rowCount: count, threads: 2)
      content.add { first[rows[$0]].bitPattern }
      content.add { second[rows[$0]].bitPattern }
      return content.order().map { [first[rows[Int($0)]], second[rows[Int($0)]]] }
    }
    let expected = arranged(Array(0..<count))
    #expect(arranged(Array((0..<count).reversed())) == expected)
    #expect(arranged(generator.permutation(count)) == expected)
    #expect(expected.map { $0[0] }.sorted() == first.sorted())
  }

  /// Keys in parts that begin with the same bits, equal ones among them; some rows, and one thread or two.
  @Test func keysAscendAndEqualOnesStayAsTheyStand() {
    var generator = RandomGenerator(seed: 8)
    let keys = (0..<40_000).map { row in
      row % 3 == 0 ? UInt64(generator.below(30)) << 54 | UInt64(generator.below(9)) : generator.next()
    }
    let expected = keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }.map(
      Int32.init)
    #expect(ContentOrder(keys: keys, threads: 1).order() == expected)
    #expect(ContentOrder(keys: keys, threads: 2).order() == expected)
    let some = (0..<40_000).filter { $0 % 7 != 0 }.map(Int32.init)
    let places = ContentOrder(keys: keys, threads: 2).order(of: some)
    #expect(places.map { some[Int($0)] } == expected.filter { $0 % 7 != 0 })
  }
}
