// Where the rows of a table stand in the file they were read from.

import Diagnostics

/// Row → line, and cell → position, of a data file.
///
/// Lines are kept as differences: most files have one line per row, so only rows at which a blank line or a
/// quoted newline shifts the count cost memory. Positions of cells are found by reading the file again.
public struct RowOrigin: Sendable {
  /// The path as messages print it.
  public let path: String
  let lines: RowLines
  /// Finds a cell in the file; `nil` when the position of cells is not known.
  let locator: CellLocator?
  /// For each row its row in the file, from 0; `nil` while that is the row itself.
  let fileRows: [Int32]?

  init(path: String, lines: RowLines, locator: CellLocator? = nil, fileRows: [Int32]? = nil) {
    self.path = path
    self.lines = lines
    self.locator = locator
    self.fileRows = fileRows
  }

  /// The row of the file, counted from 1 without the header, that a row of the table came from.
  public func fileRow(_ row: Int) -> Int {
    guard let fileRows else { return row + 1 }
    return row >= 0 && row < fileRows.count ? Int(fileRows[row]) + 1 : row + 1
  }

  /// The line of the file at which a row of the table begins.
  public func line(_ row: Int) -> Int { lines.line(fileRow(row) - 1) }

  /// The place of a row, or of its cell in a column when that column is in the file.
  public func location(row: Int, column: String? = nil) -> DiagnosticLocation {
    if let column, let position = locator?.position(fileRow: fileRow(row) - 1, column: column) {
      return DiagnosticLocation(path: path, start: position)
    }
    return DiagnosticLocation(path: path, start: SourcePosition(line: line(row), column: 1))
  }

  func gathering(_ rows: [Int32]) -> RowOrigin {
    let gathered = rows.map { Int32(truncatingIfNeeded: fileRow(Int($0)) - 1) }
    return RowOrigin(path: path, lines: lines, locator: locator, fileRows: gathered)
  }
}

/// The lines at which rows begin, stored where they depart from one line per row.
struct RowLines: Sendable, Equatable {
  /// From `row` on, a row's line is `row + offset` until the next shift. Ascending; the first is for row 0.
  private(set) var shifts: [Shift]

  struct Shift: Sendable, Equatable {
    var row: Int
    var offset: Int
  }

  /// Rows that follow one another line by line, the first at `firstLine`.
  init(firstLine: Int) { shifts = [Shift(row: 0, offset: firstLine)] }

  /// From `row` on, lines are `row + offset`. Rows must come in ascending order.
  mutating func shift(at row: Int, to offset: Int) {
    guard let last = shifts.last, last.offset != offset else { return }
    if last.row >= row {
      shifts[shifts.count - 1].offset = offset
      if shifts.count > 1, shifts[shifts.count - 2].offset == offset { shifts.removeLast() }
    } else {
      shifts.append(Shift(row: row, offset: offset))
    }
  }

  func line(_ row: Int) -> Int {
    var low = 0
    var high = shifts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if shifts[middle].row <= row { low = middle } else { high = middle }
    }
    return row + (shifts.isEmpty ? 1 : shifts[low].offset)
  }
}
