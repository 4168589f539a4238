// Columns made in memory and what they say about themselves.

import Testing

@testable import DataTables

struct ColumnTests {
  @Test("Whole numbers are stored as narrowly as they allow")
  func narrowNumbers() {
    func storage(_ numbers: [Double]) -> ColumnStorage { Column(name: "x", numbers: numbers).storage }
    if case .uint8(let values) = storage([0, 254, .nan]) {
      #expect(values == [0, 254, 255])
    } else {
      Issue.record("bytes expected")
    }
    if case .int16(let values) = storage([255, -32767, .nan]) {
      #expect(values == [255, -32767, .min])
    } else {
      Issue.record("16 bits expected")
    }
    if case .int32(let values) = storage([-32768, .infinity]) {
      #expect(values == [-32768, .min])
    } else {
      Issue.record("32 bits expected")
    }
    guard case .double = storage([-2_147_483_648]) else {
      Issue.record("the missing value's own number needs doubles")
      return
    }
  }

  @Test("Numbers in pieces come to the same column")
  func pieces() {
    let cases: [[Double]] = [
      [], [0, 254, .nan], [255, -32767, .nan], [-32768, .infinity], [-2_147_483_648, 7],
      [-0.0, 1.5, .nan, 3],
      [.nan, .nan], [1e10, -0.0, 4], [2_147_483_647, -2_147_483_647], [2_147_483_647.5],
    ]
    for numbers in cases {
      let whole = Column(name: "x", numbers: numbers)
      for size in 1...3 {
        let pieces = stride(from: 0, to: numbers.count, by: size).map {
          ComputedNumbers(Array(numbers[$0..<min($0 + size, numbers.count)]))
        }
        let column = Column(name: "x", pieces: pieces)
        #expect(column.type == whole.type && column.missingCount == whole.missingCount)
        #expect("\(column.storage)" == "\(whole.storage)")
      }
    }
  }

  @Test("Numbers keep their type and lose the sign of zero")
  func numbers() {
    let column = Column(name: "x", numbers: [-0.0, 1.5, .nan, -.infinity])
    #expect(column.type == .number)
    #expect(column.missingCount == 2)
    #expect(column.numbers()[0].sign == .plus)
    #expect(column.number(1) == 1.5)
    #expect(column.number(2) == nil)
    #expect(column.isMissing(3))
    #expect(column.isMissing(99))
    #expect(column.missingMask() == [false, false, true, true])
    #expect(column.range() == 0...1.5)
    #expect(Column(name: "x", numbers: [1e15, 2]).type == .integer)
    #expect(Column(name: "x", numbers: []).range() == nil)
  }

  @Test("Flags")
  func flags() {
    let column = Column(name: "x", flags: [true, nil, false])
    #expect(column.type == .flag)
    #expect(column.flags() == [1, 255, 0])
    #expect(column.texts == ["true", nil, "false"])
    #expect(column.number(0) == 1)
    #expect(Column(name: "x", flagBytes: [0, 7, 255]).flags() == [0, 1, 255])
  }

  @Test("Texts become codes, levels in code-point order")
  func texts() {
    let column = Column(name: "x", texts: ["b", nil, "Z", "ä", "b"])
    #expect(column.levels == ["Z", "b", "ä"])
    #expect(column.factorCodes() == [1, -1, 0, 2, 1])
    #expect(column.levelCounts() == [1, 2, 1])
    #expect(column.level(1) == nil)
    #expect(column.code(ofLevel: "ä") == 2)
    #expect(!column.numbers().contains { !$0.isNaN })
    #expect(column.range() == nil)
    for texts in [["caf\u{E9}", "cafe\u{301}"], ["cafe\u{301}", "caf\u{E9}"]] {
      #expect(Column(name: "x", texts: texts).levels.map { Array($0.utf8) } == [Array("cafe\u{301}".utf8)])
    }
  }

  @Test("Codes outside the levels are missing, whatever their width", arguments: [2, 255, 256, 32768, 32769])
  func codes(_ levelCount: Int) {
    let levels = (0..<levelCount).map { "level \($0)" }
    let last = Int32(levelCount - 1)
    let column = Column(name: "x", codes: [0, last, -1, last + 1, .min], levels: levels)
    #expect(column.type == .factor)
    #expect(column.factorCodes() == [0, last, -1, -1, -1])
    #expect(column.missingCount == 3)
    #expect(column.level(1) == levels.last)
  }

  @Test("The reference is the level the dictionary names, else the first")
  func reference() {
    let levels = ["a", "b"]
    #expect(Column(name: "x", codes: [], levels: levels).referenceCode == 0)
    let named = Column(name: "x", codes: [], levels: levels, metadata: ColumnMetadata(reference: "b"))
    #expect(named.referenceCode == 1)
    #expect(Column(name: "x", numbers: [1]).referenceCode == nil)
    #expect(Column(name: "x", codes: [], levels: []).referenceCode == nil)
  }

  @Test("Dates")
  func dates() {
    let column = Column(name: "x", days: [0, .min, -1, .max])
    #expect(column.type == .date)
    #expect(column.dates() == [0, .min, -1, .min])
    #expect(column.texts == ["1970-01-01", nil, "1969-12-31", nil])
    #expect(column.numbers()[2] == -1)
  }

  @Test("Numbers print as the shortest text that reads back")
  func numberText() {
    let column = Column(name: "x", numbers: [0.1, 100, 1e300, -2.5e-7, 123_456_789_012])
    #expect(column.texts == ["0.1", "100", "1e+300", "-2.5e-07", "123456789012"])
  }

  @Test("A label stands in for the name")
  func label() {
    #expect(Column(name: "os", numbers: []).label == "os")
    let described = Column(name: "os", numbers: []).describing(ColumnMetadata(label: "Overall survival"))
    #expect(described.label == "Overall survival")
    #expect(described.renamed("pfs").name == "pfs")
  }
}
