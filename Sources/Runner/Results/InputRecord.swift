// What the results rest on, as `results.json` records it.

import DataTables
import Directives
import Presentation

enum InputRecord {
  /// Fingerprints of the data sets, versions of the directives' semantics, and the style-free specification.
  static func json(store: ResultStore, prepared: PreparedDocument) -> JSONValue {
    var entries: [String: JSONValue] = [:]
    for directive in prepared.directives {
      var entry: [String: JSONValue] = [
        "directive": .text(directive.specification.name),
        "semantics": .integer(directive.specification.semanticsVersion),
      ]
      if case .text(let fingerprint)? = store.values[directive.id + ".fingerprint"]?.content {
        entry["fingerprint"] = .text(fingerprint)
      }
      entries[directive.id] = .object(entry)
    }
    return .object(entries)
  }
}
