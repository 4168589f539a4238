// Few-valued columns by cell give the sums of the dense table, whatever the number of threads.

import Testing

@testable import NumericalMethods

@Suite struct CompactColumnsTests {
  static let rowCount = 20_011

  /// A constant, a factor's two columns, a flag, and two dense columns.
  static func design() -> [ColumnValues] {
    var random = RandomGenerator(seed: 4)
    let codes = (0..<rowCount).map { _ in Int32(random.below(3)) }
    return [
      .dense([Double](repeating: 1, count: rowCount)), .dense((0..<rowCount).map { _ in random.normal() }),
      .coded(codes: codes, table: [0, 1, 0]), .coded(codes: codes, table: [0, 0, 1]),
      .dense((0..<rowCount).map { _ in Double(random.below(2)) }),
      .dense((0..<rowCount).map { _ in 100 + random.uniform() }),
    ]
  }

  static func close(_ one: [Double], _ other: [Double]) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= 1e-11 * (abs($1) + 1) }
  }

  @Test func sumsAreThoseOfTheDenseTable() throws {
    let columns = Self.design()
    let cells = try #require(ValueCells(columns: columns, rowCount: Self.rowCount, threads: 1))
    #expect(cells.cellCount == 6 && cells.columns == [0, 2, 3, 4])
    let keeping = [0, 1, 3, 4, 5]
    let shifts = [0, 0, 0, 0, 0, 100.0]
    let compact = CompactColumns(
      columns, rowCount: Self.rowCount, cells: cells, keeping: keeping, shifts: shifts)
    let dense = Matrix(
      columns: keeping.map { column in columns[column].numbers.map { $0 - shifts[column] } })
    var random = RandomGenerator(seed: 5)
    let weights = (0..<Self.rowCount).map { _ in random.uniform() }
    let vector = (0..<Self.rowCount).map { _ in random.normal() }
    #expect(
      Self.close(
        compact.gram(weights: weights, threads: 1).elements,
        WeightedGram.matrix(dense, weights: weights).elements))
    #expect(
      Self.close(compact.columnSums(vector, threads: 1), WeightedGram.columnSums(dense, vector: vector)))
    var predictor = [Double](repeating: 0.5, count: Self.rowCount)
    compact.addLinearPredictor([1, 2, 3, 4, 5], to: &predictor, threads: 1)
    #expect(Self.close(predictor, (dense * [1, 2, 3, 4, 5]).map { $0 + 0.5 }))
    #expect(compact[7, 2] == dense[7, 2] && compact[7, 4] == dense[7, 4])
  }

  @Test func bitsDoNotDependOnThreads() throws {
    let columns = Self.design()
    let one = try #require(ValueCells(columns: columns, rowCount: Self.rowCount, threads: 1))
    let two = try #require(ValueCells(columns: columns, rowCount: Self.rowCount, threads: 2))
    #expect(one.codes == two.codes)
    let compact = CompactColumns(
      columns, rowCount: Self.rowCount, cells: one, keeping: Array(0..<6),
      shifts: [Double](repeating: 0, count: 6))
    let weights = (0..<Self.rowCount).map { 1 / Double($0 + 1) }
    #expect(compact.gram(weights: weights, threads: 1) == compact.gram(weights: weights, threads: 2))
    #expect(compact.columnSums(weights, threads: 1) == compact.columnSums(weights, threads: 2))
  }

  @Test func sumsOfTwoSetsOfRowsAreThoseOfBoth() {
    let codes: [UInt16] = [0, 1, 1, 0, 2]
    let weights = [1.0, 2, 3, 4, 5]
    let x = [1.0, -1, 2, 0.5, 3]
    func sums(_ rows: Range<Int>) -> CellSums {
      ColumnPointers.with([Array(x[rows])]) {
        CellSums(
          codes: Array(codes[rows]), cellCount: 3, dense: $0, vector: Array(x[rows]),
          weights: Array(weights[rows]), threads: 1)
      }
    }
    let both = sums(0..<2).merged(with: sums(2..<5))
    #expect((0..<3).map(both.weight) == [5, 5, 5])
    #expect((0..<3).map(both.vector) == [1.5, 1, 3])
    #expect((0..<3).map { both.dense($0, 0) } == [3, 4, 15])
  }
}
