// Work on several threads.

import Testing

@testable import DataTables

struct ParallelTests {
  @Test("Every index is worked on once, its result in its place", arguments: [0, 1, 2, 5, 64])
  func map(_ threads: Int) {
    #expect(Parallel.map(1000, threads: threads) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(Parallel.map(0, threads: threads) { $0 }.isEmpty)
    #expect(Parallel.map(1, threads: threads) { $0 } == [0])
  }

  @Test("Places outside the range are ignored")
  func slots() {
    let slots = Slots<Int>(2)
    slots.set(1, 5)
    slots.set(2, 6)
    slots.set(-1, 7)
    #expect(slots.values() == [5])
  }
}
