// The new bytes of a file, on its disk and under another name.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file written and synchronised beside the one that it will replace.
struct StagedFile {
  /// What stands before the name of every file that is being written.
  static let prefix = ".meier-"

  /// The file to replace, links resolved: what a link points to is replaced and the link stays.
  let target: String
  let temporary: String

  private static let count = Atomic<Int>(0)

  /// The name under which a target is written. It is always the same, so that what a killed run left is found by
  /// looking for it. Where folders are not locked, every writer must have a name of its own.
  static func temporaryName(for target: String, isLocked: Bool) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in FilePath.name(target).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let number = isLocked ? 0 : count.add(1, ordering: .relaxed).newValue
    let digits = String(hash, radix: 16)
    let name = prefix + String(repeating: "0", count: 16 - digits.utf8.count) + digits
    return FilePath.join(FilePath.directory(target), isLocked ? name : name + "-\(getpid())-\(number)")
  }

  init(_ bytes: [UInt8], for target: String, isLocked: Bool, synchronizes: Bool = true) throws(FileFailure) {
    self.target = target
    temporary = Self.temporaryName(for: target, isLocked: isLocked)
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure(path: target, code: errno) }
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
    if stat(target, &status) == 0, failure == 0, fchmod(descriptor, status.st_mode & 0o777) != 0 {
      failure = errno
    }
    if failure == 0, synchronizes, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw FileFailure(path: target, code: failure)
    }
  }

  func discard() { unlink(temporary) }

  /// Puts the new file in the place of the old one.
  func commit() throws(FileFailure) {
    if rename(temporary, target) != 0 { throw FileFailure(path: target, code: errno) }
  }
}
