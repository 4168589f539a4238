// Rows that are turned keep their products, and can be turned back.

import NumericalMethods
import Testing

@Suite struct ReducedRowsTests {
  private func rows(_ count: Int, seed: UInt64) -> ReducedRows {
    var generator = RandomGenerator(seed: seed)
    let columns = (0..<3).map { _ in (0..<count).map { _ in generator.normal() } }
    // The fourth is a combination of the others, the fifth is nothing.
    let more = [zip(columns[0], columns[1]).map { $0 - 2 * $1 }, [Double](repeating: 0, count: count)]
    return ReducedRows(
      matrix: Matrix(columns: columns + more), response: (0..<count).map { _ in generator.normal() })
  }

  private func expectClose(_ a: Matrix, _ b: Matrix) {
    for j in 0..<a.columnCount { for k in 0..<a.rowCount { #expect(abs(a[k, j] - b[k, j]) < 1e-12) } }
  }

  @Test(arguments: [3, 5, 6, 400]) func productsStay(_ count: Int) {
    let rows = rows(count, seed: 3)
    let reduced = rows.reduced
    #expect(reduced.matrix.rowCount == min(count, 5))
    expectClose(
      reduced.matrix.transposed * reduced.matrix, rows.matrix.transposed * rows.matrix)
    let (a, b) = (reduced.matrix.transposed * reduced.response, rows.matrix.transposed * rows.response)
    for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-12) }
    let square = rows.response.reduce(0) { $0 + $1 * $1 }
    #expect(abs(reduced.response.reduce(reduced.rest.value) { $0 + $1 * $1 } - square) < 1e-11)
  }

  @Test func joinedPartsAreTheWhole() {
    let parts = [rows(40, seed: 1), rows(2, seed: 2), rows(300, seed: 3)]
    let whole = ReducedRows(joining: parts, columnCount: 5)
    let joined = ReducedRows(joining: parts.map(\.reduced), columnCount: 5)
    #expect(whole.matrix.rowCount == 342 && joined.matrix.rowCount == 12)
    let (one, other) = (PivotedQR(whole.matrix), PivotedQR(joined.matrix))
    #expect(one.rank == 3 && other.rank == 3 && other.pivot == one.pivot)
    for (a, b) in zip(one.solve(whole.response), other.solve(joined.response)) { #expect(abs(a - b) < 1e-13) }
    expectClose(one.inverseCrossProduct, other.inverseCrossProduct)
  }

  @Test(arguments: [2, 5, 90]) func turnedBack(_ count: Int) {
    let rows = rows(count, seed: 7)
    let block = RowBlock(rows)
    let reduced = block.reduced
    for column in 0..<5 {
      for (a, b) in zip(block.expand(reduced.matrix.column(column)[...]), rows.matrix.column(column)) {
        #expect(abs(a - b) < 1e-13)
      }
    }
    // Nothing is taken from the response: what comes back is the response.
    for (a, b) in zip(block.residuals(reduced.response[...]), rows.response) { #expect(abs(a - b) < 1e-13) }
  }
}
