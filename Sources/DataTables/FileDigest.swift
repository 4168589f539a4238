// The SHA-256 of a file.

import Crypto
import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// SHA-256 of whole files, as `sha256sum` prints it.
public enum FileDigest {
  /// The SHA-256 of a file's bytes in 64 hexadecimal digits, read piece by piece.
  ///
  /// - Parameters:
  ///   - file: path of the file.
  ///   - displayPath: the path as messages print it; `file` by default.
  /// - Throws: `missing-file` or `unreadable-file`.
  public static func sha256(file: String, displayPath: String? = nil) throws(DiagnosticList) -> String {
    let path = displayPath ?? file
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let failure: FileBytes.Failure =
        errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(errno: errno)
      throw DiagnosticList([CSVFaults.diagnostic(failure, path: path)])
    }
    defer { close(descriptor) }
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let got = read(descriptor, buffer.baseAddress, buffer.count)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        let failure: FileBytes.Failure = errno == EISDIR ? .directory : .unreadable(errno: errno)
        throw DiagnosticList([CSVFaults.diagnostic(failure, path: path)])
      }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    }
    return Hexadecimal.text(hash.finalize())
  }

  /// The SHA-256 of bytes in memory.
  public static func sha256(_ bytes: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: bytes)) }
}
