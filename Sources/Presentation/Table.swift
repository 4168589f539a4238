// A table as data: what the directives fill and the writers print.

/// Where the cells of a column stand; numbers to the right, so that their digits line up.
public enum ColumnAlignment: Sendable, Hashable, Codable {
  /// For words.
  case left
  /// For numbers.
  case right
  /// For marks.
  case center
}

/// The head of a column.
public struct TableColumn: Sendable, Hashable, Codable {
  /// Plain text: `HR (95% CI)`.
  public let heading: String
  /// Common heading of neighbouring columns ("Univariable"); Markdown puts it before each heading.
  public let group: String?
  /// Where its cells stand.
  public let alignment: ColumnAlignment
  /// Whether its numbers are of one quantity, and have the same decimals.
  public let sharesDecimals: Bool

  /// A column; `group` stands over several columns at once.
  public init(
    _ heading: String, group: String? = nil, alignment: ColumnAlignment = .right, sharesDecimals: Bool = false
  ) {
    self.heading = heading
    self.group = group
    self.alignment = alignment
    self.sharesDecimals = sharesDecimals
  }

  /// The heading with the style's letter for P values: `p`, `p for interaction` in The Lancet.
  func flatHeading(_ style: JournalStyle) -> String {
    let isP =
      heading == "P" || heading.hasPrefix("P for ") || heading.hasPrefix("P (") && !heading.contains(" = ")
    guard isP, style.pValue.letter != "P" else { return flatHeading }
    return TableColumn(style.pValue.letter + heading.dropFirst(), group: group).flatHeading
  }

  /// `Univariable HR (95% CI)`
  public var flatHeading: String {
    guard let group, !group.isEmpty else { return heading }
    return heading.isEmpty ? group : group + " " + heading
  }
}

/// One line of a table.
public struct TableRow: Sendable, Hashable, Codable {
  /// What a line is for.
  public enum Role: Sendable, Hashable, Codable {
    /// An ordinary line.
    case data
    /// A variable's name above its levels, or a section.
    case header
    /// A line of totals.
    case total
  }

  /// One cell per column.
  public let cells: [TableCell]
  /// What the line is for.
  public let role: Role
  /// Steps by which the first cell is moved to the right.
  public let indent: Int

  /// A line; `indent` says how deep its first cell stands.
  public init(_ cells: [TableCell], role: Role = .data, indent: Int = 0) {
    self.cells = cells
    self.role = role
    self.indent = indent
  }

  /// A row with a label alone.
  public static func header(_ label: String, indent: Int = 0) -> TableRow {
    TableRow([.text(label)], role: .header, indent: indent)
  }
}

/// A table with its caption and its notes. Rows shorter than the columns are filled with empty cells, longer
/// ones are cut.
public struct Table: Sendable, Hashable, Codable {
  /// Empty for a directive's main table; a further one is `@tbl-id-name`.
  public let name: String
  /// The author's Markdown.
  public let caption: String
  /// The heads, in order.
  public let columns: [TableColumn]
  /// The lines, in order.
  public let rows: [TableRow]
  /// Sentences below the table, plain text, in order, each without a full stop: estimator, tie rule, interval
  /// type, N, events, rows left out.
  public let notes: [String]
  /// Abbreviations in row labels; those in headings and NR, NE in cells are found without.
  public let abbreviations: [String]
  /// Kept for other directives and not printed.
  public var isHidden = false

  /// A main table without caption, notes and abbreviations, unless they are given.
  public init(
    name: String = "", caption: String = "", columns: [TableColumn], rows: [TableRow], notes: [String] = [],
    abbreviations: [String] = []
  ) {
    self.name = name
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.notes = notes
    self.abbreviations = abbreviations
  }

  func cells(of row: TableRow) -> [TableCell] {
    columns.indices.map { row.cells.indices.contains($0) ? row.cells[$0] : .empty }
  }

  /// The abbreviations, then the notes as one sentence, its first letter a capital:
  /// `NR, not reached. Kaplan–Meier; 95% CI log-log; log-rank χ² = 34.0, df 4, P < 0.001.` Plain text.
  public func noteLine(_ style: JournalStyle) -> String {
    let statuses = rows.flatMap(\.cells).flatMap(\.quantities).compactMap(\.statusText)
    let used = Abbreviation.used(in: columns.map(\.flatHeading) + statuses + abbreviations)
    let joined = notes.joined(separator: "; ")
    let method = joined.isEmpty ? "" : joined.prefix(1).uppercased() + joined.dropFirst() + "."
    return [style.abbreviations.sentence(used), method].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
