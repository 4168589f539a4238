// Reads the tables and matrices that Fixtures/generate.R wrote.

import DataTables
import Diagnostics
import Foundation
import Testing

@testable import ModelFormula

enum Fixture {
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: String
    let formula: String
    let columns: [String]
    /// Row by row.
    let rows: [[Double]]

    var testDescription: String { kind + " " + formula }
  }

  static func text(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try String(contentsOf: folder.appendingPathComponent("Fixtures/" + name), encoding: .utf8)
  }

  static func cases(_ name: String) throws -> [Case] {
    var cases: [Case] = []
    for block in try text(name).components(separatedBy: "case\t").dropFirst() {
      let lines = block.split(separator: "\n").map { $0.components(separatedBy: "\t") }
      cases.append(
        Case(
          kind: lines[0][0], formula: lines[0][1], columns: Array(lines[1].dropFirst()),
          rows: lines.dropFirst(2).map { $0.map { Double($0.trimmingCharacters(in: .whitespaces)) ?? .nan } })
      )
    }
    return cases
  }

  static func table() throws -> DataTable {
    let lines = try text("data.tsv").split(separator: "\n").map { $0.components(separatedBy: "\t") }
    let columns = lines[0].enumerated().map { index, header -> Column in
      let parts = header.components(separatedBy: ":")
      let cells = lines.dropFirst().map { $0[index] == "NA" ? nil : $0[index] }
      switch parts[1] {
      case "number": return Column(name: parts[0], numbers: cells.map { $0.flatMap(Double.init) ?? .nan })
      case "flag": return Column(name: parts[0], flags: cells.map { $0.map { $0 == "TRUE" } })
      default: return Column(name: parts[0], texts: cells)
      }
    }
    return try DataTable(name: "d", columns: columns)
  }
}
