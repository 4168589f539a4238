// Replacing byte ranges, and nothing else.

/// Bytes to put in the place of others; an empty range inserts.
public struct Edit: Sendable, Hashable {
  /// The bytes to be replaced.
  public let range: Range<Int>
  /// What stands there instead.
  public let replacement: [UInt8]
  /// What `StructureGuard` reads in the place of the replacement, when that adds markup on purpose.
  let guardedText: [UInt8]?
  /// A less handsome way that leaves more of the text around it as it is, see `StructureGuard.settle`.
  let fallback: Fallback?

  struct Fallback: Hashable {
    /// Not beyond the range of the edit.
    let range: Range<Int>
    let replacement: [UInt8]
  }

  /// An edit without a second way: where its replacement would change the document's structure, it is not
  /// made.
  public init(range: Range<Int>, replacement: [UInt8]) {
    self.init(range: range, replacement: replacement, guardedText: nil, fallback: nil)
  }

  init(range: Range<Int>, replacement: [UInt8], guardedText: [UInt8]? = nil, fallback: Fallback?) {
    self.range = range
    self.replacement = replacement
    self.guardedText = guardedText
    self.fallback = fallback
  }

  /// The edit as `StructureGuard` reads it.
  var guarded: Edit { guardedText.map { Edit(range: range, replacement: $0) } ?? self }

  /// The edit that its fallback is; itself when it has none.
  var inFallback: Edit {
    fallback.map { Edit(range: $0.range, replacement: $0.replacement) } ?? self
  }
}

/// Edits that cannot be applied together.
public enum SpliceError: Error, Sendable, Hashable {
  /// Two edits share bytes.
  case overlap(first: Range<Int>, second: Range<Int>)
  /// An edit reaches beyond the document.
  case outOfBounds(Range<Int>)
}

/// Applies edits to a document; bytes that no edit names come out as they went in.
public enum Splice {
  /// The bytes with every edit applied. Edits may come in any order; insertions at one place keep theirs.
  public static func apply(_ edits: [Edit], to bytes: [UInt8]) throws(SpliceError) -> [UInt8] {
    let ordered = inOrder(edits)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + ordered.reduce(0) { $0 + $1.replacement.count })
    var position = 0
    var previous: Range<Int> = 0..<0
    for edit in ordered {
      guard edit.range.lowerBound >= 0, edit.range.upperBound <= bytes.count else {
        throw .outOfBounds(edit.range)
      }
      guard edit.range.lowerBound >= position else { throw .overlap(first: previous, second: edit.range) }
      result += bytes[position..<edit.range.lowerBound]
      result += edit.replacement
      position = edit.range.upperBound
      previous = edit.range
    }
    result += bytes[position...]
    return result
  }

  /// By place; at one place insertions first, each kind in the order given.
  static func inOrder(_ edits: [Edit]) -> [Edit] {
    edits.enumerated().sorted { left, right in
      let a = left.element.range
      let b = right.element.range
      if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
      if a.isEmpty != b.isEmpty { return a.isEmpty }
      return left.offset < right.offset
    }.map(\.element)
  }
}
