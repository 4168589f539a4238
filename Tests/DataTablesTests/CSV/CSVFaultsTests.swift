// What is wrong with a file is said once, at its place, with what to do.

import Diagnostics
import Testing

@testable import DataTables

struct CSVFaultsTests {
  @Test(
    "Faults and their places",
    arguments: [
      ("", ["1:1 empty-file the data file is empty"]),
      ("\u{FEFF}\r\n \n", ["1:1 empty-file the data file is empty"]),
      (
        "a,b\n1\n1,2,3\n",
        [
          "2:1 ragged-row row 1 has 1 field where the header has 2",
          "3:1 ragged-row row 2 has 3 fields where the header has 2",
        ]
      ),
      ("a,b\n\n\"x\ny\",1\n1,2,\"3\n\",4\n", ["5:1 ragged-row row 2 has 4 fields where the header has 2"]),
      ("a,b\n1,\"x\n2,y\n", ["2:3 unclosed-quote row 1: the quote that opens here is never closed"]),
      ("a,\"b\n1,2\n", ["1:3 unclosed-quote the header: the quote that opens here is never closed"]),
      ("a,b\n1,\"x\"y\n", ["2:6 unclosed-quote row 1: text follows the closing quote"]),
      ("a,b,a\n1,2,3\n", ["1:5 duplicate-column columns 1 and 3 of the data file are both named 'a'"]),
      ("ä,b,\"ä\"\n1,2,3\n", ["1:5 duplicate-column columns 1 and 3 of the data file are both named 'ä'"]),
      ("a,,b\n1,2,3\n", ["1:3 unnamed-column column 2 of the data file has no name and is left out"]),
      (
        "a,b\n1,x\u{0}\n",
        ["2:4 nul-byte the data file holds a NUL byte: it is no text file, or it is damaged"]
      ),
    ])
  func places(_ text: String, _ expected: [String]) { #expect(faults(text).map(\.brief) == expected) }

  @Test("Bytes that are no UTF-8, where the first stands")
  func invalidUTF8() {
    let latin1: [UInt8] = Array("a,b\n1,gr".utf8) + [0xFC] + Array("n\n".utf8)
    let found = faults(latin1)
    #expect(found.map(\.brief) == ["2:5 invalid-utf8 the data file is not UTF-8 text"])
    #expect(found.first?.remedy?.contains("Latin-1") == true)
    #expect(
      faults([0x61, 0xE9, 0x2C, 0x62, 0x0A]).map(\.brief) == [
        "1:2 invalid-utf8 the data file is not UTF-8 text"
      ])
    #expect(faults([0xFF, 0xFE, 0x61, 0x00]).first?.message == "the data file is UTF-16 text")
  }

  @Test("Of many ragged rows five are named and the rest counted")
  func manyRagged() {
    let found = faults("a,b\n" + String(repeating: "1\n", count: 1000))
    #expect(found.count == 5)
    #expect(found.last?.notes.map(\.message) == ["and 995 more such faults"])
    #expect(faults("a,b\n1,2,\n3,4,\n").first?.remedy?.contains("name the further column") == true)
    #expect(faults("a,b,\n1,2\n3,4\n").last?.remedy?.contains("end of the header") == true)
  }

  @Test("Of many bad cells five are named, none shown in the message")
  func manyWords() {
    let rows = (1...200).map { $0 % 20 == 7 ? "<\($0),1\n" : "\($0),1\n" }.joined()
    let found = faults("crp,x\n" + rows)
    #expect(found.map(\.brief) == ["8:1 not-a-number column 'crp', row 7 and 9 other rows: not a number"])
    #expect(
      found.first?.notes.map(\.message) == [
        "also row 27", "also row 47", "also row 67", "also row 87", "and 5 more",
      ])
    #expect(found.first?.notes.first?.location?.start.line == 28)
    #expect(found.first?.values == ["<7", "<27", "<47", "<67", "<87"])
    #expect(found.first?.remedy?.contains("types: {crp: text}") == true)
  }

  @Test("Bad cells of columns that nobody asked for are nobody's business")
  func unasked() {
    let text = "a,b\n" + (1...30).map { "\($0),\($0 == 9 ? "x" : "1")\n" }.joined()
    #expect(faults(text, columns: ["a"]).isEmpty)
    #expect(faults(text, columns: ["b"]).count == 1)
  }

  @Test("A file with faults in many columns reports twenty")
  func capped() {
    let names = (1...30).map { "c\($0)" }
    let options = CSVOptions(types: Dictionary(uniqueKeysWithValues: names.map { ($0, .number) }))
    let text = names.joined(separator: ",") + "\n" + names.map { _ in "x" }.joined(separator: ",") + "\n"
    let found = faults(text, options)
    #expect(found.count == 20)
    #expect(found.last?.notes.map(\.message) == ["10 further faults of this file are not shown"])
  }
}
