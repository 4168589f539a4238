// Which build of Meier this is: another build computes anew.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names the executable that runs, so that no result of another one is used again.
///
/// Versions of semantics say when results change on purpose; a fault mended without raising one must not live on
/// in a cache.
enum BuildIdentity {
  /// Inode, size and times of the executable; `nil` where they cannot be had, and then nothing is kept.
  static let current: String? = {
    guard let path = executablePath else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
      let created = status.st_ctimespec
    #else
      let changed = status.st_mtim
      let created = status.st_ctim
    #endif
    return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(changed.tv_sec) \(changed.tv_nsec) "
      + "\(created.tv_sec) \(created.tv_nsec)"
  }()

  private static var executablePath: String? {
    #if canImport(Darwin)
      var size = UInt32(PATH_MAX)
      var buffer = [CChar](repeating: 0, count: Int(size) + 1)
      guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    #else
      return "/proc/self/exe"
    #endif
  }
}
