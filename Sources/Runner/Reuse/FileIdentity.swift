// Whether a file is still the one that was looked at.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file's inode, size and times. Another identity may mean another content; the same one, soon after a change, may too.
struct FileIdentity: Sendable, Equatable {
  private let device: Int
  private let inode: Int
  private let size: Int
  private let modified: Nanoseconds
  private let changed: Nanoseconds

  private struct Nanoseconds: Sendable, Equatable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) {
      seconds = Int(time.tv_sec)
      nanoseconds = Int(time.tv_nsec)
    }
  }

  /// `nil` when there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = Int(truncatingIfNeeded: status.st_dev)
    inode = Int(truncatingIfNeeded: status.st_ino)
    size = Int(status.st_size)
    #if canImport(Darwin)
      modified = Nanoseconds(status.st_mtimespec)
      changed = Nanoseconds(status.st_ctimespec)
    #else
      modified = Nanoseconds(status.st_mtim)
      changed = Nanoseconds(status.st_ctim)
    #endif
  }

  /// Whether the last change is long enough ago for a further one to show in the times.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let latest = max(changed.seconds, modified.seconds)
    return latest + 2 < Int(now.tv_sec)
  }
}
