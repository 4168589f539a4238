// The header line of a CSV file.

import Diagnostics

/// The names of a file's columns and where its rows begin.
struct CSVHeader: Sendable {
  /// One name per field, empty where there is none.
  var names: [String]
  var dataStart: Int
  /// The line on which the rows begin.
  var dataLine: Int
  var diagnostics: [Diagnostic] = []

  /// Reads the first line that is not blank.
  init(_ bytes: FileBytes, dialect: CSVDialect, path: String) {
    let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: dialect.delimiter.byte)
    names = []
    dataStart = dialect.headerStart
    dataLine = dialect.headerLine
    while dataStart < bytes.count, let next = scanner.afterBlankLine(dataStart) {
      dataStart = next
      dataLine += 1
    }
    guard dataStart < bytes.count else {
      diagnostics.append(
        Diagnostic(
          .emptyFile, "the data file is empty",
          at: DiagnosticLocation(path: path, start: SourcePosition(line: 1, column: 1)),
          remedy: "its first line must name the columns"))
      return
    }
    readNames(bytes, scanner, path: path)
    reportRepetitions(bytes, path: path)
  }

  /// Where each name stands, its quote included.
  private var offsets: [Int] = []

  private mutating func readNames(_ bytes: FileBytes, _ scanner: FieldScanner, path: String) {
    while true {
      let field = scanner.field(at: dataStart)
      let offset = field.isQuoted ? field.start - 1 : field.start
      offsets.append(offset)
      dataLine += field.lineBreaks
      if let fault = field.fault {
        let at = DiagnosticLocation(path: path, start: CellLocator.position(of: offset, in: bytes))
        diagnostics.append(CSVFaults.diagnostic(fault, row: nil, at: at))
      }
      names.append(String(decoding: scanner.content(field), as: UTF8.self))
      dataStart = field.next
      guard dataStart < bytes.count else { return }
      if scanner.isLineEnd(bytes.base[dataStart]) {
        dataStart = scanner.afterLineEnd(dataStart)
        dataLine += 1
        return
      }
      dataStart += 1
    }
  }

  private mutating func reportRepetitions(_ bytes: FileBytes, path: String) {
    var first: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      func place() -> DiagnosticLocation {
        DiagnosticLocation(path: path, start: CellLocator.position(of: offsets[index], in: bytes))
      }
      if name.isEmpty {
        diagnostics.append(
          Diagnostic(
            .warning, .unnamedColumn, "column \(index + 1) of the data file has no name and is left out",
            at: place(), remedy: "name it in the header line"))
      } else if let earlier = first.updateValue(index, forKey: name) {
        diagnostics.append(
          Diagnostic(
            .duplicateColumn,
            "columns \(earlier + 1) and \(index + 1) of the data file are both named '\(name)'",
            at: place(), remedy: "rename one of them in the header line"))
      }
    }
  }
}
