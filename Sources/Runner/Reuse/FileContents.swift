// Digests of files, computed again only when a file may have changed.

import DataTables
import Synchronization

/// What a process that stays knows of the data files it read.
final class FileContents: Sendable {
  private struct Known: Sendable {
    let identity: FileIdentity
    let digest: String
    /// Whether the file had stood unchanged for a while when it was read: only then do its times speak for it.
    let isCertain: Bool
  }

  private let known = Mutex<[String: Known]>([:])

  /// SHA-256 of a file's bytes; `nil` when it cannot be read.
  func digest(_ path: String) -> String? {
    guard let identity = FileIdentity(path) else { return nil }
    if let known = known.withLock({ $0[path] }), known.isCertain, known.identity == identity {
      return known.digest
    }
    let isSettled = identity.isSettled
    guard let digest = try? FileDigest.sha256(file: path) else { return nil }
    let isCertain = isSettled && FileIdentity(path) == identity
    known.withLock { $0[path] = Known(identity: identity, digest: digest, isCertain: isCertain) }
    return digest
  }
}
