// Factorizations by hand, against each other, and with aliased columns.

import NumericalMethods
import Testing

func expectEqual(
  _ got: Matrix, _ expected: Matrix, tolerance: Double = 1e-12, location: SourceLocation = #_sourceLocation
) {
  #expect(
    got.rowCount == expected.rowCount && got.columnCount == expected.columnCount, sourceLocation: location)
  for (a, b) in zip(got.elements, expected.elements) {
    #expect(
      isClose(a, b, relative: tolerance, absolute: tolerance), "\(a) and \(b)", sourceLocation: location)
  }
}

func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  var generator = RandomGenerator(seed: seed)
  return Matrix(columns: (0..<columns).map { _ in (0..<rows).map { _ in generator.normal() } })
}

struct LinearAlgebraTests {
  @Test func products() {
    let a = Matrix(rows: [[1, 2], [3, 4], [5, 6]])
    #expect(a.transposed * a == Matrix(rows: [[35, 44], [44, 56]]))
    #expect(a * [1, 1] == [3, 7, 11])
    #expect(a.column(1) == [2, 4, 6])
    #expect(a.row(2) == [5, 6])
    #expect(a.selecting(rows: [2, 0]) == Matrix(rows: [[5, 6], [1, 2]]))
    #expect((a.transposed * a).quadraticForm([1, -1]) == 3)
    #expect(Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 3]) == nil)
  }

  @Test func choleskyByHand() {
    // [[4, 2], [2, 3]]: D = (4, 2), L21 = ½; determinant 8; inverse 1/8 [[3, −2], [−2, 4]].
    let factor = CholeskyFactorization(Matrix(rows: [[4, 2], [2, 3]]))
    #expect(factor.pivots == [4, 2])
    expectClose(factor.logDeterminant, Elementary.log(8))
    expectEqual(factor.inverse, Matrix(rows: [[0.375, -0.25], [-0.25, 0.5]]))
    #expect(factor.solve([8, 7]) == [1.25, 1.5])
    let whitened = factor.whiten([8, 7])
    expectClose(whitened[0] * whitened[0] + whitened[1] * whitened[1], 8 * 1.25 + 7 * 1.5)
  }

  @Test func choleskySetsAliasedColumnsAside() {
    // Column 1 is twice column 0.
    let x = Matrix(columns: [[1, 2, 3, 4], [2, 4, 6, 8], [1, 0, 0, 1]])
    let factor = CholeskyFactorization(x.transposed * x)
    #expect(factor.aliased == [1])
    #expect(factor.rank == 2)
    #expect(factor.isNonNegativeDefinite)
    let inverse = factor.inverse
    #expect(inverse.row(1) == [0, 0, 0])
    let kept = CholeskyFactorization((x.transposed * x).block([0, 2])).inverse
    expectEqual(inverse.block([0, 2]), kept)
    let solution = factor.solve([5, 10, 1])
    #expect(solution[1] == 0)
    #expect(!CholeskyFactorization(Matrix(rows: [[1, 2], [2, 1]])).isNonNegativeDefinite)
    #expect(CholeskyFactorization(Matrix(rows: [[.nan, 0], [0, 1]])).aliased == [0])
    #expect(CholeskyFactorization(Matrix(rowCount: 0, columnCount: 0)).rank == 0)
  }

  @Test func choleskyInverseIsInverse() {
    let x = randomMatrix(30, 7, seed: 1)
    let gram = x.transposed * x
    expectEqual(CholeskyFactorization(gram).inverse * gram, .identity(7), tolerance: 1e-11)
  }

  @Test func qrByHand() {
    // A line through (0, 1), (1, 3), (2, 5) is exact: 1 + 2x; (X'X)⁻¹ = [[5, −3], [−3, 3]] / 6.
    let qr = PivotedQR(Matrix(columns: [[1, 1, 1], [0, 1, 2]]))
    #expect(qr.rank == 2)
    let solution = qr.solve([1, 3, 5])
    expectClose(solution[0], 1)
    expectClose(solution[1], 2)
    expectEqual(qr.inverseCrossProduct, Matrix(rows: [[5.0 / 6, -0.5], [-0.5, 0.5]]))
    let leverages = qr.leverages
    expectClose(leverages[0], 5.0 / 6)
    expectClose(leverages[1], 1.0 / 3)
    expectClose(qr.logDeterminant, Elementary.log(6))
    // Effects keep the norm: 1 + 9 + 25.
    expectClose(qr.effects([1, 3, 5]).reduce(0) { $0 + $1 * $1 }, 35)
  }

  @Test func qrMovesAliasedColumnsToTheEnd() {
    let qr = PivotedQR(
      Matrix(columns: [[1, 1, 1, 1], [2, 2, 2, 2], [1, 2, 3, 5], [0, 1, 2, 4], [1, 0, 0, 0]]))
    #expect(qr.rank == 3)
    #expect(qr.pivot == [0, 2, 4, 1, 3])
    #expect(qr.aliased == [1, 3])
    let solution = qr.solve([1, 2, 3, 5])
    #expect(solution[1] == 0 && solution[3] == 0)
    expectClose(solution[2], 1)
    #expect(PivotedQR(Matrix(columns: [[0, 0, 0]])).rank == 0)
    #expect(PivotedQR(Matrix(columns: [[.nan, 0, 0], [1, 2, 3]])).aliased == [0])
  }

  @Test func qrToleranceIsThatOfR() {
    // R: lm(c(1, 3, 2, 5) ~ x)$rank is 2 with x = 1e6 + 1:4 and 1 with x = 1e9 + 1:4.
    let ones = [1.0, 1, 1, 1]
    #expect(PivotedQR(Matrix(columns: [ones, [1, 2, 3, 4].map { 1e6 + $0 }])).rank == 2)
    #expect(PivotedQR(Matrix(columns: [ones, [1, 2, 3, 4].map { 1e9 + $0 }])).rank == 1)
  }

  @Test func qrAndCholeskyAgree() {
    let x = randomMatrix(40, 6, seed: 3)
    let y = randomMatrix(40, 1, seed: 4).column(0)
    let qr = PivotedQR(x)
    let cholesky = CholeskyFactorization(x.transposed * x)
    expectEqual(qr.inverseCrossProduct, cholesky.inverse)
    for (a, b) in zip(qr.solve(y), cholesky.solve(x.transposed * y)) { expectClose(a, b, relative: 1e-11) }
    for (a, b) in zip(qr.fitted(y), x * qr.solve(y)) { expectClose(a, b, relative: 1e-11, absolute: 1e-12) }
    // More columns than rows: the first rows' worth is estimable.
    #expect(PivotedQR(randomMatrix(4, 6, seed: 8)).rank == 4)
  }

  @Test func quadraticFormOfOneRow() {
    // A line through three points: the variance of the mean at x is 1/3 + (x − 1)² / 2.
    let qr = PivotedQR(Matrix(columns: [[1, 1, 1], [0, 1, 2], [0, 2, 4]]))
    expectClose(qr.quadraticForm([1, 3, 0]), 1.0 / 3 + 2)
    // Far from zero the inverse would have lost these digits.
    let far = PivotedQR(Matrix(columns: [[1, 1, 1], [1e6, 1e6 + 1, 1e6 + 2]]))
    expectClose(far.quadraticForm([1, 1e6 + 3]), 1.0 / 3 + 2, relative: 1e-8)
  }

  @Test func generalSystems() {
    let a = Matrix(rows: [[0, 2, 1], [1, 0, 0], [3, 1, 2]])
    let factor = LUFactorization(a)
    let solution = factor.solve([7, 1, 12])
    for (got, expected) in zip(solution ?? [], [1, 5.0 / 3, 11.0 / 3]) { expectClose(got, expected) }
    if let inverse = factor.inverse { expectEqual(inverse * a, .identity(3)) }
    #expect(LUFactorization(Matrix(rows: [[1, 2], [2, 4]])).solve([1, 2]) == nil)
  }

  @Test func eigenvalues() {
    // [[2, 1], [1, 2]]: 3 and 1.
    let pair = SymmetricEigen(Matrix(rows: [[2, 1], [1, 2]]))
    expectClose(pair.values[0], 3)
    expectClose(pair.values[1], 1)
    expectClose(pair.vectors[0, 0], 0.5.squareRoot())
    let x = randomMatrix(20, 5, seed: 12)
    let gram = x.transposed * x
    let eigen = SymmetricEigen(gram)
    #expect(eigen.status == .converged)
    expectEqual(eigen.vectors * .diagonal(eigen.values) * eigen.vectors.transposed, gram)
    #expect(SymmetricEigen(.diagonal([1, 5, 3])).values == [5, 3, 1])
  }
}
