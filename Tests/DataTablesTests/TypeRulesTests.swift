// The published rules of type inference.

import Testing

@testable import DataTables

struct TypeRulesTests {
  @Test(
    "Types follow from the cells",
    arguments: [
      ("7 -0 +5", ColumnType.integer), ("0 1", .integer), ("5. 1e3", .integer), (".5 5. -1e-3", .number),
      ("NA", .number), ("1 NA", .integer), ("true FALSE True", .flag), ("true 1", .text), ("T F", .text),
      ("yes no", .text), ("2003-01-31 1969-12-31", .date), ("2003-01-31 31.01.2003", .text), ("a b", .text),
      ("007 008 123", .text), ("05 5 12", .integer), ("00.5 1", .number), ("9007199254740993 1", .text),
      ("9007199254740991", .integer), ("12345678901234567890 0.5", .number), ("0x1A 1", .text),
      ("NaN 1", .text),
      ("Inf 1", .text), ("1_000 2", .text), ("1e400 1", .text), ("- 1", .text), (". 1", .text),
      ("1e 1", .text),
      ("２ 1", .text), ("1 2 3 4 x", .text), ("1-2 3", .text),
    ])
  func inferred(_ cells: String, _ type: ColumnType) throws {
    let text = "x,y\n" + cells.split(separator: " ").map { "\($0),1\n" }.joined()
    #expect(try table(text)["x"]?.type == type)
  }

  @Test("One word among ten numbers is an error, one among nine is text")
  func nearlyAll() throws {
    func text(_ numbers: Int) -> String { "x,y\n" + (0..<numbers).map { "\($0),1\n" }.joined() + "<5,1\n" }
    #expect(try table(text(8))["x"]?.type == .text)
    #expect(faults(text(9)).map(\.brief) == ["11:1 not-a-number column 'x', row 10: not a number"])
    let dates = "x,y\n" + String(repeating: "2020-01-01,1\n", count: 9) + "unknown,1\n"
    #expect(faults(dates).map(\.code) == [.notADate])
  }

  @Test("A day that does not exist is an error where all else are dates")
  func impossibleDay() {
    let found = faults("d,y\n2003-02-28,1\n2003-02-30,1\n")
    #expect(
      found.map(\.brief) == [
        "3:1 not-a-date column 'd', row 2: not a date of the calendar, written YYYY-MM-DD"
      ])
    #expect(found.first?.values == ["2003-02-30"])
  }

  @Test("Identifiers of one width are text though a few are words")
  func identifiers() throws {
    let text = "x,y\n" + (1...99).map { ($0 < 10 ? "0" : "") + "\($0),1\n" }.joined() + "X1,1\n"
    #expect(try table(text)["x"]?.type == .text)
  }

  @Test("Declared types stand above the rules")
  func declared() throws {
    var options = CSVOptions(types: ["a": .text, "b": .number, "c": .flag, "d": .factor, "e": .date])
    let declared = try table("a,b,c,d,e\n1,007,yes,10,\n2,9007199254740993,0,9,2001-01-01\n,,,,\n", options)
    #expect(declared.columns.map(\.type) == [.text, .integer, .flag, .factor, .date])
    #expect(declared["a"]?.levels == ["1", "2"])
    #expect(declared["b"]?.texts == ["7", "9007199254740992", nil])
    #expect(declared["c"]?.flags() == [1, 0, 255])
    #expect(declared["d"]?.levels == ["9", "10"])
    #expect(declared["e"]?.dates() == [.min, 11323, .min])
    options.types = ["a": .number, "b": .flag, "c": .date]
    #expect(
      faults("a,b,c\nx,maybe,today\n1,1,2001-01-01\n", options).map(\.brief) == [
        "2:1 not-a-number column 'a', row 1: not a number",
        "2:3 not-a-flag column 'b', row 1: neither true nor false",
        "2:9 not-a-date column 'c', row 1: not a date of the calendar, written YYYY-MM-DD",
      ])
  }

  @Test("Missing codes are compared as text, and as values in number columns")
  func missingCodes() throws {
    var options = CSVOptions(missingCodes: ["", "NA", "."])
    options.dictionary["x"] = ColumnMetadata(missingCodes: ["-9", "unknown"])
    let read = try table("x,y,z\n-9,-9,.\n-9.0,1,b\n3, NA ,\"\"\nunknown,.,\" \"\n,\"NA\",\"b\"\n", options)
    #expect(read["x"]?.texts == [nil, nil, "3", nil, nil])
    #expect(read["x"]?.type == .integer)
    #expect(read["y"]?.texts == ["-9", "1", nil, nil, nil])
    #expect(read["z"]?.texts == [nil, "b", nil, nil, "b"])
  }

  @Test("The dictionary's levels are the factor's, in their order")
  func levels() throws {
    var options = CSVOptions()
    options.dictionary["g"] = ColumnMetadata(levels: ["high", "low", "none"])
    options.dictionary["n"] = ColumnMetadata(levels: ["2", "1"], reference: "1")
    let read = try table("g,n\nlow,1.0\nhigh,2\n,01\n", options)
    #expect(read["g"]?.type == .factor)
    #expect(read["g"]?.levels == ["high", "low", "none"])
    #expect(read["g"]?.factorCodes() == [1, 0, -1])
    #expect(read["n"]?.factorCodes() == [1, 0, 1])
    #expect(read["n"]?.referenceCode == 1)
    let found = faults("g,n\nlow,1\nLow,3\nmiddle,2\n", options)
    #expect(
      found.map(\.brief) == [
        "3:1 unknown-level column 'g', row 2 and 1 other row: not among the levels that the dictionary lists",
        "3:5 unknown-level column 'n', row 2: not among the levels that the dictionary lists",
      ])
  }

  @Test("What the dictionary lists as a level is no missing code; identifiers are not compared as numbers")
  func levelsAndIdentifiers() throws {
    var options = CSVOptions()
    options.dictionary["region"] = ColumnMetadata(levels: ["EU", "NA"])
    options.dictionary["id"] = ColumnMetadata(missingCodes: ["9"])
    let read = try table("region,id\nNA,09\nEU,9\n,10\n", options)
    #expect(read["region"]?.texts == ["NA", "EU", nil])
    #expect(read["id"]?.texts == ["09", nil, "10"])
    #expect(read["id"]?.type == .text)
  }

  @Test("The rules can be printed")
  func markdown() { #expect(TypeRules.markdown.contains("identifiers")) }
}
