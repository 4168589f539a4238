// A data set as one analysis sees it.

import DataTables
import ModelFormula

extension DataSet {
  /// The columns that names of columns and outcomes stand for; `nil`, for all columns, stays `nil`.
  public func columns(for names: Set<String>?) -> Set<String>? {
    names.map { names in
      names.union(names.flatMap { name in (outcomes[name]?.columnUses ?? []).map(\.name) })
        .union([repeatedPatientColumn].compactMap(\.self))
    }
  }

  /// The same rows with nothing but the named columns and outcomes: what an analysis that names these, and no
  /// others, may rest on. `nil` stands for all.
  public func isolating(_ names: Set<String>?) -> DataSet {
    guard let names, let columns = columns(for: names) else { return self }
    return DataSet(
      id: id, table: table.isolating(columns), outcomes: outcomes.filter { names.contains($0.key) },
      steps: steps, derivedNames: [], patient: repeatedPatientColumn == nil ? nil : patient,
      compatibility: compatibility, shared: shared)
  }

  /// The outcomes as their authors wrote them, by name.
  public var outcomeTexts: [(name: String, text: String)] {
    outcomes.map { (name: $0.key, text: $0.value.text) }
      .sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
  }
}

extension SurvivalSyntax {
  /// `Surv(…)` as written.
  var text: String { source.slice(range).string }
}
