// What the results rest on, and what the run wrote, as `results.json` records it.

import DataTables
import Directives
import Presentation

enum InputRecord {
  static let resultKey = "result"
  static let directiveKey = "directive"
  static let semanticsKey = "semantics"
  static let usesKey = "uses"
  static let tablesKey = "tables"

  /// Fingerprints of the data sets and of the regions written, versions of the directives' semantics, and all that
  /// each result uses.
  ///
  /// - Parameters:
  ///   - regions: by id, what is written.
  ///   - records: by id, of the directives that have a result.
  static func json(
    store: ResultStore, prepared: PreparedDocument, regions: [String: RegionRenderer.Rendered],
    records: [String: DependencyRecord]
  ) -> JSONValue {
    var entries: [String: JSONValue] = [:]
    for directive in prepared.directives {
      var entry: [String: JSONValue] = [
        directiveKey: .text(directive.specification.name),
        semanticsKey: .integer(directive.specification.semanticsVersion),
      ]
      if case .text(let fingerprint)? = store[directive.id + ".fingerprint"]?.content {
        entry["fingerprint"] = .text(fingerprint)
      }
      if let region = regions[directive.id] { entry[resultKey] = .text(region.digest) }
      if let files = regions[directive.id]?.tableDigests, !files.isEmpty {
        entry[tablesKey] = .object(files.mapValues(JSONValue.text))
      }
      if let record = records[directive.id] { entry[usesKey] = record.json }
      entries[directive.id] = .object(entry)
    }
    return .object(entries)
  }

  /// The record in an entry that a run wrote; `nil` in one of an older Meier, which kept none.
  static func record(_ entry: [String: JSONValue]) -> DependencyRecord? {
    guard case .text(let directive)? = entry[directiveKey],
      case .integer(let semantics)? = entry[semanticsKey],
      case .object(let uses)? = entry[usesKey]
    else { return nil }
    let entries = uses.compactMap { name, mark -> Dependency? in
      if case .text(let mark) = mark { Dependency(name, mark: mark) } else { nil }
    }
    return DependencyRecord(directive: directive, semantics: semantics, entries: entries)
  }
}
