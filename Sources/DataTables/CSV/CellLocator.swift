// Finding a cell again in its file, for messages.

import Diagnostics

/// Reads a file again up to one cell. Messages alone need this, so that no position is kept per cell.
final class CellLocator: Sendable {
  /// A row whose place is known: where each unit of parallel work began.
  struct Checkpoint: Sendable, Equatable {
    var row: Int
    var offset: Int
    var line: Int
  }

  struct Cell: Sendable, Equatable {
    var position: SourcePosition
    var text: String
  }

  private enum Source: Sendable {
    case file(String, FileBytes.Identity)
    case memory(FileBytes)
  }

  private let source: Source
  private let fields: [String: Int]
  private let delimiter: UInt8
  private let checkpoints: [Checkpoint]

  /// Without a file and its identity the bytes themselves are kept.
  init(
    file: (path: String, identity: FileBytes.Identity)?, bytes: FileBytes, fields: [String: Int],
    delimiter: UInt8,
    checkpoints: [Checkpoint]
  ) {
    source = file.map { .file($0.path, $0.identity) } ?? .memory(bytes)
    self.fields = fields
    self.delimiter = delimiter
    self.checkpoints = checkpoints
  }

  /// The place of a cell, the row counted from 0; `nil` if the file has no such column or was changed since.
  func position(fileRow: Int, column: String) -> SourcePosition? {
    guard let field = fields[column] else { return nil }
    switch source {
    case .memory(let bytes): return cell(row: fileRow, field: field, in: bytes)?.position
    case .file(let path, let identity):
      guard let opened = try? FileBytes.open(path), opened.identity == identity else { return nil }
      return cell(row: fileRow, field: field, in: opened.bytes)?.position
    }
  }

  /// The place and content of a field of a row, both counted from 0.
  func cell(row: Int, field: Int, in bytes: FileBytes) -> Cell? {
    guard row >= 0, let checkpoint = checkpoints.last(where: { $0.row <= row }) else { return nil }
    let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: delimiter)
    var position = checkpoint.offset
    var line = checkpoint.line
    var remaining = row - checkpoint.row
    while position < bytes.count {
      if let next = scanner.afterBlankLine(position) {
        position = next
        line += 1
        continue
      }
      var lineStart = position
      var index = 0
      while true {
        let found = scanner.field(at: position)
        if remaining == 0, index == field {
          let column =
            Self.scalars(bytes, from: lineStart, to: found.isQuoted ? found.start - 1 : found.start) + 1
          let text = String(decoding: scanner.content(found), as: UTF8.self)
          return Cell(position: SourcePosition(line: line, column: column), text: text)
        }
        if found.lineBreaks > 0 {
          line += found.lineBreaks
          lineStart = found.lastLineStart
        }
        guard found.next < bytes.count else { return nil }
        if scanner.isLineEnd(bytes.base[found.next]) {
          if remaining == 0 { return nil }
          position = scanner.afterLineEnd(found.next)
          line += 1
          break
        }
        position = found.next + 1
        index += 1
      }
      remaining -= 1
    }
    return nil
  }

  /// Line and column of an offset among the rows.
  func position(of offset: Int, in bytes: FileBytes) -> SourcePosition {
    guard let checkpoint = checkpoints.last(where: { $0.offset <= offset }) else {
      return Self.position(of: offset, in: bytes)
    }
    return Self.position(of: offset, in: bytes, from: checkpoint.offset, line: checkpoint.line)
  }

  /// Unicode scalars between two offsets of one line; a byte-order mark counts for nothing.
  static func scalars(_ bytes: FileBytes, from start: Int, to end: Int) -> Int {
    var count = 0
    var index = start
    if start == 0, bytes.count >= 3, bytes.base[0] == 0xEF, bytes.base[1] == 0xBB, bytes.base[2] == 0xBF {
      index = 3
    }
    while index < min(end, bytes.count) {
      if bytes.base[index] & 0xC0 != 0x80 { count += 1 }
      index += 1
    }
    return count
  }

  /// Line and column, both from 1, of an offset; counting begins at the start of a known line.
  static func position(
    of offset: Int, in bytes: FileBytes, from known: Int = 0, line knownLine: Int = 1
  ) -> SourcePosition {
    var line = knownLine
    var start = known
    var index = known
    while index < min(offset, bytes.count) {
      let byte = bytes.base[index]
      index += 1
      if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes.base[index] == 0x0A)) {
        line += 1
        start = index
      }
    }
    return SourcePosition(line: line, column: scalars(bytes, from: start, to: offset) + 1)
  }
}
