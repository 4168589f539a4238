// Options that refer to other directives' tables.

import AnalysisDocument
import Diagnostics

/// A directive's table, where it was named: `os`, or `prognosis-terms` for a further one.
struct TableReference: Sendable {
  let id: String
  /// Of a further table; `nil` for the first.
  let name: String?
  /// What the author calls it; `nil` where only ids are listed.
  let title: String?
  let range: SourceRange

  /// `id` or `id-name`
  var words: String { name.map { "\(id)-\($0)" } ?? id }
}

extension OptionKind where Value == [TableReference] {
  /// `[crude, adjusted]`, or `{Crude: crude, Adjusted: adjusted}`.
  static var tables: Self {
    let what = "ids of directives with a table, as a list or each behind a name"
    return OptionKind(
      what, use: { OptionUse(references: $0.map { Reference(id: $0.id, range: $0.range) }) },
      decode: { tree, reader in
        if let mapping = tree.mapping {
          let found = mapping.entries.compactMap { reference($0.value, title: $0.key.string, &reader) }
          return found.count == mapping.entries.count ? found : nil
        }
        let items = tree.sequence?.elements ?? [tree]
        let found = items.compactMap { reference($0, title: nil, &reader) }
        return found.count == items.count ? found : nil
      })
  }

  private static func reference(
    _ tree: OptionTree, title: String?, _ reader: inout OptionReader
  ) -> TableReference? {
    guard let scalar = tree.scalar, !scalar.isNull else {
      reader.report(Diagnostic(.invalidOption, "expected the id of a directive", at: tree.range))
      return nil
    }
    let parts = scalar.string.split(separator: "-", maxSplits: 1)
    return TableReference(
      id: String(parts.first ?? ""), name: parts.count > 1 ? String(parts[1]) : nil, title: title,
      range: scalar.text.range())
  }
}
