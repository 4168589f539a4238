// Levels in the dictionary's order, for columns that do not come from the file with them.

import DataTables
import Diagnostics

extension Column {
  /// The column with what the dictionary says of it: levels in the declared order, label, unit, reference.
  ///
  /// - Throws: `unknown-level` where the column holds a level that the dictionary does not list.
  func declared(_ metadata: ColumnMetadata, at range: SourceRange) throws(Diagnostic) -> Column {
    guard let declared = metadata.levels, type.hasLevels, declared != levels else {
      return describing(metadata)
    }
    var position: [String: Int32] = [:]
    for (index, level) in declared.enumerated() { position[level] = Int32(clamping: index) }
    let ranks = levels.map { position[$0] }
    let codes = factorCodes()
    var held = Set<Int32>()
    for code in codes where code >= 0 { held.insert(code) }
    for code in held.sorted() where ranks.indices.contains(Int(code)) && ranks[Int(code)] == nil {
      throw Diagnostic(
        .unknownLevel, "'\(name)' has a level that its dictionary does not list", at: range,
        remedy: "add it to 'levels', or leave 'levels' out")
    }
    return Column(
      name: name,
      codes: codes.map { code in
        guard code >= 0, ranks.indices.contains(Int(code)) else { return -1 }
        return ranks[Int(code)] ?? -1
      }, levels: declared, type: .factor, metadata: metadata)
  }
}
