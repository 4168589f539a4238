// What the cache writes is what it reads.

import Diagnostics
import Directives
import Presentation
import Testing

@testable import Runner

@Suite struct BinaryCodingTests {
  private static let table = Table(
    name: "more", caption: "Größe & \"Zeit\"",
    columns: [TableColumn("HR", group: "Uni", alignment: .left), TableColumn("N")],
    rows: [
      TableRow(
        [
          .empty, .text("a|b"), .quantity(.notReached, .time), .quantity(.value(-0.0), .number.digits(3)),
          .estimate(Estimate(0.1 + 0.2, lower: -.infinity, upper: 1e-300, level: 0.9), .ratio),
          .interval(.withheld, .percentage), .countPercent(3, of: 7),
          .pair(Quantity(1), .missing, .coefficient),
          .pValue(.notEstimable), .reference,
        ], role: .total, indent: 2), .header("Section"),
    ], notes: ["one", ""], abbreviations: ["CI"])

  @Test func everyKindOfCellComesBack() throws {
    let bytes = try BinaryEncoding.bytes(of: Self.table)
    #expect(try BinaryDecoding.value(Table.self, from: bytes) == Self.table)
    #expect(try BinaryEncoding.bytes(of: try BinaryDecoding.value(Table.self, from: bytes)) == bytes)
  }

  /// An optional that is missing at the end of one value is not taken from the next.
  @Test func missingValuesStayMissing() throws {
    struct Inner: Codable, Equatable {
      var a: Int
      var note: String?
    }
    struct Outer: Codable, Equatable {
      var inner: Inner
      var note: String?
      var list: [Inner]
    }
    let value = Outer(
      inner: Inner(a: -1), note: "outer", list: [Inner(a: 1, note: ""), Inner(a: .max), Inner(a: .min)])
    let bytes = try BinaryEncoding.bytes(of: value)
    #expect(try BinaryDecoding.value(Outer.self, from: bytes) == value)
  }

  @Test func noByteCanBeMissing() throws {
    let bytes = try BinaryEncoding.bytes(of: Self.table)
    for end in 0..<bytes.count {
      #expect(throws: (any Error).self) { try BinaryDecoding.value(Table.self, from: Array(bytes[..<end])) }
    }
  }

  /// Values whose order would depend on chance are refused.
  @Test func dictionariesAreNotKept() throws {
    let bytes = try? BinaryEncoding.bytes(of: ["b": 1, "a": 2])
    let back = bytes.flatMap { try? BinaryDecoding.value([String: Int].self, from: $0) }
    #expect(back == nil)
  }
}
