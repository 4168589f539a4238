// Marking every place that may be Meier's, so that libcmark itself says which ones are.

import Diagnostics

/// The candidates of a text, each of which gets a tag of letters and digits in a copy of the text. A tag changes
/// nothing that Markdown looks at, so the copy parses like the original, and a code span's or a comment's
/// literal then names the very candidate it came from: libcmark's inline columns, which are wrong after
/// hard breaks, lazy lines and link definitions, are not needed.
struct SpanTags {
  enum Kind: UInt8 {
    /// `{=` or `{claim` at the start of what may be a code span.
    case value, claim
    /// `<!--=`
    case comment
    /// `@tbl-`, `@fig-`, `@sec-`
    case reference
  }

  struct Candidate {
    let kind: Kind
    /// Offset of its first byte.
    let offset: Int
    /// Where the tag goes: behind `{=`, `{claim`, `<!--=` or `@`.
    let tagOffset: Int
  }

  let bytes: [UInt8]
  /// In the order of the text.
  let candidates: [Candidate]
  /// Letters that occur nowhere in the text.
  private let salt: [UInt8]

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    candidates = Self.find(in: bytes, range)
    salt = candidates.isEmpty ? [] : Self.salt(absentFrom: bytes)
  }

  /// The part of the text with its tags.
  func tagged(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count + 64)
    var position = range.lowerBound
    for index in indices(in: range) {
      let candidate = candidates[index]
      guard candidate.tagOffset <= range.upperBound else { break }
      result += bytes[position..<candidate.tagOffset]
      result += tag(index)
      position = candidate.tagOffset
    }
    result += bytes[position..<range.upperBound]
    return result
  }

  /// The candidates that begin in a range.
  func indices(in range: Range<Int>) -> Range<Int> {
    lowerIndex(range.lowerBound)..<max(lowerIndex(range.upperBound), lowerIndex(range.lowerBound))
  }

  private func lowerIndex(_ offset: Int) -> Int {
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func tag(_ index: Int) -> [UInt8] { salt + Array(String(index).utf8) + [0x5A] }

  /// Reads the tag that stands at `position`: the candidate, and where the text goes on.
  func readTag(in literal: [UInt8], at position: Int) -> (candidate: Int, end: Int)? {
    guard !salt.isEmpty, position + salt.count <= literal.count,
      literal[position..<position + salt.count].elementsEqual(salt)
    else { return nil }
    let start = position + salt.count
    let end = Bytes.skip(literal, start, to: literal.count, while: Bytes.isDigit)
    guard end > start, end - start <= 12, end < literal.count, literal[end] == 0x5A else { return nil }
    let number = literal[start..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return candidates.indices.contains(number) ? (number, end + 1) : nil
  }

  /// The literal without any tags.
  func untagged(_ literal: [UInt8]) -> [UInt8] {
    guard !salt.isEmpty, literal.count > salt.count else { return literal }
    var result: [UInt8] = []
    result.reserveCapacity(literal.count)
    var index = 0
    while index < literal.count {
      if literal[index] == salt[0], let (_, end) = readTag(in: literal, at: index) {
        index = end
      } else {
        result.append(literal[index])
        index += 1
      }
    }
    return result
  }

  // MARK: Finding

  private static func find(in bytes: [UInt8], _ range: Range<Int>) -> [Candidate] {
    var found: [Candidate] = []
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case 0x7B where isBehindBackticks(index, in: bytes, from: range.lowerBound):
        if Bytes.has("{=", in: bytes, at: index) {
          found.append(Candidate(kind: .value, offset: index, tagOffset: index + 2))
        } else if Bytes.has("{claim", in: bytes, at: index), index + 6 < range.upperBound,
          Bytes.isSpace(bytes[index + 6]) || bytes[index + 6] == 0x7D
        {
          found.append(Candidate(kind: .claim, offset: index, tagOffset: index + 6))
        }
      case 0x3C where Bytes.has("<!--=", in: bytes, at: index):
        found.append(Candidate(kind: .comment, offset: index, tagOffset: index + 5))
      case 0x40 where isReference(index, in: bytes, range):
        found.append(Candidate(kind: .reference, offset: index, tagOffset: index + 1))
      default: break
      }
      index += 1
    }
    return found
  }

  /// Only blanks, line ends and quote marks between a backtick and here.
  private static func isBehindBackticks(_ index: Int, in bytes: [UInt8], from start: Int) -> Bool {
    var index = index
    while index > start, Bytes.isSpace(bytes[index - 1]) || bytes[index - 1] == 0x3E { index -= 1 }
    return index > start && bytes[index - 1] == 0x60
  }

  private static func isReference(_ index: Int, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard
      Bytes.has("@tbl-", in: bytes, at: index) || Bytes.has("@fig-", in: bytes, at: index)
        || Bytes.has("@sec-", in: bytes, at: index),
      index + 5 < range.upperBound,
      Bytes.isLetter(bytes[index + 5]) || Bytes.isDigit(bytes[index + 5])
        || (bytes[index + 5] >= 0x80 && Bytes.has("@sec-", in: bytes, at: index))
    else { return false }
    guard index > range.lowerBound else { return true }
    // Underscores may be emphasis; behind them counts what stands before.
    var end = index
    while end > range.lowerBound, bytes[end - 1] == 0x5F { end -= 1 }
    guard end > range.lowerBound else { return true }
    let before = bytes[end - 1]
    // Behind these it belongs to an e-mail address or a URL, or is escaped.
    let isPartOfWord = Bytes.isWord(before) || "\\/.+@=&#%~".utf8.contains(before)
    return !isPartOfWord
  }

  /// A word that does not occur in a text: `Zq0q`, or with the first number that is not taken.
  static func salt(absentFrom bytes: [UInt8]) -> [UInt8] {
    var taken: Set<Int> = []
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == 0x5A, bytes[index + 1] == 0x71 else {
        index += 1
        continue
      }
      let end = Bytes.skip(bytes, index + 2, to: bytes.count, while: Bytes.isDigit)
      if end < bytes.count, bytes[end] == 0x71, end - index < 18 {
        taken.insert(bytes[index + 2..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) })
      }
      index = max(end, index + 2)
    }
    var number = 0
    while taken.contains(number) { number += 1 }
    return Array("Zq\(number)q".utf8)
  }
}
