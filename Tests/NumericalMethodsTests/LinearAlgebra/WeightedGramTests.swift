// Sums over rows: right, and with the same bits for all threads and processor levels.

import Testing

@testable import NumericalMethods

struct WeightedGramTests {
  @Test func byHand() {
    let x = Matrix(columns: [[1, 1, 1], [1, 2, 3]])
    #expect(WeightedGram.matrix(x, weights: [1, 2, 1]) == Matrix(rows: [[4, 8], [8, 18]]))
    #expect(WeightedGram.matrix(x) == Matrix(rows: [[3, 6], [6, 14]]))
    #expect(WeightedGram.columnSums(x, vector: [1, 0, 2]) == [3, 7])
    #expect(WeightedGram.sum([1, 2, 3.5]) == 6.5)
    #expect(WeightedGram.dot([1, 2], [3, 4]) == 11)
    #expect(WeightedGram.sum([]) == 0)
    #expect(WeightedGram.matrix(Matrix(rowCount: 0, columnCount: 2)) == Matrix(rowCount: 2, columnCount: 2))
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 17]) func agreesWithPlainSums(columnCount: Int) {
    let x = randomMatrix(WeightedGram.chunkSize + 13, columnCount, seed: 5)
    let w = randomMatrix(x.rowCount, 1, seed: 6).column(0).map { $0 * $0 }
    var weighted = x
    for column in 0..<columnCount { for row in 0..<x.rowCount { weighted[row, column] *= w[row] } }
    expectEqual(WeightedGram.matrix(x, weights: w), x.transposed * weighted, tolerance: 1e-11)
    let sums = WeightedGram.columnSums(x, vector: w)
    for (a, b) in zip(sums, x.transposed * w) { expectClose(a, b, relative: 1e-11, absolute: 1e-11) }
    var predictor = [Double](repeating: 1, count: x.rowCount)
    let coefficients = (1...columnCount).map(Double.init)
    ColumnPointers.with(x) { columns in
      predictor.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress {
          WeightedGram.addLinearPredictor(columns, coefficients: coefficients, into: base)
        }
      }
    }
    for (a, b) in zip(predictor, x * coefficients) { expectClose(a, b + 1, relative: 1e-11, absolute: 1e-11) }
  }

  @Test func sameBitsForAllThreadsAndLevels() {
    let x = randomMatrix(3 * WeightedGram.chunkSize + 777, 11, seed: 21)
    let w = randomMatrix(x.rowCount, 1, seed: 22).column(0).map { $0 * $0 }
    let reference = WeightedGram.matrix(x, weights: w)
    #expect(WeightedGram.matrix(x, weights: w, threads: 2) == reference)
    #expect(WeightedGram.matrix(x, weights: w, threads: 7) == reference)
    for level: Int32 in 0...2 { #expect(WeightedGram.matrix(x, weights: w, level: level) == reference) }
    #expect(
      WeightedGram.columnSums(x, vector: w, threads: 3) == WeightedGram.columnSums(x, vector: w, threads: 1))
  }

  @Test func columnsFromArrays() {
    let gram = ColumnPointers.with([[1.0, 2], [3.0, 4]]) { WeightedGram.matrix($0, weights: nil) }
    #expect(gram == Matrix(rows: [[5, 11], [11, 25]]))
  }
}
