// Keeps two runs from writing into the same folders at the same time.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders that other runs of Meier may not write into, until this goes or its process ends, however it ends.
///
/// The folders themselves are locked, so that no lock file is left behind. They are taken in the order of their names:
/// two runs never wait for one another.
final class DirectoryLock {
  private var descriptors: [Int32] = []
  /// Whether every folder could be locked; on some network file systems none can.
  private(set) var isHeld = true

  /// Waits until no other run holds any of the folders.
  ///
  /// - Parameter directories: that exist, links resolved.
  init(_ directories: Set<String>) {
    for directory in directories.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        isHeld = false
        continue
      }
      descriptors.append(descriptor)
      var result = flock(descriptor, LOCK_EX)
      while result != 0, errno == EINTR { result = flock(descriptor, LOCK_EX) }
      if result != 0 { isHeld = false }
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }
}
