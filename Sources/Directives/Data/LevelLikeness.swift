// What a data set says of levels that a reader would take for one another.

import DataTables
import Diagnostics

extension DataTable {
  /// A warning for each text column of which levels differ in blanks or capitals alone.
  ///
  /// - Parameters:
  ///   - names: the columns to look at; `nil` for all.
  ///   - id: the data set's.
  ///   - range: where its declaration stands.
  func warningsOfSimilarLevels(in names: Set<String>?, of id: String, at range: SourceRange) -> [Diagnostic] {
    columns.compactMap { column in
      guard names?.contains(column.name) ?? true, let similar = SimilarLevels(column) else { return nil }
      let codes = column.factorCodes()
      let rarer = Set(similar.rarer)
      let rows = codes.indices.filter { rarer.contains(codes[$0]) }
      var notes = rows.prefix(3).compactMap { row in
        origin.map {
          Diagnostic.Note("row \($0.fileRow(row))", at: $0.location(row: row, column: column.name))
        }
      }
      if rows.count > 3 { notes.append(Diagnostic.Note("and \(rows.count - 3) more")) }
      return Diagnostic(
        .warning, .similarLevels,
        "'\(column.name)' of '\(id)' has levels that differ in \(similar.difference) alone, "
          + "\(rows.count) row\(rows.count == 1 ? "" : "s") of the rarer",
        at: range, remedy: "correct the file, or derive \(column.name): \(similar.remedy(column.name))",
        notes: notes, values: similar.rarer.prefix(10).map { column.levels[Int($0)] })
    }
  }
}
