import Diagnostics
import Testing

@Suite struct SourceFileTests {
  @Test func linesEndAtEveryConvention() {
    let file = SourceFile(path: "a.md", text: "one\ntwo\r\nthree\rfour")
    #expect(file.lineCount == 4)
    #expect((1...4).map(file.lineText) == ["one", "two", "three", "four"])
    #expect(file.lineText(5).isEmpty)
  }

  @Test func columnsCountCharactersNotBytes() {
    let file = SourceFile(path: "a.md", text: "é😀x")
    #expect(file.position(at: 6) == SourcePosition(line: 1, column: 3))
    #expect(file.position(at: 999) == SourcePosition(line: 1, column: 4))
  }

  @Test func byteOrderMarkTakesNoColumn() {
    let file = SourceFile(path: "a.md", text: "\u{FEFF}ab")
    #expect(file.position(at: 4) == SourcePosition(line: 1, column: 2))
  }
}
