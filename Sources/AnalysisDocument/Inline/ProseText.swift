// The author's sentences, at their places, with everything blanked that is none.

import Diagnostics

/// A paragraph's or a heading's text of the same length as its bytes in the file. Blanks stand in the place of code,
/// comments, tags, destinations of links, addresses, citations, inline values and references.
public struct ProseText: Sendable {
  /// Bytes of the file.
  public let range: Range<Int>
  /// The bytes of the prose.
  public let bytes: [UInt8]
}

extension ParsedDocument {
  /// Paragraphs and headings outside results, in order; tables are left out.
  public var prose: [ProseText] {
    var texts: [ProseText] = []
    for (index, block) in tree.blocks.enumerated() where block.kind == .paragraph || block.kind == .heading {
      if regions.contains(where: { $0.range.contains(block.offset) }) { continue }
      if PipeTable.find(inParagraph: index, of: tree, file: file) != nil { continue }
      let lastLine = block.kind == .heading ? block.line : max(block.reportedEndLine, block.line)
      let end = file.lineRange(min(lastLine, file.lineCount)).upperBound
      guard end > block.offset else { continue }
      let range = block.offset..<end
      var mask = ProseMask(Array(file.bytes[range]))
      mask.run()
      for span in spans where span.range.overlaps(range) { mask.blank(span.range, from: block.offset) }
      for reference in references where reference.range.overlaps(range) {
        mask.blank(reference.range, from: block.offset)
      }
      texts.append(ProseText(range: range, bytes: mask.bytes))
    }
    return texts
  }
}

/// Blanks what is no prose, reading Markdown as a person skims it: libcmark's inline positions are not needed to know
/// that a number stands in an address.
struct ProseMask {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func blank(_ range: Range<Int>, from start: Int) {
    let lower = max(range.lowerBound - start, 0)
    let upper = min(range.upperBound - start, bytes.count)
    if lower < upper { blank(lower..<upper) }
  }

  private mutating func blank(_ range: Range<Int>) {
    for index in range where !Bytes.isLineEnd(bytes[index]) { bytes[index] = 0x20 }
  }

  mutating func run() {
    var index = 0
    while index < bytes.count {
      let end = end(ofMarkupAt: index)
      if let end, end > index {
        blank(index..<min(end, bytes.count))
        index = end
      } else {
        index += 1
      }
    }
  }

  /// Where what begins here and is no prose ends.
  private func end(ofMarkupAt index: Int) -> Int? {
    switch bytes[index] {
    case 0x5C: return index + 1
    case 0x60: return endOfCode(index)
    case 0x3C: return endOfTag(index)
    case 0x5D where Bytes.has("](", in: bytes, at: index):
      return closing(0x29, from: index + 2).map { $0 + 1 }
    case 0x5B: return endOfLink(index) ?? endOfCitation(index)
    case 0x5E: return endOfSuperscript(index)
    case 0x24: return endOfFormula(index)
    case 0x68 where Bytes.has("http://", in: bytes, at: index) || Bytes.has("https://", in: bytes, at: index),
      0x64 where Bytes.has("doi:", in: bytes, at: index):
      return Bytes.skip(bytes, index, to: bytes.count) { !Bytes.isSpace($0) && $0 != 0x29 && $0 != 0x5D }
    default: return nil
    }
  }

  private func endOfCode(_ index: Int) -> Int? {
    let run = Bytes.runLength(0x60, in: bytes, at: index, to: bytes.count)
    var next = index + run
    while next < bytes.count {
      let length = Bytes.runLength(0x60, in: bytes, at: next, to: bytes.count)
      if length == run { return next + run }
      next += max(length, 1)
    }
    return index + run
  }

  private func endOfTag(_ index: Int) -> Int? {
    guard index + 1 < bytes.count else { return nil }
    if Bytes.has("<!--", in: bytes, at: index) {
      return Bytes.first("-->", in: bytes, index..<bytes.count).map { $0 + 3 } ?? bytes.count
    }
    let next = bytes[index + 1]
    guard Bytes.isLetter(next) || next == 0x2F else { return nil }
    if Bytes.has("<sup>", in: bytes, at: index),
      let end = Bytes.first("</sup>", in: bytes, index..<bytes.count)
    {
      return end + 6
    }
    return closing(0x3E, from: index).map { $0 + 1 }
  }

  /// `[words](destination)`, words included: what a link says is of the page that it leads to.
  private func endOfLink(_ index: Int) -> Int? {
    guard let close = closing(0x5D, from: index + 1), Bytes.has("](", in: bytes, at: close) else {
      return nil
    }
    return closing(0x29, from: close + 2).map { $0 + 1 }
  }

  /// `[12, 14–16]`, `[@key, p. 12]`, `[^3]`.
  private func endOfCitation(_ index: Int) -> Int? {
    guard let close = closing(0x5D, from: index + 1), close > index + 1 else { return nil }
    let content = bytes[index + 1..<close]
    let isKey =
      content.first == 0x40 || content.first == 0x5E || Bytes.first("@", in: bytes, index..<close) != nil
    let isNumbers = content.allSatisfy {
      Bytes.isDigit($0) || Bytes.isSpace($0) || $0 == 0x2C || $0 == 0x2D || $0 >= 0x80
    }
    return isKey || isNumbers ? close + 1 : nil
  }

  /// `^12,13^`
  private func endOfSuperscript(_ index: Int) -> Int? {
    let end = Bytes.skip(bytes, index + 1, to: bytes.count) {
      Bytes.isDigit($0) || $0 == 0x2C || $0 == 0x2D
    }
    return end > index + 1 && end < bytes.count && bytes[end] == 0x5E ? end + 1 : nil
  }

  /// `$x^2$`, told from an amount of money by the blanks around it.
  private func endOfFormula(_ index: Int) -> Int? {
    guard index + 1 < bytes.count, !Bytes.isSpace(bytes[index + 1]), !Bytes.isDigit(bytes[index + 1]) else {
      return nil
    }
    return closing(0x24, from: index + 1).map { $0 + 1 }
  }

  private func closing(_ byte: UInt8, from start: Int) -> Int? {
    guard start <= bytes.count else { return nil }
    return bytes[start...].firstIndex(of: byte)
  }
}
