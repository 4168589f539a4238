// Rows put in order by parts, by however many threads.

import NumericalMethods
import Testing

@Suite struct PartPlacesTests {
  private struct Given: RowParts {
    let parts: [Int]
    func part(ofRow row: Int) -> Int { parts[row] }
  }

  @Test(arguments: [1, 3]) func standByPartThenAsInTheFile(_ threads: Int) {
    var random = RandomGenerator(seed: 11)
    let parts = Given(parts: (0..<100_000).map { _ in random.below(7) - 1 })
    let keys = (0..<100_000).map { _ in random.next() }
    let places = PartPlaces(rowCount: 100_000, partCount: 6, parts: parts, threads: threads)
    var expected: [Int32] = []
    var starts: [Int32] = [0]
    for part in 0..<6 {
      expected += parts.parts.indices.filter { parts.parts[$0] == part }.map { Int32($0) }
      starts.append(Int32(expected.count))
    }
    #expect(places.starts == starts && places.placeCount == expected.count)
    var sorted = [UInt64](repeating: 0, count: expected.count)
    let rows = [Int32](unsafeUninitializedCapacity: expected.count) { rows, count in
      keys.withUnsafeBufferPointer { keys in
        sorted.withUnsafeMutableBufferPointer {
          places.write(parts, to: rows, keys: (keys, $0), threads: threads)
        }
      }
      count = expected.count
    }
    #expect(rows == expected && sorted == expected.map { keys[Int($0)] })
  }
}
