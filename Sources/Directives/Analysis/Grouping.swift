// The groups that an analysis compares.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Survival

/// One or several columns whose levels, or combinations of levels, are the groups.
struct Grouping: Sendable {
  /// The columns, each with levels.
  let columns: [Column]
  /// Whether a column held true and false.
  let areFlags: [Bool]
  /// What heads the groups in tables: "Treatment", "Treatment, Sex".
  let label: String
  /// Of numbers whose every value is a group.
  let warnings: [Diagnostic]

  /// So many values of a number are seldom meant as groups.
  static let manyValues = 10

  /// The grouping variables of a frame: all but strata, clusters and offsets. `nil` when there is none.
  init?(_ frame: ModelFrame) throws(Diagnostic) {
    var columns: [Column] = []
    var labels: [String] = []
    var areFlags: [Bool] = []
    var warnings: [Diagnostic] = []
    for (index, variable) in frame.terms.variables.enumerated() {
      switch variable.form {
      case .strata, .cluster: continue
      case .offset:
        throw Diagnostic(
          .formulaSyntax, "offset() has no place among groups", at: variable.sourceRange,
          remedy: "leave it out, or use a regression")
      case .basis, .ridge:
        throw Diagnostic(
          .formulaSyntax, "'\(variable.text)' does not make groups", at: variable.sourceRange,
          remedy: "name a column of groups, or cut(x, [50, 65])")
      case .column, .expression, .factor: break
      }
      guard let column = frame.factor(of: index) else { continue }
      let hasLevels = frame.column(of: index)?.type.hasLevels == true
      let isTooMany =
        hasLevels
        ? IdentifyingLevels.are(column.levels.count, ofRows: frame.table.rowCount)
        : column.levels.count > SummaryGroups.mostGroups
      if isTooMany {
        throw Diagnostic(
          .expressionType,
          "'\(variable.text)' has \(column.levels.count) distinct values, too many for groups",
          at: variable.sourceRange,
          remedy: hasLevels
            ? "leave it out, or derive a column with fewer levels"
            : "write cut(\(variable.text), [50, 65]) with the limits of the groups")
      }
      if column.levels.count >= Self.manyValues, frame.column(of: index)?.type.isNumeric == true {
        warnings.append(
          Self.manyGroups(
            column.levels.count, of: variable.text, at: variable.sourceRange,
            remedy: "write cut(\(variable.text), [50, 65]) with the limits of the groups"))
      }
      columns.append(column)
      labels.append(frame.label(of: index))
      areFlags.append(frame.column(of: index)?.type == .flag)
    }
    guard !columns.isEmpty else { return nil }
    self.columns = columns
    self.areFlags = areFlags
    self.warnings = warnings
    label = labels.joined(separator: ", ")
  }

  static func manyGroups(
    _ count: Int, of name: String, at range: SourceRange, remedy: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, .manyGroups, "'\(name)' is a number: each of its \(count) values is a group", at: range,
      remedy: remedy)
  }
}

/// The groups of the rows that an analysis uses.
struct Groups: Sendable {
  let codes: GroupCodes
  /// The levels of each group, one per grouping column: what stands between the brackets of result names.
  let levels: [[String]]
  /// The names in tables and figures: behind the column's label where a level alone says nothing.
  let headings: [String]
  /// The names below a heading that names the columns: levels alone, "yes" and "no" for truth values.
  let rowNames: [String]

  /// The groups of some of the rows, with the same names.
  func gathered(_ positions: [Int]) throws(SurvivalInputError) -> Groups {
    Groups(
      codes: try codes.gathered(positions), levels: levels, headings: headings, rowNames: rowNames)
  }

  /// Groups in the order of the levels; one that no row of the analysis belongs to is kept where its levels were
  /// declared, and dropped otherwise.
  init(_ grouping: Grouping, rows: [Int32]) throws(SurvivalInputError) {
    var keys = Array(repeating: [Int32](), count: 1)
    var codes = [Int32](repeating: 0, count: rows.count)
    for column in grouping.columns {
      let own = column.factorCodes().gathered(rows)
      let width = max(column.levels.count, 1)
      // Renumbered after each column, so that combinations stay few.
      let isDeclared = grouping.columns.count == 1 && column.metadata.levels != nil
      var isPresent = [Bool](repeating: isDeclared, count: keys.count * width)
      for row in own.indices where own[row] >= 0 {
        codes[row] = codes[row] * Int32(truncatingIfNeeded: width) + own[row]
        isPresent[Int(codes[row])] = true
      }
      let present = isPresent.indices.filter { isPresent[$0] }
      var position = [Int32](repeating: -1, count: isPresent.count)
      for (index, code) in present.enumerated() { position[code] = Int32(clamping: index) }
      keys = present.map { keys[$0 / width] + [Int32($0 % width)] }
      for row in own.indices { codes[row] = own[row] < 0 ? -1 : position[Int(codes[row])] }
    }
    levels = keys.map { key in
      zip(grouping.columns, key).map { column, code in
        column.levels.indices.contains(Int(code)) ? column.levels[Int(code)] : ""
      }
    }
    let words = Self.words(grouping)
    headings = keys.map { key in
      zip(words, key).map { $0.indices.contains(Int($1)) ? $0[Int($1)] : "" }.joined(separator: ", ")
    }
    rowNames = Self.rowNames(levels, grouping)
    self.codes = try GroupCodes(codes: codes, names: levels.map { $0.joined(separator: ", ") })
  }

  /// The groups of all rows; a single column of bytes is taken as it is.
  static func all(_ grouping: Grouping, rowCount: Int) throws(SurvivalInputError) -> Groups {
    guard grouping.columns.count == 1, let column = grouping.columns.first, column.missingCount == 0,
      case .uint8(let bytes) = column.storage
    else { return try Groups(grouping, rows: (0..<rowCount).map { Int32(truncatingIfNeeded: $0) }) }
    let counts = ByteCounts.of(bytes)
    let isDeclared = column.metadata.levels != nil
    let kept = column.levels.indices.filter { isDeclared || (counts.indices.contains($0) && counts[$0] > 0) }
    var positions = [Int32](repeating: -1, count: 256)
    for (position, level) in kept.enumerated() where positions.indices.contains(level) {
      positions[level] = Int32(clamping: position)
    }
    let names = kept.map { column.levels[$0] }
    let words = words(grouping).first ?? []
    let levels = names.map { [$0] }
    return Groups(
      codes: try GroupCodes(bytes: bytes, groups: positions, names: names, counts: counts), levels: levels,
      headings: kept.map { words.indices.contains($0) ? words[$0] : "" },
      rowNames: rowNames(levels, grouping))
  }

  private init(codes: GroupCodes, levels: [[String]], headings: [String], rowNames: [String]) {
    self.codes = codes
    self.levels = levels
    self.headings = headings
    self.rowNames = rowNames
  }

  private static func rowNames(_ levels: [[String]], _ grouping: Grouping) -> [String] {
    levels.map { group in
      zip(group, grouping.areFlags).map { GroupHeadings.word($0, isFlag: $1) }.joined(separator: ", ")
    }
  }

  /// What each level of each column is called in print.
  private static func words(_ grouping: Grouping) -> [[String]] {
    grouping.columns.indices.map { index in
      let column = grouping.columns[index]
      return GroupHeadings.text(column.levels, label: column.label, isFlag: grouping.areFlags[index])
    }
  }

  /// `["a", "b"]`, the part of a result name that picks a group.
  func path(_ group: Int) -> String {
    "[" + levels[group].map(ResultPath.quoted).joined(separator: ", ") + "]"
  }

  var names: [String] { codes.names }

  /// What a group that goes by its name among results is called where no heading names the columns.
  func heading(ofName name: String) -> String {
    names.firstIndex(of: name).flatMap { headings.indices.contains($0) ? headings[$0] : nil } ?? name
  }
}
