// A folder that lives as long as a computation.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that only its owner can read, removed with everything in it when the last reference goes.
final class TemporaryFolder: Sendable {
  /// Absolute, links resolved.
  let path: String

  /// Where such folders are made.
  static var base: String {
    let named = Environment.value("TMPDIR") ?? ""
    return FilePath.isAbsolute(named) ? FilePath.normalized(named) : "/tmp"
  }

  init() throws(FileFailure) {
    var template = Array((Self.base + "/meier-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw FileFailure(path: Self.base, code: errno) }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = FileSystem.resolvingLinks(made)
  }

  deinit { Self.remove(path, depth: 0) }

  /// Writes a file below the folder.
  func write(_ file: String, _ bytes: [UInt8]) throws(FileFailure) {
    let target = FilePath.join(path, file)
    guard FilePath.isInside(target, path) else { throw FileFailure(path: file, code: EINVAL) }
    _ = try AtomicFileWriter.write([PlannedFile(path: target, bytes: bytes)])
  }

  private static func remove(_ path: String, depth: Int) {
    guard depth < 64 else { return }
    for name in FileSystem.list(path) {
      let child = path + "/" + name
      if unlink(child) != 0 { remove(child, depth: depth + 1) }
    }
    rmdir(path)
  }
}
