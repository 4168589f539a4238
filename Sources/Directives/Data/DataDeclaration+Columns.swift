// Names that no column has, found before anything is computed.

import Diagnostics
import Expressions

extension DataDeclaration {
  /// Every name in the condition, the derivations and the outcomes that is neither a given column nor derived, whether an
  /// analysis uses it or not: one run names them all.
  ///
  /// - Parameter columns: of the file, or of the data sets before, those included that they derive and nothing uses.
  func unknownColumns(among columns: [String]) -> [Diagnostic] {
    let known = Set(columns + derived.map(\.string)).union(KnownColumns.foreignWords)
    let uses =
      (condition?.columnUses ?? []) + derived.flatMap(\.value.columnUses)
      + outcomes.flatMap(\.value.columnUses) + (split?.columnUses ?? [])
      + (key.columns + [patient].compactMap(\.self)).map(\.use)
    return uses.filter { !known.contains($0.name) }.map { use in
      Diagnostic(
        .unknownColumn, "no column '\(use.name)' in '\(id)'", at: use.range,
        remedy: UnknownName.remedy(for: use, among: columns + derived.map(\.string)))
    }
  }
}
