// Replacing byte ranges, and nothing else.

/// Bytes to put in the place of others; an empty range inserts.
public struct Edit: Sendable, Hashable {
  public let range: Range<Int>
  public let replacement: [UInt8]

  public init(range: Range<Int>, replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }
}

/// Edits that cannot be applied together.
public enum SpliceError: Error, Sendable, Hashable {
  case overlap(first: Range<Int>, second: Range<Int>)
  case outOfBounds(Range<Int>)
}

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
