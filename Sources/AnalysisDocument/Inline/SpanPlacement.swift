// From a code span's or a comment's literal back to its bytes in the file.

import Diagnostics

/// Finds the bytes that gave libcmark a literal, given the place of a candidate inside it.
struct SpanPlacement {
  let file: SourceFile
  /// Where the node may stand: its block, its table cell.
  let limits: Range<Int>
  /// Quote marks that continuation lines may begin with.
  let quoteDepth: Int
  /// In a cell, `\|` stands for `|`.
  let isInTableCell: Bool

  struct Placed {
    let range: Range<Int>
    /// What stands between the delimiters, container prefixes left out, line ends as blanks.
    let content: SourceText
  }

  /// The code span whose content begins (after blanks) at `offset` and reads `literal`.
  func codeSpan(at offset: Int, literal: [UInt8]) -> Placed? {
    let bytes = file.bytes
    var runEnd = offset
    while runEnd > limits.lowerBound, Bytes.isSpace(bytes[runEnd - 1]) || bytes[runEnd - 1] == 0x3E {
      runEnd -= 1
    }
    var runStart = runEnd
    while runStart > limits.lowerBound, bytes[runStart - 1] == 0x60 { runStart -= 1 }
    var starts = [runStart]
    // A backslash takes the first backtick of the run for itself.
    if runStart > limits.lowerBound, bytes[runStart - 1] == 0x5C { starts.append(runStart + 1) }
    for start in starts where start < runEnd {
      guard let close = closingRun(of: runEnd - start, from: offset) else { continue }
      if let content = content(runEnd..<close, reading: literal) {
        return Placed(range: start..<close + (runEnd - start), content: content)
      }
    }
    return nil
  }

  /// The comment that begins at `offset` and reads `literal`; its content lies between `<!--=` and `-->`.
  func comment(at offset: Int, literal: [UInt8]) -> Placed? {
    guard
      let close = Bytes.first("-->", in: file.bytes, min(offset + 5, limits.upperBound)..<limits.upperBound)
    else { return nil }
    let inner = Array(literal.dropFirst(5).dropLast(3))
    return content(offset + 5..<close, reading: inner).map { Placed(range: offset..<close + 3, content: $0) }
  }

  /// The start of the next run of exactly `length` backticks.
  private func closingRun(of length: Int, from start: Int) -> Int? {
    var index = start
    while index < limits.upperBound {
      guard file.bytes[index] == 0x60 else {
        index += 1
        continue
      }
      let run = Bytes.runLength(0x60, in: file.bytes, at: index, to: limits.upperBound)
      if run == length { return index }
      index += run
    }
    return nil
  }

  /// The text of a range, provided that it reads `literal`. Runs of blanks compare as one, because
  /// lazy lines keep their indentation; fewer quote marks than the depth are tried last, for them as well.
  private func content(_ range: Range<Int>, reading literal: [UInt8]) -> SourceText? {
    let wanted = Self.collapsed(literal)
    let isOneLine = !file.bytes[range].contains(where: Bytes.isLineEnd)
    for quotes in stride(from: isOneLine ? 0 : quoteDepth, through: 0, by: -1) {
      let text = text(range, quotes: quotes)
      if Self.collapsed(text.bytes) == wanted {
        return text.slice(Bytes.trimmed(text.bytes, 0..<text.bytes.count))
      }
    }
    return nil
  }

  private func text(_ range: Range<Int>, quotes: Int) -> SourceText {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = file.bytes[index]
      if Bytes.isLineEnd(byte) {
        bytes.append(0x20)
        offsets.append(index)
        index += 1
        if byte == 0x0D, index < range.upperBound, file.bytes[index] == 0x0A { index += 1 }
        index = ContainerPrefix.textStart(index..<range.upperBound, quotes: quotes, in: file.bytes)
      } else if isInTableCell, byte == 0x5C, index + 1 < range.upperBound, file.bytes[index + 1] == 0x7C {
        bytes.append(0x7C)
        offsets.append(index)
        index += 2
      } else {
        bytes.append(byte == 0 ? 1 : byte)
        offsets.append(index)
        index += 1
      }
    }
    offsets.append(range.upperBound)
    return SourceText(bytes: bytes, file: file, offsets: offsets)
  }

  /// Without blanks at either end, each run of blanks and line ends as one blank.
  private static func collapsed(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes {
      if !Bytes.isSpace(byte) {
        result.append(byte)
      } else if let last = result.last, last != 0x20 {
        result.append(0x20)
      }
    }
    if result.last == 0x20 { result.removeLast() }
    return result
  }
}
