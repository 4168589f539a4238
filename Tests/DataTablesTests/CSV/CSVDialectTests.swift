// Separators and decimal marks found out.

import Testing

@testable import DataTables

struct CSVDialectTests {
  private func dialect(_ text: String, _ options: CSVOptions = CSVOptions()) -> CSVDialect {
    CSVDialect(FileBytes(Array(text.utf8)), options: options)
  }

  @Test(
    "The separator",
    arguments: [
      ("a,b\n1,2\n", CSVDelimiter.comma), ("a;b\n1,5;2\n", .semicolon), ("a\tb\n1,5\tx;y\n", .tab),
      ("a|b\n1|2", .pipe),
      ("a\n1\n", .comma), ("", .comma), ("a\n2,5\n", .semicolon), ("a\nx,y\n", .comma),
      ("id;dose, mg;x\n1;2;3\n4;5;6\n", .semicolon), ("a,b\n\"x;y;z\",\"1;2;3\"\n", .comma),
      ("name,a;b\nx,1\ny,2\n", .comma), ("\n \na;b\n", .semicolon), ("sep=|\na,b|c\n", .pipe),
      ("\"a,b\";c\n\"1,2\";3\n", .semicolon), ("a,b,c,d;e\n1,2,3,4\n5,6,7,8\n", .comma),
    ])
  func delimiter(_ text: String, _ expected: CSVDelimiter) { #expect(dialect(text).delimiter == expected) }

  @Test(
    "The decimal mark",
    arguments: [
      ("a;b\n1,5;2\n", DecimalMark.comma, true), ("a;b\n1.5;2\n", .point, true),
      ("a;b\n1;2\n", .point, false),
      ("a;b\n1,5;2.5\n", .point, true), ("a,b\n\"1,5\",2\n", .point, true), ("a\tb\n1,5\t2\n", .comma, true),
      ("a;b\nx,5;1,y\n", .point, false), ("a\n1,5\n", .comma, true),
    ])
  func decimalMark(_ text: String, _ expected: DecimalMark, _ isCertain: Bool) {
    #expect(dialect(text).decimalMark == expected)
    #expect(dialect(text).decimalMarkIsCertain == isCertain)
  }

  @Test("Declarations settle both")
  func declared() {
    let options = CSVOptions(delimiter: .tab, decimalMark: .comma)
    #expect(dialect("a,b\n1,2\n", options).delimiter == .tab)
    #expect(dialect("a,b\n1,2\n", options).decimalMark == .comma)
  }

  @Test("A byte-order mark and a spreadsheet's separator line stand before the header")
  func start() {
    #expect(dialect("\u{FEFF}a,b\n").headerStart == 3)
    #expect(dialect("\u{FEFF}sep=;\r\na;b\n").headerStart == 10)
    #expect(dialect("\u{FEFF}sep=;\r\na;b\n").headerLine == 2)
    #expect(dialect("sep=x\na;b\n").headerStart == 0)
  }

  @Test("A decimal comma beyond the sample turns the mark over")
  func lateComma() throws {
    let whole = String(repeating: "1;2\n", count: 300)
    let read = try table("a;b\n" + whole + "2,5;3\n")
    #expect(read["a"]?.texts.last == "2.5")
    #expect(read["b"]?.type == .integer)
    #expect(faults("a;b\n" + whole + "2,5;3\n1;2.5\n").map(\.code) == [.notANumber])
  }
}
