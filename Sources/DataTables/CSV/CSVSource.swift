// A CSV file as a source of tables.

import CKernels
import Diagnostics

/// A delimited text file, compressed or not, or the same in memory.
public struct CSVSource: DataSource {
  /// The table's name.
  public let name: String
  /// The path as messages print it.
  public let displayPath: String
  /// What is declared about the file.
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

  /// The file, unless the table was given as text.
  var filePath: String? { if case .file(let path) = content { path } else { nil } }

  /// The names in the header line; columns without a name are passed over.
  public func columnNames() throws(DiagnosticList) -> [String] {
    let (bytes, _) = try open(prefix: Self.headerPrefix)
    let dialect = CSVDialect(bytes, options: options)
    let header = CSVHeader(bytes, dialect: dialect, path: displayPath)
    if header.diagnostics.containsError { throw DiagnosticList(header.diagnostics) }
    return header.names.filter { !$0.isEmpty }
  }

  /// Reads the table.
  ///
  /// Types follow from the cells by `TypeRules` unless they are declared; only the columns asked for are kept.
  /// - Throws: everything that is wrong with the file and with the cells of those columns, each with its place.
  public func read(columns: Set<String>? = nil, threads: Int = 1) throws(DiagnosticList) -> DataReading {
    try read(columns: columns, threads: threads) { _ in }
  }

  /// The same, telling how much is read.
  ///
  /// - Parameters:
  ///   - columns: those to keep; `nil` for all.
  ///   - threads: for parsing; no result depends on it.
  ///   - progress: called now and then with a share from 0 to 1, from any thread.
  /// - Throws: as above.
  public func read(
    columns: Set<String>?, threads: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(DiagnosticList) -> DataReading {
    let (bytes, file) = try open()
    let reader = CSVReader(
      bytes: bytes, file: file, name: name, path: displayPath, options: options, threads: threads,
      progress: progress)
    let reading = try reader.read(columns: columns)
    if bytes.count >= Self.largeSize { memory_give_back() }
    return reading
  }

  /// Bytes from which on what the parts of a file took is worth giving back.
  private static let largeSize = 1 << 27

  private static let headerPrefix = 1 << 22

  private func open(
    prefix: Int? = nil
  ) throws(DiagnosticList) -> (FileBytes, (path: String, identity: FileBytes.Identity)?) {
    switch content {
    case .bytes(let bytes): return (FileBytes(bytes), nil)
    case .file(let path):
      do {
        let (bytes, identity) = try FileBytes.open(path, prefix: prefix)
        return (bytes, (path, identity))
      } catch {
        throw DiagnosticList([CSVFaults.diagnostic(error, path: displayPath)])
      }
    }
  }
}
