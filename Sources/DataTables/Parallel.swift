// Work on several threads whose results do not depend on how many there are.

import Dispatch
import Synchronization

enum Parallel {
  /// `body(worker, index)` for every index once; what one worker does, it does in one thread, in any order.
  static func forEach<Worker>(
    _ count: Int, threads: Int, worker makeWorker: @Sendable () -> Worker,
    _ body: @Sendable (Worker, Int) -> Void
  ) {
    let threads = min(max(threads, 1), count)
    if threads <= 1 {
      guard count > 0 else { return }
      let worker = makeWorker()
      for index in 0..<count { body(worker, index) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var worker: Worker?
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        let own = worker ?? makeWorker()
        worker = own
        body(own, index)
      }
    }
  }

  /// The results of `transform` in the order of the indices.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) -> Value
  ) -> [Value] {
    let slots = Slots<Value>(count)
    forEach(count, threads: threads, worker: {}, { _, index in slots.set(index, transform(index)) })
    return slots.values()
  }
}

/// One place per index, each written once and by one thread.
final class Slots<Value: Sendable>: @unchecked Sendable {
  // Safe to share: no two threads have the same index, and reading starts when all are done.
  private let storage: UnsafeMutablePointer<Value?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    storage = .allocate(capacity: max(count, 1))
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func set(_ index: Int, _ value: Value) {
    if index >= 0, index < count { storage[index] = value }
  }

  func values() -> [Value] { UnsafeBufferPointer(start: storage, count: count).compactMap(\.self) }
}
