// Rows know their line.

import Diagnostics
import Testing

@testable import DataTables

struct RowOriginTests {
  @Test("Lines shift where blank lines or quoted line ends stand")
  func shifts() {
    var lines = RowLines(firstLine: 2)
    lines.shift(at: 0, to: 2)
    lines.shift(at: 3, to: 4)
    lines.shift(at: 3, to: 5)
    lines.shift(at: 10, to: 6)
    #expect(lines.shifts.count == 3)
    #expect([0, 2, 3, 9, 10, 11].map(lines.line) == [2, 4, 8, 14, 16, 17])
  }

  @Test("A shift that is taken back leaves nothing behind")
  func takenBack() {
    var lines = RowLines(firstLine: 2)
    lines.shift(at: 5, to: 3)
    lines.shift(at: 5, to: 2)
    #expect(lines == RowLines(firstLine: 2))
  }

  @Test("Filtered rows keep row, line and column of the file")
  func filtered() throws {
    let text = "id,note,x\n1,\"two\nlines\",5\n\n2,é,6\r\n3,plain,7\n"
    let filtered = try table(text).filtered(keeping: [2, 1])
    let origin = try #require(filtered.origin)
    #expect([0, 1].map(origin.fileRow) == [3, 2])
    #expect([0, 1].map(origin.line) == [6, 5])
    #expect(origin.location(row: 1, column: "x") == place(5, 5))
    #expect(origin.location(row: 0, column: "note") == place(6, 3))
    #expect(origin.location(row: 0, column: "derived") == place(6, 1))
    #expect(origin.location(row: 0) == place(6, 1))
    #expect(try table(text).origin?.location(row: 0, column: "x") == place(3, 8))
    #expect(try table(text).origin?.location(row: 0, column: "note") == place(2, 3))
  }

  private func place(_ line: Int, _ column: Int) -> DiagnosticLocation {
    DiagnosticLocation(path: "data.csv", start: SourcePosition(line: line, column: column))
  }
}
