// Threads that live for one fork–join.

import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Hands out the numbers `0..<count` to whichever thread asks next.
final class WorkQueue: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  /// The body outlives no call of `run`, which waits for every thread that may use it.
  private let body: @Sendable (Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func drain() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }

  /// Drains the queue on this thread and `helpers` others; where a thread cannot be had, on fewer.
  func run(helpers: Int) {
    var threads: [pthread_t] = []
    for _ in 0..<helpers {
      guard let thread = start() else { break }
      threads.append(thread)
    }
    drain()
    for thread in threads { pthread_join(thread, nil) }
  }

  private func start() -> pthread_t? {
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let failed = pthread_create(&thread, nil, { pointer in workerMain(pointer) }, context.toOpaque())
    #else
      var identifier = pthread_t()
      let failed = pthread_create(&identifier, nil, { pointer in workerMain(pointer) }, context.toOpaque())
      let thread: pthread_t? = identifier
    #endif
    guard failed == 0 else {
      context.release()
      return nil
    }
    return thread
  }
}

private func workerMain(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let pointer { Unmanaged<WorkQueue>.fromOpaque(pointer).takeRetainedValue().drain() }
  return nil
}
