// The name under which a result is found again: a hash of everything it can depend on.

import DataTables

struct ResultKey: Sendable, Hashable {
  /// 64 hexadecimal digits.
  let text: String
}

/// Collects the parts of a key; each is preceded by its length, so that no two lists of parts run together.
struct KeyWriter {
  private var bytes: [UInt8] = []

  init(_ kind: String) { add(kind) }

  mutating func add(_ text: String) {
    bytes += "\(text.utf8.count):".utf8
    bytes += text.utf8
  }

  mutating func add(_ texts: [String]) {
    add("\(texts.count) parts")
    for text in texts { add(text) }
  }

  func finish() -> ResultKey { ResultKey(text: FileDigest.sha256(bytes)) }
}
