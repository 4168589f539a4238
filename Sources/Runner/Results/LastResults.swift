// The results of the run before, for comparison.

import Presentation

/// What a `results.json` that Meier wrote records.
struct LastResults: Sendable {
  /// Path → the value as the file has it: numbers at 12 digits, `NR`, `NE`, `withheld`.
  let values: [String: String]
  /// Id → what `ResultDigest` made of the region that the run wrote.
  let digests: [String: String]
  /// Id → what the result rested on.
  let records: [String: DependencyRecord]
  /// Name of a table's CSV file → its digest; none in a record of an older Meier.
  let tables: [String: String]

  /// The same without what tells edits by hand.
  var withoutDigests: LastResults {
    LastResults(values: values, digests: [:], records: records, tables: tables)
  }

  static let none = LastResults(values: [:], digests: [:], records: [:], tables: [:])

  /// Nothing when there is no such file, or when it is not one of Meier's.
  static func read(_ path: String) -> LastResults {
    (try? FileSystem.read(path)).map(parse) ?? .none
  }

  static func parse(_ bytes: [UInt8]) -> LastResults {
    guard case .object(let members)? = JSONReader.value(of: bytes) else { return .none }
    var values: [String: String] = [:]
    for (path, value) in members {
      switch value {
      case .text(let text): values[path] = text
      case .number, .integer: values[path] = value.compactText
      case .null: values[path] = "missing"
      case .flag, .list, .object: continue
      }
    }
    var digests: [String: String] = [:]
    var records: [String: DependencyRecord] = [:]
    var tables: [String: String] = [:]
    if case .object(let inputs)? = members["inputs"] {
      for (id, input) in inputs {
        guard case .object(let entry) = input else { continue }
        if case .text(let digest)? = entry[InputRecord.resultKey] { digests[id] = digest }
        records[id] = InputRecord.record(entry)
        guard case .object(let files)? = entry[InputRecord.tablesKey] else { continue }
        for case (let name, .text(let digest)) in files { tables[name] = digest }
      }
    }
    return LastResults(values: values, digests: digests, records: records, tables: tables)
  }
}
