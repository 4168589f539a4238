// Reading a CSV file: the way from bytes to a table.

import Diagnostics

/// One reading of one file.
///
/// The rows are parsed in parts of fixed size, by as many threads as allowed. Each part but the first begins at
/// a guess, the first line end after its boundary; afterwards each part's start is compared with the end of the
/// one before, and a part whose guess fell into a quoted field is parsed again. So the table is that of a
/// reading from front to back, whatever the threads and the size of the parts.
struct CSVReader {
  let bytes: FileBytes
  /// The file to read cells from again, for messages.
  let file: (path: String, identity: FileBytes.Identity)?
  let name: String
  let path: String
  let options: CSVOptions
  let threads: Int
  /// Told now and then how much of the file is parsed.
  var progress: @Sendable (Double) -> Void = { _ in }

  func read(columns: Set<String>?) throws(DiagnosticList) -> DataReading {
    if bytes.count >= 2, [[0xFF, 0xFE], [0xFE, 0xFF]].contains([bytes.base[0], bytes.base[1]]) {
      throw DiagnosticList([CSVFaults.utf16(path: path)])
    }
    if let format = FileSignature.format(of: bytes) {
      throw DiagnosticList([CSVFaults.otherFormat(format, path: path)])
    }
    let dialect = CSVDialect(bytes, options: options)
    let header = CSVHeader(bytes, dialect: dialect, path: path)
    if let fault = ByteCheck.firstFault(bytes, in: 0..<header.dataStart) {
      throw DiagnosticList([CSVFaults.diagnostic(fault, in: bytes, path: path)])
    }
    if bytes.has(CSVFaults.mergeMarker, at: dialect.headerStart) {
      let start = SourcePosition(line: dialect.headerLine, column: 1)
      throw DiagnosticList([CSVFaults.unresolvedMerge(at: DiagnosticLocation(path: path, start: start))])
    }
    if header.diagnostics.containsError {
      throw DiagnosticList(CSVFaults.capped(header.diagnostics, path: path))
    }
    let first = try read(columns: columns, header: header, dialect: dialect)
    if let reading = first.reading { return reading }
    // Decimal commas turned up after the sample had shown no decimal of either kind.
    var other = dialect
    other.decimalMark = .comma
    other.decimalMarkIsCertain = true
    guard var reading = try read(columns: columns, header: header, dialect: other).reading else {
      throw DiagnosticList([Diagnostic(.internalFault, "the decimal mark of '\(path)' cannot be settled")])
    }
    reading.dependsOnColumns = true
    return reading
  }

  /// `reading` is `nil` if the decimal mark proved to be the other one.
  private func read(
    columns: Set<String>?, header: CSVHeader, dialect: CSVDialect
  ) throws(DiagnosticList) -> (reading: DataReading?, Void) {
    let wanted = header.names.map { !$0.isEmpty && columns?.contains($0) ?? true }
    let plan = ReadPlan(bytes: bytes, header: header, wanted: wanted, dialect: dialect, options: options)
    let rows = try parse(plan, header: header)
    let resolver = ColumnResolver(
      reader: self, header: header, plan: plan, rows: rows, decimalMarkIsCertain: dialect.decimalMarkIsCertain
    )
    let resolved = resolver.columns()
    if resolved.needsDecimalComma { return (nil, ()) }
    let diagnostics = header.diagnostics + resolved.diagnostics
    if diagnostics.containsError { throw DiagnosticList(CSVFaults.capped(diagnostics, path: path)) }
    let origin = RowOrigin(path: path, lines: rows.lines, locator: rows.locator)
    let unread = zip(header.names, wanted).filter { !$1 && !$0.isEmpty }.map(\.0)
    do {
      let table = try DataTable(
        name: name, columns: resolved.columns, rowCount: rows.rowCount, origin: origin,
        unreadColumnNames: unread)
      return (DataReading(table: table, diagnostics: diagnostics), ())
    } catch {
      throw DiagnosticList([Diagnostic(.internalFault, "the columns of '\(path)' do not fit together")])
    }
  }

  func parser(_ header: CSVHeader) -> ChunkedParser {
    // Large enough for some hundred rows, so that wide files do not fall into crumbs.
    let size = max(1, options.chunkSize ?? max(1 << 19, header.names.count << 11))
    return ChunkedParser(
      bytes: bytes, dataStart: header.dataStart, chunkSize: size, threads: threads, progress: progress)
  }

  /// All parts, verified; throws what is wrong with the file as a file.
  private func parse(_ plan: ReadPlan, header: CSVHeader) throws(DiagnosticList) -> ParsedRows {
    let (chunks, fault) = parser(header).parse(plan)
    if let fault { throw DiagnosticList([CSVFaults.diagnostic(fault, in: bytes, path: path)]) }
    var fields: [String: Int] = [:]
    for (index, name) in header.names.enumerated() where !name.isEmpty { fields[name] = index }
    let rows = ParsedRows(
      chunks: chunks, header: header, file: file, bytes: bytes, fields: fields, delimiter: plan.delimiter)
    let faults = rows.diagnostics(fieldCount: plan.fields.count, bytes: bytes, path: path)
    if !faults.isEmpty { throw DiagnosticList(CSVFaults.capped(header.diagnostics + faults, path: path)) }
    return rows
  }
}
