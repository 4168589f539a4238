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
}
