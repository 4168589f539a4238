// What to do about edits that would change the text around them.

import Diagnostics

extension StructureGuard {
  /// A document's edits, applied.
  public struct Settlement: Sendable {
    /// The document with the edits that were settled on.
    public let result: [UInt8]
    /// What was applied, in order.
    public let edits: [Edit]
    /// What no fallback could mend: the result must not be written.
    public let complaints: [Diagnostic]
  }

  /// Rounds in which only the edits beside a changed place fall back; then all of them do.
  private static let localRounds = 12

  /// Applies the edits; where they would change the meaning of the text around them, by their fallbacks.
  ///
  /// The same document gets the same fallbacks in every run, whether its values stand in it already or not.
  public static func settle(_ document: ParsedDocument, edits: [Edit]) throws(SpliceError) -> Settlement {
    var edits = Splice.inOrder(edits)
    var round = 0
    while true {
      let guarded = edits.map(\.guarded)
      let places = changedPlaces(
        document, edits: guarded, result: try Splice.apply(guarded, to: document.file.bytes))
      let near = round < localRounds ? indices(near: places, of: edits, in: document) : Array(edits.indices)
      let open = near.filter { edits[$0].fallback != nil }
      if places.isEmpty || open.isEmpty {
        return Settlement(
          result: try Splice.apply(edits, to: document.file.bytes), edits: edits,
          complaints: places.map { complaint($0, in: document) })
      }
      for index in open { edits[index] = edits[index].inFallback }
      round += 1
    }
  }

  /// The edits inside the changed blocks, and on either side of each the nearest that has not fallen back yet.
  private static func indices(near places: [Int], of edits: [Edit], in document: ParsedDocument) -> [Int] {
    var indices: Set<Int> = []
    for place in places {
      let next = document.tree.blocks.partitioningIndex { $0.offset > place }
      let end = next < document.tree.blocks.count ? document.tree.blocks[next].offset : Int.max
      let first = edits.partitioningIndex { $0.range.lowerBound >= place }
      let behind = edits.partitioningIndex { $0.range.lowerBound >= end }
      indices.formUnion(first..<max(behind, first))
      if let before = edits[..<first].lastIndex(where: { $0.fallback != nil }) { indices.insert(before) }
      if let after = edits[behind...].firstIndex(where: { $0.fallback != nil }) { indices.insert(after) }
    }
    return indices.sorted()
  }
}
