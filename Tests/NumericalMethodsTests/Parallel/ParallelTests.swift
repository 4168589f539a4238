// Every chunk once, results in place, for any number of threads.

import NumericalMethods
import Synchronization
import Testing

struct ParallelTests {
  @Test(arguments: [1, 2, 5, 64]) func everyChunkOnce(threads: Int) {
    let sum = Mutex([Int](repeating: 0, count: 100))
    Parallel.forEach(chunks: 100, threads: threads) { index in sum.withLock { $0[index] += 1 } }
    #expect(sum.withLock { $0.allSatisfy { $0 == 1 } })
    #expect(Parallel.map(chunks: 50, threads: threads) { "\($0)" } == (0..<50).map { "\($0)" })
    #expect(Parallel.map(chunks: 0, threads: threads) { $0 }.isEmpty)
  }

  @Test func nestedCallsEnd() {
    let result = Parallel.map(chunks: 4, threads: 4) { outer in
      Parallel.map(chunks: 4, threads: 4) { outer * 10 + $0 }.reduce(0, +)
    }
    #expect(result == [6, 46, 86, 126])
  }

  @Test func chunksCoverTheRows() {
    let chunks = FixedChunks(count: 10, size: 4)
    #expect(chunks.map { $0 } == [0..<4, 4..<8, 8..<10])
    #expect(FixedChunks(count: 0).isEmpty)
    #expect(chunks[7].isEmpty)
  }
}
