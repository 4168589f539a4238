// Replaces a file so that a reader sees the old bytes or the new ones and nothing between.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is to hold the given bytes.
public struct PlannedFile: Sendable, Equatable {
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Writes a set of files: all of them to temporary files on the same disk first, synchronised, then renamed in the
/// order given. A full disk or a kill before the first rename leaves every old file; later, each file is old or new.
public enum AtomicFileWriter {
  /// Files that already hold the bytes are not touched.
  ///
  /// - Returns: the paths that were replaced.
  public static func write(_ files: [PlannedFile]) throws(FileFailure) -> [String] {
    var staged: [(temporary: String, path: String)] = []
    do throws(FileFailure) {
      for file in files {
        if let old = try? FileSystem.read(file.path), old == file.bytes { continue }
        try FileSystem.createDirectories(FilePath.directory(file.path))
        let target = FileSystem.resolvingLinks(file.path)
        // Found out by the renaming it would be too late: files before this one would be new already.
        if FileSystem.isDirectory(target) { throw FileFailure(path: target, code: EISDIR) }
        staged.append((try stage(file.bytes, beside: target), target))
      }
      for (temporary, path) in staged where rename(temporary, path) != 0 {
        throw FileFailure(path: path, code: errno)
      }
    } catch {
      for (temporary, _) in staged { unlink(temporary) }
      throw error
    }
    for directory in Set(staged.map { FilePath.directory($0.path) }) { synchronizeDirectory(directory) }
    return staged.map(\.path)
  }

  /// Replaces one file without waiting for the disk: after a crash it may be torn, which its reader must notice.
  static func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    try Interruption.deferring { () throws(FileFailure) in
      let temporary = try stage(bytes, beside: path, synchronizes: false)
      guard rename(temporary, path) == 0 else {
        let failure = FileFailure(path: path, code: errno)
        unlink(temporary)
        throw failure
      }
    }
  }

  /// A temporary file beside the target, written and synchronised.
  ///
  /// `target` has its links resolved: what a link points to is replaced and the link stays.
  private static func stage(
    _ bytes: [UInt8], beside target: String, synchronizes: Bool = true
  ) throws(FileFailure) -> String {
    var template = Array((FilePath.directory(target) + "/.meier-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileFailure(path: target, code: errno) }
    let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    var failure: Int32 = 0
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { FileSystem.write(descriptor, $0) }
      if count < 0 {
        if errno == EINTR { continue }
        failure = errno
        break
      }
      offset += count
    }
    var status = stat()
    let mode: mode_t
    if stat(target, &status) == 0 {
      mode = status.st_mode & 0o777
    } else {
      let mask = umask(0)
      umask(mask)
      mode = 0o666 & ~mask
    }
    if failure == 0, fchmod(descriptor, mode) != 0 { failure = errno }
    if failure == 0, synchronizes, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw FileFailure(path: target, code: failure)
    }
    return temporary
  }

  private static func synchronizeDirectory(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
