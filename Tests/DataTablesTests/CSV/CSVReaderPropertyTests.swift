// The table does not depend on how the work was divided.

import Diagnostics
import Testing

@testable import DataTables

struct CSVReaderPropertyTests {
  /// Everything that can be seen of a reading.
  private func seen(_ bytes: [UInt8], _ options: CSVOptions, threads: Int) -> [String] {
    do {
      let table = try reading(bytes, options, threads: threads).table
      var seen = ["\(table.rowCount) rows"]
      for column in table.columns {
        seen.append(
          "\(column.name) \(column.type) \(column.levels) \(column.missingCount) \(width(column.storage))")
        seen.append("\(column.texts)")
        seen.append(
          "\(table.rowCount > 0 ? "\(String(describing: table.origin?.location(row: table.rowCount - 1, column: column.name)))" : "")"
        )
      }
      seen.append("\((0..<table.rowCount).map { table.origin?.line($0) })")
      return seen
    } catch {
      return error.diagnostics.map { "\($0.brief) \($0.notes.map(\.message)) \($0.values)" }
    }
  }

  private func width(_ storage: ColumnStorage) -> Int {
    switch storage {
    case .uint8: 8
    case .int16: 16
    case .int32: 32
    case .double: 64
    }
  }

  @Test("Bytes made of everything that hurts read alike in parts of any size")
  func hostileBytes() {
    let pieces = [
      "a", "1", "2.5", "-7", "007", "NA", "\"", "\"\"", ",", ",", ",", "\n", "\n", "\r\n", "\r", " ",
      "\"x,y\"",
      "\"p\nq\"", "\"1\"", "é", "true", "2003-02-28", "2003-02-30", ";", "1e3", "300", "70000", "\t",
      "\"a\"\"b\"",
    ]
    var generator = SeededGenerator(4)
    for _ in 0..<1500 {
      var text = ["a,b\n", "a,b,c\r\n", "a\n", "\u{FEFF}a;b\n"].randomElement(using: &generator) ?? ""
      for _ in 0..<Int.random(in: 0...25, using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      check(Array(text.utf8), &generator)
    }
  }

  @Test("Regular tables with quoted line ends read alike in parts of any size")
  func regularTables() {
    var generator = SeededGenerator(5)
    for _ in 0..<300 {
      let delimiter = [",", ";", "\t", "|"].randomElement(using: &generator) ?? ","
      let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
      var text = ["id", "group", "x", "day"].joined(separator: delimiter) + lineEnd
      for row in 0..<Int.random(in: 0...40, using: &generator) {
        let group = [
          "a", "b c", "\"q\(lineEnd)\(lineEnd)r\"", "\"s\(delimiter)t\"", "", "\"u\"\"\(lineEnd)\"\"v\"",
          "éè",
        ]
        let number = ["\(row)", "1.25", "-300", "", "NA", " 7 ", "\"8\""]
        let day = ["2003-02-28", "1969-12-31", "", "\"2004-02-29\""]
        text += [
          "\(row)", group.randomElement(using: &generator) ?? "",
          number.randomElement(using: &generator) ?? "",
          day.randomElement(using: &generator) ?? "",
        ].joined(separator: delimiter)
        if row % 7 == 3 { text += lineEnd }
        text += lineEnd
      }
      if Bool.random(using: &generator) { text = String(text.dropLast()) }
      check(Array(text.utf8), &generator)
    }
  }

  @Test("Cells that surprise after a regular beginning read alike in parts of any size")
  func lateSurprises() {
    let cells = [
      "3", "-70000", "2.5", "007", "\"9\"", "9007199254740993", "x", "NA", "", "1e3", " 4", "2003-02-28",
      "2003-02-30",
      "true", "\"a\nb\"",
    ]
    var generator = SeededGenerator(8)
    for _ in 0..<60 {
      var text = "a,b,c\n" + (0..<100).map { "\($0),2003-01-0\($0 % 9 + 1),\($0).25\n" }.joined()
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        let row = (0..<3).map { column in
          Int.random(in: 0..<4, using: &generator) > 0
            ? ["7", "2004-02-29", "1.5"][column] : cells.randomElement(using: &generator) ?? ""
        }
        text += row.joined(separator: ",") + "\n"
      }
      check(Array(text.utf8), &generator)
    }
  }

  private func check(_ bytes: [UInt8], _ generator: inout SeededGenerator) {
    let whole = seen(bytes, CSVOptions(), threads: 1)
    for _ in 0..<4 {
      var options = CSVOptions()
      options.chunkSize = Int.random(in: 1...max(bytes.count, 1), using: &generator)
      let threads = Int.random(in: 1...4, using: &generator)
      let parts = seen(bytes, options, threads: threads)
      if parts != whole {
        Issue.record(
          "parts of \(options.chunkSize), \(threads) threads: \(String(decoding: bytes, as: UTF8.self).debugDescription)\n\(whole)\n\(parts)"
        )
        return
      }
    }
  }

  @Test("What was written is what is read")
  func roundTrip() throws {
    let alphabet = ["a", "B", ",", "\"", "\n", "\r\n", "é", "😀", "|", " ", "<", "0", "x", "\t", ";", "'"]
    var generator = SeededGenerator(6)
    for _ in 0..<200 {
      let rows = Int.random(in: 1...20, using: &generator)
      let columns = Int.random(in: 1...5, using: &generator)
      // "w" keeps every cell a word that blanks do not surround.
      let cells = (0..<rows).map { _ in
        (0..<columns).map { _ in
          "w"
            + (0..<Int.random(in: 0...12, using: &generator)).map { _ in
              alphabet.randomElement(using: &generator) ?? ""
            }
            .joined() + "w"
        }
      }
      let header = (0..<columns).map { "c\($0)" }.joined(separator: ",")
      let lines = cells.map { row in row.map(quoted).joined(separator: ",") }
      var options = CSVOptions(delimiter: .comma)
      options.chunkSize = Int.random(in: 1...200, using: &generator)
      let read = try table(([header] + lines).joined(separator: "\n"), options, threads: 2)
      for (index, column) in read.columns.enumerated() { #expect(column.texts == cells.map { $0[index] }) }
    }
  }

  private func quoted(_ cell: String) -> String {
    "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  @Test("Rows in another order give the same types, levels and fingerprint")
  func shuffled() throws {
    var generator = SeededGenerator(7)
    let sites = ["lung", "pancreas", "\"colon, left\"", "", "cafe\u{301}", "caf\u{E9}"]
    var rows = (0..<400).map { row in
      "\(row),\(sites.randomElement(using: &generator) ?? ""),\(row % 3 == 0 ? "" : "\(Double(row) / 8)"),\(row % 2)"
    }
    let header = "id,site,x,flag\n"
    let first = try table(header + rows.joined(separator: "\n"))
    rows.shuffle(using: &generator)
    var options = CSVOptions()
    options.chunkSize = 500
    let second = try table(header + rows.joined(separator: "\n"), options, threads: 3)
    for (left, right) in zip(first.columns, second.columns) {
      #expect(left.type == right.type)
      #expect(left.levels.map { Array($0.utf8) } == right.levels.map { Array($0.utf8) })
    }
    #expect(Fingerprint(first) == Fingerprint(second, threads: 2))
  }

  @Test("A stray quote misleads no later part")
  func strayQuotes() {
    let lines = (0..<400).map {
      $0 == 17 ? "\($0),5\" tall,1" : $0 % 50 == 9 ? "\($0),\"two\nlines\",2" : "\($0),plain,3"
    }
    let bytes = Array(("id,note,x\n" + lines.joined(separator: "\n")).utf8)
    var options = CSVOptions()
    let whole = seen(bytes, options, threads: 1)
    #expect(whole.first == "400 rows")
    for size in [1, 7, 64, 500, 5000] {
      options.chunkSize = size
      #expect(seen(bytes, options, threads: 2) == whole)
    }
  }
}
