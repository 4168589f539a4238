// Replacing bytes, and generated lines on their way into a file.

import Testing

@testable import AnalysisDocument

struct SpliceTests {
  private func edit(_ range: Range<Int>, _ text: String) -> Edit {
    Edit(range: range, replacement: Array(text.utf8))
  }

  @Test func editsAreAppliedInPlace() throws {
    let bytes = Array("abcdef".utf8)
    let edits = [
      edit(4..<5, ""), edit(0..<1, "XY"), edit(2..<2, "1"), edit(2..<2, "2"), edit(2..<3, "3"),
      edit(6..<6, "!"),
    ]
    #expect(try String(decoding: Splice.apply(edits, to: bytes), as: UTF8.self) == "XYb123df!")
    #expect(try Splice.apply([], to: bytes) == bytes)
  }

  @Test func overlapsAreRefused() {
    let bytes = Array("abcdef".utf8)
    #expect(throws: SpliceError.overlap(first: 0..<3, second: 2..<4)) {
      try Splice.apply([edit(2..<4, ""), edit(0..<3, "")], to: bytes)
    }
    #expect(throws: SpliceError.overlap(first: 1..<3, second: 2..<2)) {
      try Splice.apply([edit(2..<2, "x"), edit(1..<3, "")], to: bytes)
    }
    #expect(throws: SpliceError.outOfBounds(4..<7)) { try Splice.apply([edit(4..<7, "")], to: bytes) }
    #expect(throws: SpliceError.outOfBounds(-1..<0)) { try Splice.apply([edit(-1..<0, "")], to: bytes) }
  }

  @Test func lineEndsFollowTheFile() {
    #expect(LineEnding.dominant(in: Array("a\r\nb\r\nc\n".utf8)) == .crlf)
    #expect(LineEnding.dominant(in: Array("a\nb\n\r\n".utf8)) == .lf)
    #expect(LineEnding.dominant(in: Array("a\rb\r".utf8)) == .cr)
    #expect(LineEnding.dominant(in: Array("a".utf8)) == .lf)
    #expect(LineEnding.dominant(in: Array("a\n\r\n".utf8)) == .lf)
  }

  @Test func generatedLinesGetPrefixAndLineEnd() {
    let block = GeneratedBlock("a\n\nb\n")
    let quoted = block.bytes(prefix: Array("> ".utf8), lineEnding: .crlf, continuesLine: true)
    #expect(String(decoding: quoted, as: UTF8.self) == "a\r\n>\r\n> b")
    let item = block.bytes(prefix: Array("  ".utf8), lineEnding: .lf, continuesLine: false)
    #expect(String(decoding: item, as: UTF8.self) == "  a\n\n  b")
  }
}
