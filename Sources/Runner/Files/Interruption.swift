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
  private static let idle = 0
  private static let writing = 1
  private static let pending = 2
  private static let state = Atomic<Int>(idle)
  /// Whether a line of progress stands on the terminal, which an interrupt must take away.
  public static let erasesLine = Atomic<Bool>(false)

  /// To be called once, by the command that writes.
  public static func install() {
    // A first look: a signal handler must not be what initialises it.
    guard state.load(ordering: .sequentiallyConsistent) == idle, !erasesLine.load(ordering: .relaxed) else {
      return
    }
    signal(SIGINT) { _ in Interruption.arrive() }
  }

  private static func arrive() {
    let (_, met) = state.compareExchange(
      expected: writing, desired: pending, ordering: .sequentiallyConsistent)
    if met == idle { end() }
  }

  /// Runs the body to its end although an interrupt arrives, and ends the process then.
  static func deferring<Result>(_ body: () throws(FileFailure) -> Result) throws(FileFailure) -> Result {
    state.store(writing, ordering: .sequentiallyConsistent)
    defer {
      if state.exchange(idle, ordering: .sequentiallyConsistent) == pending {
        end()
      }
    }
    return try body()
  }

  private static func end() -> Never {
    if erasesLine.load(ordering: .relaxed) {
      let erase: StaticString = "\r\u{1B}[K"
      _ = write(2, erase.utf8Start, erase.utf8CodeUnitCount)
    }
    _exit(ExitStatus.interrupted.rawValue)
  }
}
