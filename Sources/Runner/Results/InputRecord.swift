// What the results rest on, and what the run wrote, as `results.json` records it.

import DataTables
import Directives
import Presentation

enum InputRecord {
  static let resultKey = "result"

  /// Fingerprints of the data sets and of the regions written, and versions of the directives' semantics.
  ///
  /// - Parameter digests: by id, of the regions written.
  static func json(store: ResultStore, prepared: PreparedDocument, digests: [String: String]) -> JSONValue {
    var entries: [String: JSONValue] = [:]
    for directive in prepared.directives {
      var entry: [String: JSONValue] = [
        "directive": .text(directive.specification.name),
        "semantics": .integer(directive.specification.semanticsVersion),
      ]
      if case .text(let fingerprint)? = store.values[directive.id + ".fingerprint"]?.content {
        entry["fingerprint"] = .text(fingerprint)
      }
      if let digest = digests[directive.id] { entry[resultKey] = .text(digest) }
      entries[directive.id] = .object(entry)
    }
    return .object(entries)
  }
}
