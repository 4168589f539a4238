// The columns of single variables, and their products.

import DataTables
import Diagnostics
import Expressions
import NumericalMethods

extension DesignBuilder {
  /// A column on its way into the design.
  struct Piece: Sendable {
    let name: String
    let parts: [ColumnOrigin.Part]
    let values: DesignValues
  }

  /// Codes of each factor's rows into the levels of the fit, by variable.
  func factorCodes() throws(DiagnosticList) -> [Int: LevelCodes] {
    let found = Parallel.map(chunks: schema.codings.count, threads: frame.threads) { factorCodes(of: $0) }
    let diagnostics = found.flatMap(\.diagnostics)
    if diagnostics.containsError { throw DiagnosticList(diagnostics) }
    var codes: [Int: LevelCodes] = [:]
    for (index, found) in found.enumerated() { codes[index] = found.codes }
    return codes
  }

  private func factorCodes(of index: Int) -> (codes: LevelCodes?, diagnostics: [Diagnostic]) {
    let coding = schema.codings[index]
    let variable = schema.terms.variables[index]
    var diagnostics: [Diagnostic] = []
    if let fault = textFault(index, coding) { diagnostics.append(fault) }
    guard case .factor(let factor)? = coding, !frame.contents[index].columns.isEmpty else {
      return (nil, diagnostics)
    }
    if case .column(let column) = frame.contents[index], let codes = plainCodes(column, factor) {
      return (codes, diagnostics)
    }
    let known = knownCodes(frame.contents[index], isFlag: factor.isFlag)
    let places = LevelPositions(factor.levels)
    var positions: [Int32] = []
    var unseen: [String] = []
    for level in known.levels {
      let position = places[level]
      if position == nil { unseen.append(level) }
      positions.append(Int32(truncatingIfNeeded: position ?? -1))
    }
    let isSame = positions.enumerated().allSatisfy { Int32(truncatingIfNeeded: $0) == $1 }
    let mapped =
      isSame
      ? known.codes
      : known.codes.map { $0 >= 0 && Int($0) < positions.count ? positions[Int($0)] : -1 }
    // A level that no row has is no fault.
    if !unseen.isEmpty, zip(known.codes, mapped).contains(where: { $0 >= 0 && $1 < 0 }) {
      diagnostics.append(
        Diagnostic(
          .error, .unknownLevel, "'\(variable.text)' has a level that the fitted data do not have",
          at: variable.sourceRange, remedy: "levels: " + factor.levels.prefix(20).joined(separator: ", "),
          values: Array(unseen.prefix(5))))
    }
    return (LevelCodes(mapped, levelCount: factor.levels.count), diagnostics)
  }

  /// The codes of a column of bytes whose levels are those of the fit, as they are stored.
  private func plainCodes(_ column: Column, _ factor: FactorCoding) -> LevelCodes? {
    guard column.type.hasLevels, !factor.isFlag, column.levels.count < 255, column.levels == factor.levels,
      case .uint8(let codes) = column.storage
    else { return nil }
    return .bytes(rows.gathering(codes, missing: ColumnStorage.missingUInt8))
  }

  /// Texts in new rows where the fit had numbers.
  private func textFault(_ index: Int, _ coding: VariableCoding?) -> Diagnostic? {
    guard case .number? = coding, let column = frame.contents[index].columns.first, column.type.hasLevels
    else {
      return nil
    }
    let variable = schema.terms.variables[index]
    return Diagnostic(
      .error, .expressionType, "'\(variable.text)' is text in the new rows, a number in the fitted data",
      at: variable.sourceRange)
  }

  private func knownCodes(_ content: VariableContent, isFlag: Bool) -> (codes: [Int32], levels: [String]) {
    switch content {
    case .groups(let columns):
      let groups = RowGroups(columns: columns, rows: rows)
      return (groups.codes, groups.groups.map(\.shortLabel))
    default:
      guard let column = content.columns.first else { return ([], []) }
      if column.type == .flag { return (column.codes(rows: rows), ["false", "true"]) }
      let factor = column.asLevels()
      // New rows may spell a flag 0 and 1.
      let levels =
        isFlag ? factor.levels.map { $0 == "0" ? "false" : $0 == "1" ? "true" : $0 } : factor.levels
      return (factor.codes(rows: rows), levels)
    }
  }

  /// The columns of one variable within a term.
  func block(_ index: Int, full: Bool, _ factors: [Int: LevelCodes]) -> [Piece] {
    let text = schema.terms.variables[index].text
    switch schema.codings[index] {
    case nil: return []
    case .number:
      let values = frame.contents[index].columns.first?.designValues(rows: rows) ?? .dense([])
      return [Piece(name: text, parts: [.number(variable: text)], values: values)]
    case .ridge(let names):
      return zip(names, frame.contents[index].columns).map { name, column in
        Piece(
          name: "ridge(\(name))", parts: [.basis(variable: text, label: name)],
          values: .dense(column.numbers(rows: rows)))
      }
    case .basis(let basis):
      let values = frame.contents[index].columns.first?.designValues(rows: rows) ?? .dense([])
      return zip(basis.labels, basis.columns(values)).map { label, column in
        Piece(
          name: basis.function == "pspline"
            ? "ps(\(columnText(index)))\(label)" : basis.columnCount == 1 ? text : text + label,
          parts: [.basis(variable: text, label: label)], values: column)
      }
    case .factor(let coding): return factorBlock(coding, text, full: full, factors[index])
    }
  }

  /// The text of the column a basis is made of.
  private func columnText(_ index: Int) -> String {
    guard case .basis(let call) = schema.terms.variables[index].form else { return "" }
    return RText.text(call.column.root)
  }

  private func factorBlock(
    _ coding: FactorCoding, _ text: String, full: Bool, _ codes: LevelCodes?
  ) -> [Piece] {
    let codes = codes.flatMap { $0.count == rows.count ? $0 : nil } ?? .words(rows.map { _ in -1 })
    let table = ContrastTable(coding, full: full)
    let hasMissing = codes.hasMissing
    return table.labels.enumerated().map { column, label in
      switch label {
      case .level(let level):
        let name = coding.levels[level]
        // A flag against its complement needs no level in its name.
        let isPlain = coding.isFlag && !full
        let values: DesignValues =
          hasMissing
          ? .dense(codes.numbers(coding.levels.indices.map { $0 == level ? 1 : 0 }))
          : .indicator(codes, level: Int32(truncatingIfNeeded: level))
        return Piece(
          name: isPlain ? text : text + name,
          parts: [isPlain ? .number(variable: text) : .level(variable: text, level: name)], values: values)
      case .text(let label):
        return Piece(
          name: text + label, parts: [.contrast(variable: text, label: label)],
          values: .dense(codes.numbers(table.rows.map { $0[column] })))
      }
    }
  }

  /// All products of one column of each block, the first block's columns changing fastest.
  static func product(_ blocks: [[Piece]]) -> [Piece] {
    guard let first = blocks.first else { return [] }
    return blocks.dropFirst().reduce(first) { left, right in
      right.flatMap { b in
        left.map { a in
          Piece(
            name: a.name + ":" + b.name, parts: a.parts + b.parts,
            values: .dense(zip(a.values.numbers(), b.values.numbers()).map { $0 * $1 }))
        }
      }
    }
  }
}
