// The rows of every regression table: variables, their levels, the reference, interactions.

import DataTables
import Expressions
import ModelFormula
import NumericalMethods
import Presentation

/// One line of a regression table or forest plot.
struct ModelRow: Sendable {
  enum Kind: Sendable, Equatable {
    /// A variable's name above its levels; `columns` are those of the whole term, for its joint test.
    case heading
    case reference
    case estimate
  }

  let kind: Kind
  let label: String
  let indent: Int
  /// Index of the term in the design; `nil` for the intercept.
  let term: Int?
  /// The design's column, for estimates.
  let column: Int?
  /// The rows that the line counts, as an indicator over the rows of the analysis; `nil` for all of them.
  let members: Members?

  /// Rows of the analysis that hold one level.
  enum Members: Sendable {
    case level(LevelCodes, Int32)
    case flag([Double])
    /// The same by code.
    case few([UInt8], table: [Double])
    /// Rows of an interaction: those that belong to each of its levels.
    indirect case both(Members, Members)

    func contains(_ row: Int) -> Bool {
      switch self {
      case .level(.bytes(let codes), let level): row < codes.count && Int32(codes[row]) == level
      case .level(.words(let codes), let level): row < codes.count && codes[row] == level
      case .flag(let values): row < values.count && values[row] == 1
      case .few(let codes, let table):
        row < codes.count && Int(codes[row]) < table.count && table[Int(codes[row])] == 1
      case .both(let first, let second): first.contains(row) && second.contains(row)
      }
    }
  }

  /// `["treatment", "observation"]`, the part of a result name that picks the line.
  let path: String
  /// The change that a printed estimate is for, with its label, where the dictionary says so: "Age, per 10 years".
  var per: (units: Double, label: String)?

  /// Whether the line is one column of a spline or polynomial, which says nothing alone.
  var isBasis = false

  /// The line's label in tables and figures.
  var printedLabel: String { per?.label ?? label }

  /// The estimate as tables and figures print it: of a change by `per` units.
  func printed(_ estimate: Estimate, isRatio: Bool) -> Estimate {
    guard let units = per?.units else { return estimate }
    func scaled(_ quantity: Quantity) -> Quantity {
      guard let value = quantity.number else { return quantity }
      return Quantity(isRatio ? Elementary.exp(units * Elementary.log(value)) : units * value)
    }
    return Estimate(
      scaled(estimate.value), lower: scaled(estimate.lower), upper: scaled(estimate.upper),
      level: estimate.level)
  }

  /// Rows and events behind the line: tables, figures and named values ask in turn.
  let knownTally = OnceValue<Tally>()
  /// The same for every code of a factor, shared by its lines.
  var levelTallies = OnceValue<[Tally]>()

  struct Tally: Sendable {
    var count = 0
    var events = 0
  }
}

/// Lays out a design for readers.
struct ModelRows: Sendable {
  let rows: [ModelRow]

  /// The lines of a forest plot: without the columns of splines, whose joint test stands at their variable.
  var drawn: [ModelRow] { rows.filter { !$0.isBasis } }

  init(_ design: DesignMatrix, dataSet: DataSet) {
    let namer = VariableLabels(design: design, dataSet: dataSet)
    var rows: [ModelRow] = []
    for (index, column) in design.columns.enumerated() where column.origin.term == nil {
      rows.append(
        ModelRow(
          kind: .estimate, label: "Intercept", indent: 0, term: nil, column: index, members: nil,
          path: Self.path(column.origin.pathArguments)))
    }
    for (index, term) in design.terms.enumerated() where !term.isStrata && !term.columns.isEmpty {
      rows += Self.rows(of: term, index, design, namer)
    }
    self.rows = rows
  }

  static func path(_ arguments: [String]) -> String {
    "[" + arguments.map(ResultPath.quoted).joined(separator: ", ") + "]"
  }

  private static func rows(
    of term: DesignTerm, _ index: Int, _ design: DesignMatrix, _ namer: VariableLabels
  ) -> [ModelRow] {
    let columns = term.columns.filter { design.columns.indices.contains($0) }
    func estimate(_ column: Int, _ label: String, indent: Int) -> ModelRow {
      let members = namer.members(design.columns[column])
      var row = ModelRow(
        kind: .estimate, label: label, indent: indent, term: index, column: column, members: members,
        path: path(design.columns[column].origin.pathArguments),
        isBasis: design.columns[column].origin.parts.contains { if case .basis = $0 { true } else { false } })
      // A column of 0 and 1 is a level, whatever the dictionary says of units.
      if members == nil || term.degree > 1 { row.per = namer.per(design.columns[column], label: label) }
      return row
    }
    if columns.count == 1, let only = columns.first, !namer.hasLevels(design.columns[only]) {
      return [estimate(only, namer.label(of: design.columns[only]), indent: 0)]
    }
    var rows = [
      ModelRow(
        kind: .heading, label: namer.label(of: term), indent: 0, term: index, column: nil, members: nil,
        path: path([term.text]))
    ]
    if let reference = namer.reference(of: term, index, design) { rows.append(reference) }
    rows += columns.map { estimate($0, namer.levelLabel(of: design.columns[$0]), indent: 1) }
    // The lines of one factor count the same codes.
    guard term.degree == 1 else { return rows }
    let shared = OnceValue<[ModelRow.Tally]>()
    for index in rows.indices { rows[index].levelTallies = shared }
    return rows
  }
}

extension ModelRows {
  /// What a message calls a column of the design: "Sex: m".
  static func label(of column: DesignColumn, in design: DesignMatrix, dataSet: DataSet) -> String {
    VariableLabels(design: design, dataSet: dataSet).label(of: column)
  }
}

/// What variables and levels are called in print.
private struct VariableLabels {
  let design: DesignMatrix
  let dataSet: DataSet

  /// The label of a variable, with its unit for numbers.
  func label(_ variable: String, withUnit: Bool) -> String {
    guard let column = dataSet.table[variable] else {
      let found = design.schema.terms.variables.first { $0.text == variable }
      return found.map { dataSet.printedName(of: $0) } ?? variable
    }
    guard withUnit, column.type.isNumeric, let unit = column.metadata.unit else { return column.label }
    return "\(column.label), \(unit)"
  }

  /// The change that the dictionary wants a coefficient for: of a number, or of the product of an interaction's numbers.
  func per(_ column: DesignColumn, label own: String) -> (units: Double, label: String)? {
    var (units, words, isGiven, name) = (1.0, [String](), false, own)
    for part in column.origin.parts {
      switch part {
      case .level: continue
      case .contrast, .basis: return nil
      case .number(let variable):
        let source = dataSet.table[variable]
        guard source?.type != .flag else { continue }
        let change = source.flatMap { $0.type.isNumeric ? $0.metadata.per : nil }
        isGiven = isGiven || change != nil
        units *= change ?? 1
        words.append(
          [ShortestNumber.text(change ?? 1), source?.metadata.unit ?? ""].filter { !$0.isEmpty }
            .joined(separator: " "))
        if column.origin.parts.count == 1, let label = source?.label { name = label }
      }
    }
    return isGiven ? (units, "\(name), per \(words.joined(separator: " × "))") : nil
  }

  func label(of term: DesignTerm) -> String {
    if term.degree == 1 { return label(term.text, withUnit: false) }
    return term.text.split(separator: ":").map { label(String($0), withUnit: false) }.joined(separator: " × ")
  }

  func label(of column: DesignColumn) -> String {
    guard !column.origin.parts.isEmpty else { return column.origin.termText }
    return column.origin.parts.map { part in
      switch part {
      case .number(let variable): label(variable, withUnit: column.origin.parts.count == 1)
      case .level(let variable, let level): "\(label(variable, withUnit: false)): \(level)"
      case .contrast(let variable, let text), .basis(let variable, let text):
        "\(label(variable, withUnit: false)) \(text)"
      }
    }.joined(separator: " × ")
  }

  /// The level alone, below the variable's name.
  func levelLabel(of column: DesignColumn) -> String {
    let parts = column.origin.parts.map { part in
      switch part {
      case .number(let variable): column.origin.parts.count == 1 ? variable : label(variable, withUnit: false)
      case .level(_, let level): level
      case .contrast(_, let text): text
      case .basis(_, let text): "basis \(text)"
      }
    }
    return parts.joined(separator: " × ")
  }

  func hasLevels(_ column: DesignColumn) -> Bool {
    column.origin.parts.contains { part in
      switch part {
      case .number: false
      case .level, .contrast, .basis: true
      }
    }
  }

  func members(_ column: DesignColumn) -> ModelRow.Members? {
    if case .indicator(let codes, let level) = column.values { return .level(codes, level) }
    let parts = column.origin.parts
    guard !parts.isEmpty, parts.allSatisfy({ $0.isWhole }) else { return nil }
    func isFlag(_ values: [Double]) -> Bool {
      if parts.count == 1, case .number(let variable) = parts[0], dataSet.table[variable]?.type == .flag {
        return true
      }
      return values.allSatisfy { $0 == 0 || $0 == 1 }
    }
    switch column.values {
    case .dense(let values): if isFlag(values) { return .flag(values) }
    case .few(let codes, let table): if isFlag(table) { return .few(codes, table: table) }
    case .indicator, .whole: break
    }
    // A slope within a level: the level's rows.
    guard parts.count > 1 else { return nil }
    let own = parts.compactMap { part in
      design.columns.first { $0.origin.parts == [part] }.flatMap { members($0) }
    }
    return own.dropFirst().reduce(own.first) { joint, next in joint.map { .both($0, next) } }
  }

  /// The line of the reference level of a factor under treatment contrasts.
  func reference(of term: DesignTerm, _ index: Int, _ design: DesignMatrix) -> ModelRow? {
    guard term.degree == 1,
      let variable = design.schema.terms.variables.firstIndex(where: { $0.text == term.text }),
      case .factor(let coding)? = design.schema.codings[variable], !coding.isFlag,
      coding.contrast == .treatment, let reference = coding.reference,
      let first = term.columns.first, design.columns.indices.contains(first),
      case .indicator(let codes, _) = design.columns[first].values, term.columns.count < coding.levels.count
    else { return nil }
    return ModelRow(
      kind: .reference, label: reference, indent: 1, term: index, column: nil,
      members: .level(codes, Int32(coding.referenceIndex)), path: ModelRows.path([term.text, reference]))
  }
}

extension ColumnOrigin.Part {
  /// Whether it is a number or a level, and no column of a contrast or spline.
  fileprivate var isWhole: Bool {
    switch self {
    case .number, .level: true
    case .contrast, .basis: false
    }
  }
}
