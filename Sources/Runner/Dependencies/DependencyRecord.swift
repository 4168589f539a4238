// All that a result rests on, and how it differs from what an earlier run recorded.

import Presentation

/// What one result rests on: content alone, never file times, prose, the order of rows, or what it does not use.
struct DependencyRecord: Sendable, Equatable {
  /// The name of the directive, and the version of what it computes.
  let directive: String
  let semantics: Int
  /// By name in the order of code points.
  let entries: [Dependency]

  init(directive: String, semantics: Int, entries: [Dependency]) {
    self.directive = directive
    self.semantics = semantics
    self.entries = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// A digest of the whole: what a result that builds on this one records.
  var mark: String {
    let lines = ["\(directive) \(semantics)"] + entries.map { "\($0.name.utf8.count) \($0.name) \($0.mark)" }
    return Dependency.digest(lines.joined(separator: "\n"))
  }

  var json: JSONValue {
    .object(Dictionary(entries.map { ($0.name, JSONValue.text($0.mark)) }) { first, _ in first })
  }
}

extension DependencyRecord {
  /// One difference between two records, in words: `option times`, `semantics of cox 1 → 2`.
  struct Change: Sendable, Equatable {
    enum Kind: String, Sendable { case changed, added, removed }
    let kind: Kind
    let name: String
    /// What a list of reasons says.
    var words: String { kind == .changed ? name : "\(name) \(kind.rawValue)" }
  }

  /// What differs from an earlier record, in the order of the entries.
  func changes(since old: DependencyRecord) -> [Change] {
    var changes: [Change] = []
    if old.directive != directive {
      changes.append(Change(kind: .changed, name: "directive \(old.directive) → \(directive)"))
    } else if old.semantics != semantics {
      changes.append(
        Change(kind: .changed, name: "semantics of \(directive) \(old.semantics) → \(semantics)"))
    }
    let before = Dictionary(old.entries.map { ($0.name, $0.mark) }) { first, _ in first }
    let now = Set(entries.map(\.name))
    for entry in entries {
      guard let mark = before[entry.name] else {
        changes.append(Change(kind: .added, name: Self.words(entry.name)))
        continue
      }
      if mark == entry.mark { continue }
      if entry.name == DependencyName.presentation {
        changes.append(Change(kind: .changed, name: "written by an older Meier"))
        continue
      }
      let shown = Self.isShown(entry.name) ? " \(mark) → \(entry.mark)" : ""
      changes.append(Change(kind: .changed, name: Self.words(entry.name) + shown))
    }
    for entry in old.entries where !now.contains(entry.name) {
      changes.append(Change(kind: .removed, name: Self.words(entry.name)))
    }
    return Self.telling(changes)
  }

  /// Entries that hold the thing itself and not a digest of it.
  static func isShown(_ name: String) -> Bool {
    [
      DependencyName.style, DependencyName.compatibility, DependencyName.numbering,
      DependencyName.presentation,
    ].contains(name)
  }

  /// An entry as messages call it.
  static func words(_ name: String) -> String {
    if name == DependencyName.rows { return "data: rows" }
    return name.hasPrefix("column ") ? "data: \(name)" : name
  }

  /// Values that changed make the rows others: that the rows changed says something only where no column did.
  private static func telling(_ changes: [Change]) -> [Change] {
    let columns = changes.contains { $0.name.hasPrefix("data: column ") }
    return columns ? changes.filter { $0.name != "data: rows" } : changes
  }
}

/// Names of entries that code has to know.
enum DependencyName {
  static let rows = "rows"
  static let style = "style"
  static let compatibility = "compat"
  static let numbering = "numbers"
  static let presentation = "presentation"
  static let caption = "values in the caption"
  static let selection = "selection of rows"
}
