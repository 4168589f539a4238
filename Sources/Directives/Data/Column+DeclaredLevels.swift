// Levels in the dictionary's order, for columns that do not come from the file with them.

import DataTables
import Diagnostics

extension Column {
  /// The column with what the dictionary says of it: levels in the declared order or under their labels, label, unit,
  /// reference.
  ///
  /// - Throws: `unknown-level` where the column holds a level, or a code, that the dictionary does not list.
  func declared(_ metadata: ColumnMetadata, at range: SourceRange) throws(Diagnostic) -> Column {
    guard let declared = metadata.levels, declared != levels else { return describing(metadata) }
    if !type.hasLevels {
      guard metadata.codes != nil, type != .date else { return describing(metadata) }
      return try labelled(declared, metadata, at: range)
    }
    var position: [String: Int32] = [:]
    for (index, spellings) in (metadata.spellings ?? []).enumerated() {
      for spelling in spellings where position[spelling] == nil {
        position[spelling] = Int32(clamping: index)
      }
    }
    // The data set before may have given the labels already.
    for (index, level) in declared.enumerated() where position[level] == nil {
      position[level] = Int32(clamping: index)
    }
    let ranks = levels.map { position[$0] }
    let codes = factorCodes()
    var held = Set<Int32>()
    for code in codes where code >= 0 { held.insert(code) }
    for code in held.sorted() where ranks.indices.contains(Int(code)) && ranks[Int(code)] == nil {
      throw undeclared(at: range)
    }
    return Column(
      name: name,
      codes: codes.map { code in
        guard code >= 0, ranks.indices.contains(Int(code)) else { return -1 }
        return ranks[Int(code)] ?? -1
      }, levels: declared, type: .factor, metadata: metadata)
  }

  /// Numbers and truth values under the labels of their codes.
  private func labelled(
    _ labels: [String], _ metadata: ColumnMetadata, at range: SourceRange
  ) throws(Diagnostic) -> Column {
    var position: [Double: Int32] = [:]
    for (index, codes) in (metadata.codes ?? []).enumerated() {
      for code in codes {
        guard let value = code == "true" ? 1 : code == "false" ? 0 : Double(code), position[value] == nil
        else {
          continue
        }
        position[value] = Int32(clamping: index)
      }
    }
    var codes: [Int32] = []
    codes.reserveCapacity(count)
    for value in numbers() {
      guard !value.isNaN else {
        codes.append(-1)
        continue
      }
      guard let code = position[value] else { throw undeclared(at: range) }
      codes.append(code)
    }
    return Column(name: name, codes: codes, levels: labels, type: .factor, metadata: metadata)
  }

  private func undeclared(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownLevel, "'\(name)' has a level that its dictionary does not list", at: range,
      remedy: "add it to 'levels', or leave 'levels' out")
  }
}
