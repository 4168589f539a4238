// Files as people write them.

import Diagnostics
import Testing

@testable import DataTables

struct CSVReaderTests {
  @Test("Byte-order mark, semicolons, decimal commas, Windows line ends, a blank line")
  func spreadsheet() throws {
    // The reference case import-sample.
    let read = try table("\u{FEFF}id;grp;score\r\n1;a;2,5\r\n\r\n2;b;\r\n3;a;4,0\r\n")
    #expect(read.rowCount == 3)
    #expect(read.columnNames == ["id", "grp", "score"])
    #expect(read.columns.map(\.type) == [.integer, .text, .number])
    #expect(read.columns.map(\.missingCount) == [0, 0, 1])
    let scores = try #require(read["score"]).numbers().filter { !$0.isNaN }
    #expect(scores.reduce(0, +) / 2 == 3.25)
    #expect(read.origin?.line(1) == 4)
  }

  @Test("Line ends of every kind, also mixed", arguments: ["\n", "\r\n", "\r", "\n\n", "\r\n \r\n"])
  func lineEnds(_ end: String) throws {
    let read = try table(["a,b", "1,x", "2,\"y\(end)z\"", "3,w"].joined(separator: end))
    #expect(read["a"]?.texts == ["1", "2", "3"])
    #expect(read["b"]?.texts == ["x", "y\(end)z", "w"])
    let perLine = end == "\n\n" || end == "\r\n \r\n" ? 2 : 1
    #expect((0..<3).map { read.origin?.line($0) } == [1 + perLine, 1 + 2 * perLine, 1 + 4 * perLine])
  }

  @Test("Levels with whatever people write into them")
  func levels() throws {
    let levels = [
      "a,b", "c|d", "e\"f", "<script>", "g;h", "é", "日本", "😀", "i'j", "100%", "line\nbreak", " padded ",
    ]
    let rows = levels.map {
      "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\",1\n"
    }
    let read = try table("g,x\n" + rows.joined())
    #expect(read["g"]?.texts == levels)
    #expect(
      read["g"]?.levels
        == levels.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
  }

  @Test("Texts that look the same are one level")
  func canonicalEquivalence() throws {
    let read = try table("g,x\ncafe\u{301},1\ncaf\u{E9},2\ncafe,3\n\u{212A},4\nK,5\n")
    #expect(read["g"]?.levels.count == 3)
    #expect(read["g"]?.factorCodes() == [2, 2, 1, 0, 0])
  }

  @Test("Blanks around a text count for nothing, blanks within quotes do")
  func blanks() throws {
    let read = try table("g,h\na ,longer than eight \n a,longer than eight\n\"a\",\" longer than eight\"\n")
    #expect(read["g"]?.levels == ["a"])
    #expect(read["h"]?.levels == [" longer than eight", "longer than eight"])
  }

  @Test(
    "What the first rows suggest is taken back when later rows say otherwise",
    arguments: [
      ("9007199254740993", ColumnType.text), ("12345678901234567", .text), ("007", .integer), ("x", .text),
      ("1.5", .number), ("3000000000", .integer), ("\"8\"", .integer), ("1e2", .integer), ("1e-2", .number),
    ])
  func lateSurprise(_ cell: String, _ type: ColumnType) throws {
    let regular = (0..<110).map { "\($0 % 10),2003-01-01\n" }.joined()
    let few = "n,d\n" + regular + String(repeating: "\(cell),someday\n", count: 30)
    let read = try table(few)
    #expect(read["n"]?.type == type)
    #expect(read["d"]?.type == .text)
    var options = CSVOptions()
    options.chunkSize = 100
    #expect(try table(few, options, threads: 2)["n"]?.texts == read["n"]?.texts)
    #expect(read["n"]?.text(5) == "5")
    #expect(read["n"]?.texts.suffix(30).allSatisfy { $0 != nil } == true)
  }

  @Test("A leading zero after a hundred numbers of its width makes them identifiers")
  func lateLeadingZero() throws {
    let regular = (100..<250).map { "\($0),1\n" }.joined()
    #expect(try table("id,x\n" + regular + "007,1\n")["id"]?.type == .text)
    #expect(try table("id,x\n" + regular + "07,1\n")["id"]?.type == .integer)
  }

  @Test("Names in any script, with blanks and quotes")
  func names() throws {
    let read = try table("größe (cm),\"a,b\",\"say \"\"hi\"\"\", x ,年齢\n1,2,3,4,5\n")
    #expect(read.columnNames == ["größe (cm)", "a,b", "say \"hi\"", "x", "年齢"])
    #expect(read["年齢"]?.texts == ["5"])
  }

  @Test("Only the columns asked for are kept")
  func columns() throws {
    let text = "a,b,c\n1,\"x\"\"y\",oops\n2,\"q\nr\",3\n"
    let read = try table(text, columns: ["a", "zzz"])
    #expect(read.columnNames == ["a"])
    #expect(read.unreadColumnNames == ["b", "c"])
    #expect(read["a"]?.texts == ["1", "2"])
    #expect(try table(text, columns: []).rowCount == 2)
  }

  @Test("A column without any value is a column of missing numbers")
  func noValues() throws {
    let read = try table("a,b\n,1\nNA,2\n")
    #expect(read["a"]?.type == .number)
    #expect(read["a"]?.missingCount == 2)
  }

  @Test("A header alone is a table without rows", arguments: ["a,b", "a,b\n", "a,b\r\n\r\n"])
  func headerOnly(_ text: String) throws {
    let read = try table(text)
    #expect(read.rowCount == 0)
    #expect(read.columnNames == ["a", "b"])
  }

  @Test("A single column")
  func singleColumn() throws {
    #expect(try table("x\n1\n\n2\n\"\"\n")["x"]?.texts == ["1", "2", nil])
    #expect(try table("x\n2,5\n3\n")["x"]?.texts == ["2.5", "3"])
  }

  @Test("Quoted numbers and dates are numbers and dates")
  func quotedNumbers() throws {
    let read = try table("a,b\n\"1\",\" 2003-02-28\"\n\" 2.5 \",\"\"\n")
    #expect(read["a"]?.texts == ["1", "2.5"])
    #expect(read["b"]?.texts == ["2003-02-28", nil])
  }

  @Test("A comma may be the decimal mark of quoted cells in a file separated by commas")
  func quotedDecimalComma() throws {
    let options = CSVOptions(decimalMark: .comma)
    #expect(try table("a,b\n\"2,5\",1\n\"3,25\",2\n", options)["a"]?.texts == ["2.5", "3.25"])
    #expect(try table("a,b\n\"1,234\",1\n\"3,25\",2\n")["a"]?.type == .text)
  }

  @Test("A field of a million characters")
  func longField() throws {
    let long = String(repeating: "é|;,", count: 200_000)
    let read = try table("a,b\n1,\"\(long)\"\n2,x\n", CSVOptions(), threads: 2)
    #expect(read["b"]?.level(0) == long)
    #expect(read["a"]?.texts == ["1", "2"])
  }

  @Test("Whole numbers of every width")
  func widths() throws {
    let read = try table("a,b,c,d\n254,255,32768,2147483648\n0,-1,0,-2147483648\n")
    #expect(read.columns.allSatisfy { $0.type == .integer })
    #expect(read["c"]?.texts == ["32768", "0"])
    #expect(read["d"]?.texts == ["2147483648", "-2147483648"])
    if case .uint8 = read["a"]?.storage {} else { Issue.record("a is not narrow") }
    if case .int16 = read["b"]?.storage {} else { Issue.record("b is not narrow") }
  }

  @Test("The names can be had without the rows")
  func columnNames() throws {
    let source = CSVSource(bytes: Array("a;b;\n1;2;3\n4;5".utf8), displayPath: "data.csv", name: "data")
    #expect(try source.columnNames() == ["a", "b"])
  }

  @Test("A table of no name comes from a folder, a missing or an unreadable file")
  func noFile() {
    for (path, code) in [("/nonexistent/x.csv", DiagnosticCode.missingFile), ("/", .unreadableFile)] {
      #expect(throws: DiagnosticList.self) {
        try CSVSource(file: path, displayPath: "x.csv", name: "x").columnNames()
      }
      do {
        _ = try CSVSource(file: path, displayPath: "x.csv", name: "x").read()
      } catch {
        #expect(error.diagnostics.map(\.code) == [code])
        #expect(error.diagnostics.allSatisfy { !$0.message.contains("nonexistent") })
      }
    }
  }
}
