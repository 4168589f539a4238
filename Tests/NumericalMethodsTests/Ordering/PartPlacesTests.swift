// Rows put in order by parts, by however many threads.

import NumericalMethods
import Testing

@Suite struct PartPlacesTests {
  @Test(arguments: [1, 3]) func standByPartThenAsInTheFile(_ threads: Int) {
    var random = RandomGenerator(seed: 11)
    let parts = (0..<100_000).map { _ in random.below(7) - 1 }
    let places = PartPlaces.counting(rowCount: parts.count, partCount: 6, threads: threads) { parts[$0] }
    var expected: [Int] = []
    var starts: [Int32] = [0]
    for part in 0..<6 {
      expected += parts.indices.filter { parts[$0] == part }
      starts.append(Int32(expected.count))
    }
    #expect(places.starts == starts && places.placeCount == expected.count)
    let rows = [Int](unsafeUninitializedCapacity: expected.count) { rows, count in
      nonisolated(unsafe) let rows = rows
      places.forEach(threads: threads, part: { parts[$0] }) { row, place in rows[place] = row }
      count = expected.count
    }
    #expect(rows == expected)
  }
}
