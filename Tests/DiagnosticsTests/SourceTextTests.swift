import Diagnostics
import Testing

@Suite struct SourceTextTests {
  @Test func decodedTextFindsItsWayBack() {
    // The YAML scalar "a\"b" decodes to a"b: three bytes from offsets 1, 2 (the escape) and 4.
    let file = SourceFile(path: "a.md", text: "\"a\\\"b\"")
    let text = SourceText(bytes: Array("a\"b".utf8), file: file, offsets: [1, 2, 4, 5])
    #expect(text.range(1..<2).bytes == 2..<3)
    #expect(text.range(2..<3).start.column == 5)
    #expect(text.range().bytes == 1..<5)
    #expect(text.slice(1..<3).string == "\"b")
    #expect(text.range(7..<9).bytes.isEmpty)
  }
}
