// How an author can say that a CSV file is written.

/// What separates the cells of a line.
public enum CSVDelimiter: String, Sendable, Hashable, CaseIterable {
  /// `,`
  case comma
  /// `;`
  case semicolon
  /// A tab, as in files that end in `.tsv`.
  case tab
  /// `|`
  case pipe

  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 0x09
    case .pipe: 0x7C
    }
  }

  /// The name as prose has it.
  var words: String {
    switch self {
    case .comma: "a comma"
    case .semicolon: "a semicolon"
    case .tab: "a tab"
    case .pipe: "a vertical bar"
    }
  }
}

/// What stands before the decimals of a number.
public enum DecimalMark: String, Sendable, Hashable, CaseIterable {
  /// `1.5`
  case point
  /// `1,5`
  case comma

  var byte: UInt8 { self == .point ? 0x2E : 0x2C }
}

/// What is declared about a CSV file; whatever is `nil` is detected.
public struct CSVOptions: Sendable, Hashable {
  /// What separates cells; detected from the first lines when `nil`.
  public var delimiter: CSVDelimiter?
  /// What stands before decimals; when `nil` a point, or a comma in a file that separates cells otherwise and shows commas alone.
  public var decimalMark: DecimalMark?
  /// Cells that mean "missing" in every column; the empty cell always does.
  public var missingCodes: [String]
  /// Declared types by column name; they override the inference rules.
  public var types: [String: DeclaredType]
  /// How the days of a column are written, by column name; such a column holds dates.
  public var dates: [String: DateFormat]
  /// Label, unit and coding by column name.
  public var dictionary: [String: ColumnMetadata]
  /// Bytes per unit of parallel work, chosen by the reader if `nil`: no result depends on it.
  var chunkSize: Int?

  /// By default delimiter and decimal mark are found out from the file, empty cells and `NA` are missing, and
  /// types are inferred.
  public init(
    delimiter: CSVDelimiter? = nil, decimalMark: DecimalMark? = nil, missingCodes: [String] = ["", "NA"],
    types: [String: DeclaredType] = [:], dates: [String: DateFormat] = [:],
    dictionary: [String: ColumnMetadata] = [:]
  ) {
    self.delimiter = delimiter
    self.decimalMark = decimalMark
    self.missingCodes = missingCodes
    self.types = types
    self.dates = dates
    self.dictionary = dictionary
  }
}
