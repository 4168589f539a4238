// Offsets before and after edits.

import Testing

@testable import AnalysisDocument

struct EditMapTests {
  /// Against the splice itself, on a text of bytes that are all different.
  @Test func offsetsFollowTheSplice() throws {
    var generator = SeededGenerator(seed: 3)
    let bytes = Array(UInt8(0)..<60)
    for _ in 0..<300 {
      var edits: [Edit] = []
      var position = 0
      while position < 60, edits.count < 6 {
        let lower = min(position + Int.random(in: 0...8, using: &generator), 60)
        let upper = min(lower + Int.random(in: 0...4, using: &generator), 60)
        let length = Int.random(in: 0...5, using: &generator)
        edits.append(Edit(range: lower..<upper, replacement: Array(repeating: 200, count: length)))
        position = upper + 1
      }
      let map = EditMap(edits)
      let result = try Splice.apply(edits, to: bytes)
      for offset in 0..<60 {
        let isReplaced = edits.contains { $0.range.contains(offset) }
        #expect(map.newOffset(of: offset) == (isReplaced ? nil : result.firstIndex(of: UInt8(offset))))
      }
      for offset in result.indices { #expect(map.isInserted(offset) == (result[offset] == 200)) }
    }
  }
}
