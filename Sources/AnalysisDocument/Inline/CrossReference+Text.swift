// References in texts that are no part of the document's body: captions, the abstract.

import Diagnostics

extension CrossReference {
  /// The references of a text with their bytes in it. Behind a word, a backslash or the signs of addresses `@` is none.
  public static func find(in text: SourceText) -> [(reference: CrossReference, range: Range<Int>)] {
    let bytes = text.bytes
    var found: [(CrossReference, Range<Int>)] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x40, let kind = kind(at: index + 1, in: bytes), isFree(index, in: bytes) else {
        index += 1
        continue
      }
      let start = index + 5
      let longest = Bytes.skip(bytes, start, to: bytes.count) {
        Bytes.isWord($0) || (kind == .section && $0 >= 0x80)
      }
      var end = targetEnd(in: bytes, start..<longest)
      while end > start, bytes[end - 1] == 0x5F { end -= 1 }
      if end > start {
        let target = text.slice(start..<end)
        let reference = CrossReference(
          kind: kind, target: target, range: text.range(index..<end).bytes, isInTableCell: false)
        found.append((reference, index..<end))
      }
      index = max(end, index + 1)
    }
    return found
  }

  /// The text with each reference replaced; one for which there is no replacement stays.
  public static func replacing(in text: String, _ replacement: (CrossReference) -> String?) -> String {
    let source = SourceText(text, path: "")
    let found = find(in: source)
    if found.isEmpty { return text }
    var bytes: [UInt8] = []
    var position = 0
    for (reference, range) in found {
      guard let words = replacement(reference) else { continue }
      bytes += source.bytes[position..<range.lowerBound]
      bytes += words.utf8
      position = range.upperBound
    }
    return String(decoding: bytes + source.bytes[position...], as: UTF8.self)
  }

  /// Where a target ends: not with dashes, and at the first sign that no anchor has, such as a closing quotation mark.
  static func targetEnd(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    var end = range.lowerBound
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      guard
        scalar.isASCII || scalar.properties.isAlphabetic
          || scalar.properties.generalCategory == .nonspacingMark
      else { break }
      end += UTF8.width(scalar)
    }
    end = min(end, range.upperBound)
    while end > range.lowerBound, bytes[end - 1] == 0x2D { end -= 1 }
    return end
  }

  private static func kind(at index: Int, in bytes: [UInt8]) -> Kind? {
    guard index + 4 <= bytes.count, bytes[index + 3] == 0x2D else { return nil }
    return Kind(rawValue: String(decoding: bytes[index..<index + 3], as: UTF8.self))
  }

  private static func isFree(_ index: Int, in bytes: [UInt8]) -> Bool {
    guard index > 0 else { return true }
    let before = bytes[index - 1]
    return !Bytes.isWord(before) && !"\\/.+@=&#%~".utf8.contains(before) || before == 0x5F
  }
}
