// Which files a run looked at.

import Synchronization

/// Absolute paths of the files that a document's run depended on.
final class OpenedFiles: Sendable {
  private let known = Mutex<Set<String>>([])

  var paths: Set<String> { known.withLock { $0 } }

  func insert(_ path: String) { known.withLock { _ = $0.insert(path) } }
}
