// Where tables come from.

import Diagnostics

/// Anything that can deliver a table: a CSV file now, a query later.
public protocol DataSource: Sendable {
  /// The names of all columns, in the source's order, without reading the rows.
  func columnNames() throws(DiagnosticList) -> [String]

  /// About how much the columns asked for are; `nil` where nothing needs to be feared.
  func extent(columns: Set<String>?) -> DataExtent?

  /// Reads the columns asked for (`nil`: all); names the source does not have are passed over.
  func read(columns: Set<String>?, threads: Int) throws(DiagnosticList) -> DataReading

  /// The same, telling now and then how much is read, 0 to 1; called from any thread.
  func read(
    columns: Set<String>?, threads: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(DiagnosticList) -> DataReading
}

/// How large a table is, as far as can be told before it is read.
public struct DataExtent: Sendable, Hashable {
  /// Rows, as far as is known.
  public let rowCount: Int
  /// Bytes of the columns that are kept.
  public let columnBytes: Int

  /// An estimate: neither number need be exact.
  public init(rowCount: Int, columnBytes: Int) {
    self.rowCount = rowCount
    self.columnBytes = columnBytes
  }
}

extension DataSource {
  /// `nil`: nothing needs to be feared.
  public func extent(columns: Set<String>?) -> DataExtent? { nil }

  /// Reads without telling how far it is.
  public func read(
    columns: Set<String>?, threads: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(DiagnosticList) -> DataReading {
    try read(columns: columns, threads: threads)
  }
}

/// A table, and what there is to say about it that is no error.
public struct DataReading: Sendable {
  /// What was read.
  public let table: DataTable
  /// Warnings and notes.
  public let diagnostics: [Diagnostic]
  /// Whether the same columns might have been read otherwise together with others.
  var dependsOnColumns = false

  /// A table about which there is nothing to say, unless diagnostics are given.
  public init(table: DataTable, diagnostics: [Diagnostic] = []) {
    self.table = table
    self.diagnostics = diagnostics
  }
}
