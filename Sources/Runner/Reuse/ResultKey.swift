// The name under which a result is found again: a hash of everything it can depend on.

import DataTables

struct ResultKey: Sendable, Hashable {
  /// 64 hexadecimal digits.
  let text: String
}

/// Collects the parts of a key; each is preceded by its length, so that no two lists of parts run together.
struct KeyWriter {
  private(set) var bytes: [UInt8] = []

  init(_ kind: String) { add(kind) }

  mutating func add(_ text: String) {
    addLength(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ content: some Collection<UInt8>) {
    addLength(content.count)
    bytes += content
  }

  private mutating func addLength(_ length: Int) {
    let first = bytes.count
    var rest = length
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
    bytes.append(0x3A)
  }

  mutating func add(_ texts: [String]) {
    addLength(texts.count)
    for text in texts { add(text) }
  }

  /// The parts themselves, where they are only compared.
  var exact: ExactBytes { ExactBytes(bytes) }

  func finish() -> ResultKey { ResultKey(text: FileDigest.sha256(bytes)) }
}
