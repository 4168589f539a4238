// What Ctrl-C does: it ends the run between two writes, never within one.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the process on an interrupt, a request to terminate or a closed terminal, with status 128 and the signal's number
/// (130 for an interrupt), but not before the files being written are written.
public enum Interruption {
  /// Twice the number of writes under way; odd once a signal waits for their end.
  private static let state = Atomic<Int>(0)
  private static let signalNumber = Atomic<Int32>(0)
  /// Whether a line of progress stands on the terminal, which an interrupt must take away.
  public static let erasesLine = Atomic<Bool>(false)
  /// Whether to be told to end is no fault.
  private static let mayBeTerminated = Atomic<Bool>(false)

  /// To be called once, by the command that writes.
  ///
  /// - Parameter endsOnTermination: whether to be told to end is no fault: for commands that have no end of their own.
  public static func install(endsOnTermination: Bool = false) {
    // A first look: a signal handler must not be what initialises them.
    guard state.load(ordering: .sequentiallyConsistent) == 0, !erasesLine.load(ordering: .relaxed),
      signalNumber.load(ordering: .relaxed) == 0
    else { return }
    mayBeTerminated.store(endsOnTermination, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { Interruption.arrive($0) } }
  }

  private static func arrive(_ number: Int32) {
    signalNumber.store(number, ordering: .sequentiallyConsistent)
    if state.bitwiseOr(1, ordering: .sequentiallyConsistent).oldValue < 2 { end() }
  }

  /// Runs the body to its end although a signal arrives, and ends the process then.
  static func deferring<Result>(_ body: () throws(FileFailure) -> Result) throws(FileFailure) -> Result {
    state.add(2, ordering: .sequentiallyConsistent)
    defer {
      if state.subtract(2, ordering: .sequentiallyConsistent).newValue == 1 { end() }
    }
    return try body()
  }

  private static func end() -> Never {
    if erasesLine.load(ordering: .relaxed) {
      let erase: StaticString = "\r\u{1B}[K"
      _ = write(2, erase.utf8Start, erase.utf8CodeUnitCount)
    }
    let number = signalNumber.load(ordering: .sequentiallyConsistent)
    _exit(number == SIGTERM && mayBeTerminated.load(ordering: .relaxed) ? 0 : 128 + number)
  }
}
