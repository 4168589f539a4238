// All rows of a file after parsing, before their columns have types.

import Diagnostics

struct ParsedRows {
  let chunks: [ChunkRows]
  let rowCount: Int
  let lines: RowLines
  let locator: CellLocator
  /// The first row of each part.
  private let firstRows: [Int]

  init(
    chunks: [ChunkRows], header: CSVHeader, file: (path: String, identity: FileBytes.Identity)?,
    bytes: FileBytes,
    fields: [String: Int], delimiter: UInt8
  ) {
    self.chunks = chunks
    var lines = RowLines(firstLine: header.dataLine)
    var checkpoints: [CellLocator.Checkpoint] = []
    var firstRows: [Int] = []
    var row = 0
    var line = header.dataLine
    for chunk in chunks {
      firstRows.append(row)
      checkpoints.append(CellLocator.Checkpoint(row: row, offset: chunk.start, line: line))
      for shift in chunk.shifts { lines.shift(at: row + shift.row, to: line - row + shift.offset) }
      row += chunk.rowCount
      line += chunk.rowCount + chunk.extraLines
      lines.shift(at: row, to: line - row)
    }
    rowCount = row
    self.lines = lines
    self.firstRows = firstRows
    locator = CellLocator(
      file: file, bytes: bytes, fields: fields, delimiter: delimiter, checkpoints: checkpoints)
  }

  /// Rows that break the grammar, the first few with their places.
  func diagnostics(fieldCount: Int, bytes: FileBytes, path: String) -> [Diagnostic] {
    let total = chunks.reduce(0) { $0 + $1.faultCount }
    if total == 0 { return [] }
    for fault in chunks.flatMap(\.faults) where bytes.has(CSVFaults.mergeMarker, at: fault.offset) {
      let place = DiagnosticLocation(path: path, start: locator.position(of: fault.offset, in: bytes))
      return [CSVFaults.unresolvedMerge(at: place)]
    }
    var diagnostics: [Diagnostic] = []
    for (chunk, firstRow) in zip(chunks, firstRows) {
      for fault in chunk.faults where diagnostics.count < CSVFaults.placesNamed {
        let row = firstRow + fault.row
        let place = DiagnosticLocation(path: path, start: locator.position(of: fault.offset, in: bytes))
        switch fault.kind {
        case .fieldCount(let found):
          diagnostics.append(
            CSVFaults.ragged(
              row: row + 1, found: found, expected: fieldCount, isEveryRow: total == rowCount && rowCount > 1,
              at: place))
        case .unclosedQuote:
          diagnostics.append(CSVFaults.diagnostic(.unclosedQuote, row: row + 1, at: place))
        case .textAfterQuote:
          diagnostics.append(CSVFaults.diagnostic(.textAfterQuote, row: row + 1, at: place))
        }
      }
    }
    if total > diagnostics.count, let last = diagnostics.popLast() {
      let rest = total - diagnostics.count - 1
      diagnostics.append(
        Diagnostic(
          last.severity, last.code, last.message, at: last.location, remedy: last.remedy,
          notes: [Diagnostic.Note(rest == 1 ? "and 1 more such fault" : "and \(rest) more such faults")]))
    }
    return diagnostics
  }
}

extension FileBytes {
  /// Whether these bytes stand at an offset.
  func has(_ pattern: [UInt8], at offset: Int) -> Bool {
    offset >= 0 && offset + pattern.count <= count
      && pattern.indices.allSatisfy { base[offset + $0] == pattern[$0] }
  }
}
