// What Ctrl-C does: it ends the run between two writes, never within one.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the process with status 130 on an interrupt, but not before the files being written are written.
public enum Interruption {
  /// How many are writing; one more bit says that an interrupt waits for them.
  private static let state = Atomic<Int>(0)
  private static let pending = 1 << 32
  /// Whether a line of progress stands on the terminal, which an interrupt must take away.
  public static let erasesLine = Atomic<Bool>(false)
  /// What the process ends with.
  private static let status = Atomic<Int32>(130)

  /// To be called once, by the command that writes.
  ///
  /// - Parameter endsOnTermination: whether to be told to end is no fault: for commands that have no end of their own.
  public static func install(endsOnTermination: Bool = false) {
    // A first look: a signal handler must not be what initialises it.
    guard state.load(ordering: .sequentiallyConsistent) == 0, !erasesLine.load(ordering: .relaxed),
      status.load(ordering: .relaxed) == ExitStatus.interrupted.rawValue
    else { return }
    signal(SIGINT) { _ in Interruption.arrive() }
    if endsOnTermination {
      signal(SIGTERM) { _ in
        Interruption.status.store(ExitStatus.fine.rawValue, ordering: .relaxed)
        Interruption.arrive()
      }
    }
  }

  private static func arrive() {
    let met = state.bitwiseOr(pending, ordering: .sequentiallyConsistent).oldValue
    if met & (pending - 1) == 0 { end() }
  }

  /// Runs the body to its end although an interrupt arrives, and ends the process then.
  static func deferring<Result>(_ body: () throws(FileFailure) -> Result) throws(FileFailure) -> Result {
    state.add(1, ordering: .sequentiallyConsistent)
    defer {
      // The last writer ends the process.
      if state.subtract(1, ordering: .sequentiallyConsistent).newValue == pending { end() }
    }
    return try body()
  }

  private static func end() -> Never {
    if erasesLine.load(ordering: .relaxed) {
      let erase: StaticString = "\r\u{1B}[K"
      _ = write(2, erase.utf8Start, erase.utf8CodeUnitCount)
    }
    _exit(status.load(ordering: .relaxed))
  }
}
