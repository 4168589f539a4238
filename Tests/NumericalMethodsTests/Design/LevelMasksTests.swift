// Sums by level, in one pass and by few-valued columns, are those of the plain loops.

import Testing

@testable import NumericalMethods

@Suite struct LevelMasksTests {
  /// Stretches that begin and end anywhere, also within one byte of the masks.
  @Test func sumsAreThoseOfAPlainLoop() {
    var random = RandomGenerator(seed: 3)
    let codes = (0..<1_003).map { _ in UInt16(random.below(6)) }
    let vector = (0..<1_003).map { _ in Double(random.below(100)) }
    // Two variables: the cell's remainder by 2, of which only 1 counts, and its third.
    let maskOfCell: [[Int16]] = [(0..<6).map { $0 % 2 == 1 ? 0 : -1 }, (0..<6).map { Int16(1 + $0 / 2) }]
    let masks = LevelMasks(codes: codes, maskOfCell: maskOfCell, count: 4, threads: 2)
    for range in [0..<1_003, 0..<8, 5..<6, 3..<19, 997..<1_003, 8..<16, 501..<530, 7..<7] {
      var sums = [Double](repeating: .nan, count: 4)
      vector.withUnsafeBufferPointer { vector in
        guard let base = vector.baseAddress else { return }
        sums.withUnsafeMutableBufferPointer { sums in
          if let target = sums.baseAddress { masks.sums(base + range.lowerBound, rows: range, to: target) }
        }
      }
      var expected = [Double](repeating: 0, count: 4)
      for row in range {
        for variable in maskOfCell {
          let mask = Int(variable[Int(codes[row])])
          if mask >= 0 { expected[mask] += vector[row] }
        }
      }
      #expect(sums == expected, "\(range)")
    }
  }

  /// A value that comes up late, and a thirteenth that does.
  @Test func fewValuesAreFoundWhereverTheyStand() throws {
    var column = (0..<9_000).map { Double($0 % 3) }
    column[7_777] = -1
    column[8_999] = 0.5
    let cells = try #require(ValueCells(columns: [.dense(column)], rowCount: 9_000, threads: 1))
    #expect(cells.cellCount == 5)
    #expect(column.indices.allSatisfy { cells.tables[0][Int(cells.codes[$0])] == column[$0] })
    for value in 10..<18 { column[8_000 + value] = Double(value) }
    #expect(ValueCells(columns: [.dense(column)], rowCount: 9_000, threads: 1) == nil)
  }

  @Test func faultsOfColumnsAreFound() {
    let codes = [Int32](repeating: 1, count: 5_000)
    var wrong = codes
    wrong[4_998] = 2
    var values = [Double](repeating: 1, count: 5_000)
    values[4_097] = .infinity
    let columns: [ColumnValues] = [
      .coded(codes: codes, table: [0, 1]), .coded(codes: codes, table: [1, 0]), .dense(values),
      .coded(codes: wrong, table: [0, 1]), .coded(codes: codes, table: [0, .nan]),
    ]
    #expect(ColumnValues.firstFaults(columns, threads: 2) == [nil, nil, 4_097, 4_998, 0])
    let bytes = codes.map { UInt8($0) }
    let narrow: [ColumnValues] = [
      .narrow(codes: bytes, table: [0, 1]), .narrow(codes: bytes, table: [1, 0]),
      .narrow(codes: wrong.map { UInt8($0) }, table: [0, 1]), .narrow(codes: bytes, table: [0, .nan]),
      .narrow(codes: bytes, table: [.nan, 1]),
    ]
    #expect(ColumnValues.firstFaults(narrow, threads: 2) == [nil, nil, 4_998, 0, nil])
  }

  @Test func oneOrderWhateverTheThreads() {
    var random = RandomGenerator(seed: 9)
    // Values that share steps of the scale, ties, and what is not a number.
    var values = (0..<200_003).map { _ in (random.normal() * 1e4).rounded() / 1e4 }
    for row in stride(from: 0, to: 200_000, by: 97) { values[row] = 1 + Double(row) * 1e-14 }
    values[5] = .nan
    values[77] = -0.0
    values[78] = 0
    let order = RadixOrder.ascending(values)
    #expect(RadixOrder.ascending(values, threads: 1) == order)
    #expect(RadixOrder.ascending(values, threads: 2) == order)
  }
}
