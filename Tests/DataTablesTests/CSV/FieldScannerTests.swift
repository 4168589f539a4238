// The grammar of one field.

import Testing

@testable import DataTables

struct FieldScannerTests {
  private func fields(_ text: String, _ delimiter: CSVDelimiter = .comma) -> [String] {
    let bytes = FileBytes(Array(text.utf8))
    let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: delimiter.byte)
    var position = 0
    var fields: [String] = []
    while true {
      let field = scanner.field(at: position)
      var shown = String(decoding: scanner.content(field), as: UTF8.self)
      if let fault = field.fault { shown += " [\(fault)]" }
      fields.append(shown)
      if field.next >= bytes.count || scanner.isLineEnd(bytes.base[field.next]) { return fields }
      position = field.next + 1
    }
  }

  @Test(
    "Fields of one row",
    arguments: [
      ("a,b,c", ["a", "b", "c"]), (",,", ["", "", ""]), ("", [""]), (" a ,\tb\t", ["a", "b"]),
      ("\"a,b\",c", ["a,b", "c"]), ("\"a\"\"b\"", ["a\"b"]), ("\"\"\"\"", ["\""]), ("\"\"", [""]),
      (" \"a \" ,b", ["a ", "b"]), ("\"a\r\nb\",c\r\nd", ["a\r\nb", "c"]), ("5\",a", ["5\"", "a"]),
      ("\"a\"b,c", ["a [textAfterQuote]", "c"]), ("\"a,b\n", ["a,b\n [unclosedQuote]"]), ("a\rb", ["a"]),
    ])
  func comma(_ text: String, _ expected: [String]) { #expect(fields(text) == expected) }

  @Test("A tab that separates is no blank")
  func tab() {
    #expect(fields("\t a\t\t\"b\"\t", .tab) == ["", "a", "", "b", ""])
    #expect(fields("a,b|\"c|d\"", .pipe) == ["a,b", "c|d"])
  }

  @Test("Lines of blanks are blank")
  func blankLines() {
    let bytes = FileBytes(Array(" \t\r\n\r\n,\n".utf8))
    let comma = FieldScanner(base: bytes.base, count: bytes.count, delimiter: 0x2C)
    #expect(comma.afterBlankLine(0) == 4)
    #expect(comma.afterBlankLine(4) == 6)
    #expect(comma.afterBlankLine(6) == nil)
    let tab = FieldScanner(base: bytes.base, count: bytes.count, delimiter: 0x09)
    #expect(tab.afterBlankLine(0) == nil)
  }
}
