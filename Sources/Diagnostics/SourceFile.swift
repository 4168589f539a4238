// A text file that a message can point into.

/// The bytes of a file the author wrote, with the path that messages print and a table of its lines.
///
/// Lines end at LF, CRLF or a lone CR, as CommonMark has it.
public final class SourceFile: Sendable {
  /// The path as messages print it: relative to the working directory where that is shorter.
  public let path: String
  /// The file's bytes, as they were read.
  public let bytes: [UInt8]
  /// Byte offset at which each line begins; never empty.
  public let lineStarts: [Int]
  /// Where the bytes come from, if other files were put together here.
  let pieces: [SourcePiece]

  /// A file of one piece.
  public convenience init(path: String, bytes: [UInt8]) { self.init(path: path, bytes: bytes, pieces: []) }

  init(path: String, bytes: [UInt8], pieces: [SourcePiece]) {
    self.path = path
    self.bytes = bytes
    self.pieces = pieces
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        starts.append(index)
      } else if byte == 0x0D {
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(index)
      }
    }
    lineStarts = starts
  }

  /// A file of one piece, from text: for tests and for what is not on disk.
  public convenience init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The number of lines; a final line end opens one more, empty, line.
  public var lineCount: Int { lineStarts.count }

  /// The 1-based line that holds a byte offset. Offsets outside the file are clamped to it.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a 1-based line without its line end; empty when there is no such line.
  public func lineRange(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The text of a 1-based line, undecodable bytes shown as U+FFFD.
  public func lineText(_ line: Int) -> String {
    String(decoding: bytes[lineRange(line)], as: UTF8.self)
  }

  /// Line and column (1-based, counted in Unicode scalars; a byte-order mark counts for nothing).
  public func position(at offset: Int) -> SourcePosition {
    let clamped = min(max(offset, 0), bytes.count)
    let line = line(at: clamped)
    var start = lineStarts[line - 1]
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]), clamped >= 3 { start = 3 }
    let scalars = String(decoding: bytes[start..<max(clamped, start)], as: UTF8.self).unicodeScalars.count
    return SourcePosition(line: line, column: scalars + 1)
  }
}

/// A place in a text file, as a person counts: both from 1, columns in Unicode scalars.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars; a byte-order mark counts for nothing.
  public let column: Int

  /// Both from 1, as editors count.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the left one stands before the right one.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Bytes of a source file.
public struct SourceRange: Sendable {
  /// The file the bytes are of; perhaps one put together from several, see `SourceRange.origin`.
  public let file: SourceFile
  /// Offsets of its bytes.
  public let bytes: Range<Int>

  /// Bytes of a file; offsets beyond its end are cut to it.
  public init(file: SourceFile, bytes: Range<Int>) {
    self.file = file
    let lower = min(max(bytes.lowerBound, 0), file.bytes.count)
    self.bytes = lower..<min(max(bytes.upperBound, lower), file.bytes.count)
  }

  /// What stands there.
  public var text: String { String(decoding: file.bytes[bytes], as: UTF8.self) }
  /// Line and column of its first byte.
  public var start: SourcePosition { file.position(at: bytes.lowerBound) }
  /// Line and column of the byte after its last.
  public var end: SourcePosition { file.position(at: bytes.upperBound) }
}
