// One thing that a result rests on, by name.

import DataTables

/// An entry of a result's record: what it is called in messages, and a short text that changes whenever it does.
struct Dependency: Sendable, Hashable {
  /// `column os_months`, `option times`, `dictionary age.label`, `where nelm`, `style`, …
  let name: String
  /// A digest, or the thing itself where it is short and says nothing of patients.
  let mark: String

  init(_ name: String, mark: String) {
    self.name = name
    self.mark = mark
  }

  /// An entry whose text is only compared: twelve hexadecimal digits of its SHA-256.
  init(_ name: String, digestOf text: String) {
    self.init(name, mark: Self.digest(text))
  }

  static func digest(_ text: String) -> String { String(FileDigest.sha256(Array(text.utf8)).prefix(12)) }
}
