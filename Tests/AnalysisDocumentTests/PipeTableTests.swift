// Values in pipe tables.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct PipeTableTests {
  @Test func cellsAreFound() throws {
    let text =
      "Above `{= z}`\n| A | `{= h}` |\n|:--|--:|\n| x | `{= a.n \\| digits 1}` |\n| `{= b}` | y\n`{= c}` | z |\n"
    let (document, diagnostics) = parse(text)
    #expect(diagnostics.isEmpty)
    #expect(document.spans.map(\.expression.string) == ["z", "h", "a.n | digits 1", "b", "c"])
    #expect(document.spans.map(\.isInTableCell) == [false, true, true, true, true])
    #expect(document.spans.map { document.text($0.range) }[2] == "`{= a.n \\| digits 1}`")
    #expect(document.spans.map(\.beginsLine) == [false, false, false, false, true])
    // The bar's own place is its backslash.
    #expect(document.spans[2].expression.range(4..<5).start == SourcePosition(line: 4, column: 15))
  }

  @Test func aStrayBacktickStaysInItsCell() {
    let (document, diagnostics) = parse("| a ` | b |\n|---|---|\n| ` | `{= x}` |\n| `{= y}` | ` |\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.map(\.expression.string) == ["x", "y"])
  }

  @Test func anOpenBarIsReported() {
    let (document, diagnostics) = parse("| a | b |\n|---|---|\n| x | `{= n | digits 1}` |\n")
    #expect(document.spans.isEmpty)
    #expect(summary(diagnostics) == ["unplaceable-span@3:8"])
    #expect(diagnostics.first?.remedy?.contains("\\|") == true)
  }

  @Test func tablesStandInContainersToo() {
    let (document, diagnostics) = parse("> - | a | b |\n>   |---|---|\n>   | `{= x \\| p}` | `{claim y}` |\n")
    #expect(diagnostics.isEmpty)
    #expect(document.spans.map(\.expression.string) == ["x | p", "y"])
    #expect(document.spans.allSatisfy { $0.isInTableCell })
  }

  @Test(arguments: ["a | `{= n | digits 1}`\nb | c\n", "| `{= n | p}` |\n"])
  func withoutDelimiterRowItIsText(_ text: String) {
    let (document, _) = parse(text)
    #expect(document.spans.map(\.isInTableCell) == [false])
  }

  /// Row, its cells.
  static let rows: [(String, [String])] = [
    ("| a | b |", [" a ", " b "]), ("a|b", ["a", "b"]), ("  | a |  ", [" a "]),
    ("a \\| b | c", ["a \\| b ", " c"]),
    ("||", [""]), ("a \\\\| b", ["a \\\\", " b"]), ("", []), ("| a | b", [" a ", " b"]),
  ]

  @Test(arguments: rows) func rowsAreSplit(_ row: String, cells: [String]) {
    let bytes = Array(row.utf8)
    let found = PipeTable.split(0..<bytes.count, of: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(found == cells)
  }
}
