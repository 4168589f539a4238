// Signals that no command should die of.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the process does about signals that say nothing about the analysis.
public enum ProcessSignals {
  /// A reader that goes away (`meier explain | head`) is no reason to stop before the results are written. A data file
  /// that becomes shorter while it is read, which is how the system tells of memory that has no file behind it any
  /// more, ends the command with a message.
  public static func install() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGBUS) { _ in
      let message: StaticString =
        "meier: error: a data file became shorter while it was read: run again [unreadable-file]\n"
      _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
      _exit(1)
    }
  }
}
