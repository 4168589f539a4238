// The results that a run of some leaves as they stand.

import Directives

/// With `--only`, what an earlier run left of the results that were not asked for.
///
/// A result stands when the cache holds it under the key of the run that wrote `results.json`; what does not is
/// computed, so that without a cache everything works, more slowly.
struct StandingResults: Sendable {
  private let cache: ResultCache
  private let last: LastResults
  private let index: ResultIndex
  /// Ids that are to be computed.
  private let needed: Set<String>

  init(cache: ResultCache, document: String, last: LastResults, needed: Set<String>) {
    self.cache = cache
    self.last = last
    self.needed = needed
    index = cache.index(of: document)
  }

  func output(of directive: PreparedDirective) -> DirectiveOutput? {
    let id = directive.id
    guard !needed.contains(id), !directive.isDataSet, let entry = index.entry(id),
      let record = last.records[id], record.directive == directive.specification.name,
      record.mark == entry.mark
    else { return nil }
    return cache.output(ResultKey(text: entry.key))?.standing
  }
}

/// Under which keys the last run of a document kept its results.
struct ResultIndex: Sendable, Codable, Equatable {
  struct Entry: Sendable, Codable, Equatable {
    let id: String
    let key: String
    /// Of the result's record in `results.json`: what the key's result was written with.
    let mark: String
  }

  /// In the order of the ids.
  let entries: [Entry]

  static let none = ResultIndex(entries: [])

  func entry(_ id: String) -> Entry? { entries.first { $0.id == id } }
}

extension ResultIndex {
  /// - Parameter before: the index of the run before, from which standing results keep their entries.
  init(
    keys: [String: ResultKey], records: [String: DependencyRecord], standing: Set<String>, before: ResultIndex
  ) {
    entries = records.sorted { $0.key < $1.key }.compactMap { id, record in
      standing.contains(id)
        ? before.entry(id) : keys[id].map { Entry(id: id, key: $0.text, mark: record.mark) }
    }
  }
}

extension ResultCache {
  /// What the last run of a document kept; empty when nothing is known of it.
  func index(of document: String) -> ResultIndex {
    guard let bytes = content(Self.indexKey(document)) else { return .none }
    return (try? BinaryDecoding.value(ResultIndex.self, from: bytes)) ?? .none
  }

  /// Writes the index unless it stands there already.
  func keep(_ index: ResultIndex, of document: String) {
    guard index != self.index(of: document), let bytes = try? BinaryEncoding.bytes(of: index) else { return }
    keep(bytes, Self.indexKey(document))
  }

  private static func indexKey(_ document: String) -> ResultKey {
    var writer = KeyWriter("index")
    writer.add(document)
    return writer.finish()
  }
}
