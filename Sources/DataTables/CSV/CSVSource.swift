// A CSV file as a source of tables.

import Diagnostics

/// A delimited text file, compressed or not, or the same in memory.
public struct CSVSource: DataSource {
  public let name: String
  /// The path as messages print it.
  public let displayPath: String
  public let options: CSVOptions
  let content: Content

  enum Content: Sendable {
    case file(String)
    case bytes([UInt8])
  }

  /// A file, looked at when it is read and not before.
  public init(file: String, displayPath: String? = nil, name: String, options: CSVOptions = CSVOptions()) {
    self.name = name
    self.displayPath = displayPath ?? file
    self.options = options
    content = .file(file)
  }

  /// A table given as text.
  public init(bytes: [UInt8], displayPath: String, name: String, options: CSVOptions = CSVOptions()) {
    self.name = name
    self.displayPath = displayPath
    self.options = options
    content = .bytes(bytes)
  }

  public func columnNames() throws(DiagnosticList) -> [String] { [] }

  public func read(columns: Set<String>?, threads: Int) throws(DiagnosticList) -> DataReading {
    throw DiagnosticList([])
  }
}
