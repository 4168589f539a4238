// Bytes that are not text.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct TextEncodingCheckTests {
  /// Bytes, offset of the first that is not UTF-8.
  static let sequences: [([UInt8], Int?)] = [
    (Array("aé€😀".utf8), nil), ([0x61, 0xFF], 1), ([0xC3], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
    ([0xE2, 0x82], 0),
    ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0x61, 0x80], 1),
    ([0xED, 0x9F, 0xBF], nil), ([], nil),
    ([0xE0, 0x9F, 0xBF], 0), ([0xF0, 0x9F, 0x98], 0),
  ]

  @Test(arguments: sequences) func invalidBytesAreFound(_ bytes: [UInt8], offset: Int?) {
    #expect(TextEncodingCheck.firstInvalid(in: bytes) == offset)
  }

  @Test func faultsAreReported() {
    #expect(summary(parse(bytes: Array("a\nb".utf8) + [0xFF]).1) == ["invalid-utf8@2:2"])
    let (document, diagnostics) = parse(bytes: Array("`{= a}` ".utf8) + [0] + Array(" `{= b}` ".utf8) + [0])
    #expect(summary(diagnostics) == ["nul-byte@1:9"])
    #expect(diagnostics.first?.message == "the file holds 2 NUL bytes, the first here")
    #expect(document.spans.map { document.text($0.range) } == ["`{= a}`", "`{= b}`"])
    #expect(summary(parse(bytes: [0xFF, 0xFE, 0x61, 0]).1) == ["invalid-utf8@1:1"])
  }

  @Test func aByteOrderMarkCountsForNothing() {
    let (document, diagnostics) = parse("\u{FEFF}`{= a}`\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.first?.range == 3..<10)
    #expect(document.spans.first?.expression.range().start == SourcePosition(line: 1, column: 5))
  }
}
