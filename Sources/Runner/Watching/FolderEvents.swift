// Waiting until something may have changed in some folders.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sleeps until the system reports a change in one of the folders, or a while has passed.
///
/// Folders are watched and not files, so that editors that put a new file in the old one's place are seen. What
/// changed is not taken from the events: whoever waits looks at the files that matter. So an event that is lost
/// costs a second and no result.
struct FolderEvents: ~Copyable {
  /// How often files are looked at although nothing was reported.
  private static let patience: Int32 = 1000

  #if os(Linux)
    /// -1 where the system has no more of them: then files are looked at five times a second.
    private let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    private var watched: [Int32: String] = [:]

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Watches these folders and no others; those that do not exist are passed over.
    mutating func watch(_ folders: Set<String>) {
      guard descriptor >= 0 else { return }
      var now: [Int32: String] = [:]
      let mask =
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
        | IN_MOVE_SELF
      // A folder that was replaced is another one under the same name: each is added anew, which costs nothing where
      // it is watched already.
      for folder in folders.sorted() {
        let watch = inotify_add_watch(descriptor, folder, UInt32(mask))
        if watch >= 0 { now[watch] = folder }
      }
      for (watch, _) in watched where now[watch] == nil { inotify_rm_watch(descriptor, watch) }
      watched = now
    }

    /// Returns after a change, or after a second.
    func wait() {
      guard descriptor >= 0 else {
        usleep(200_000)
        return
      }
      _ = waits(milliseconds: Self.patience)
    }

    /// Returns when nothing was reported for a moment, but after a fifth of a second in any case: an editor may write
    /// several times, and several files.
    func settle() {
      guard descriptor >= 0 else { return }
      for _ in 0..<20 where !waits(milliseconds: 10) { return }
    }

    /// Whether something was reported in this time; takes the reports away.
    private func waits(milliseconds: Int32) -> Bool {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, milliseconds) > 0 else { return false }
      var buffer = [UInt8](repeating: 0, count: 1 << 14)
      while buffer.withUnsafeMutableBytes({ read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
      return true
    }
  #else
    mutating func watch(_ folders: Set<String>) {}
    func wait() { usleep(200_000) }
    func settle() {}
  #endif
}
