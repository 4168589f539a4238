// Where an expression over results finds its names.

import DataTables

/// What a scope knows about a path.
public enum ResultLookup: Sendable {
  /// The path has a value.
  case value(ScopedValue)
  /// There is no such path.
  case unknown
  /// The directive exists but has no results, because it failed: it has said so itself.
  case unavailable
}

/// The results an expression in a sentence or a claim can see.
public protocol ResultScope {
  /// The value of a path.
  func value(of path: ResultPath) -> ResultLookup
  /// The table behind the id of a data set, for `nelm.count(…)`; `nil` for other ids.
  func table(_ id: String) -> DataTable?
  /// What a data set was found to answer when its table is no longer at hand, by the question's canonical text,
  /// such as `nelm.count(age >= 65)`.
  func recorded(_ question: String) -> ScopedValue?
  /// All ids, for near misses and to tell an unknown directive from an unknown result.
  var ids: [String] { get }
  /// The canonical texts of all paths of an id, for near misses.
  func paths(of id: String) -> [String]
}

extension ResultScope {
  /// Nothing was recorded.
  public func recorded(_ question: String) -> ScopedValue? { nil }
}

/// A scope of given values, for tests and small programs.
public struct FixedResultScope: ResultScope, Sendable {
  /// The results, by the canonical text of their paths.
  public var values: [String: ScopedValue]
  /// The data sets, by id.
  public var tables: [String: DataTable]

  /// Values by the canonical text of their paths; none has a kind.
  public init(values: [String: NamedValue] = [:], tables: [String: DataTable] = [:]) {
    self.values = values.mapValues { ScopedValue($0) }
    self.tables = tables
  }

  /// By the canonical text of the path; never unavailable.
  public func value(of path: ResultPath) -> ResultLookup { values[path.text].map { .value($0) } ?? .unknown }
  /// The table that was given under this id.
  public func table(_ id: String) -> DataTable? { tables[id] }

  /// Of values and tables, sorted.
  public var ids: [String] {
    let names = values.keys.map { key in String(key.prefix { $0 != "." && $0 != "[" && $0 != "(" }) }
    return Set(names + tables.keys).sorted()
  }

  /// Of values alone, sorted.
  public func paths(of id: String) -> [String] {
    values.keys.filter { $0.hasPrefix(id + ".") || $0.hasPrefix(id + "[") || $0 == id }.sorted()
  }
}
