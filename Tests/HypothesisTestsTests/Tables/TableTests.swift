// Tests of contingency tables by hand and against R.

import HypothesisTests
import Testing

struct TableTests {
  private func table(_ values: [Double], rows: Int) throws -> ContingencyTable {
    let width = values.count / rows
    return try ContingencyTable(
      counts: (0..<rows).map { row in values[(row * width)..<((row + 1) * width)].map { Int($0) } })
  }

  @Test func fisherTwoByTwoMeetsR() throws {
    for row in RValues.fisherTwo {
      let test = try FisherExactTest.test(try table(row[0], rows: 2))
      expectClose(test.pValue, row[1][0], relative: 1e-10)
      // R finds the reciprocal of a large limit to about 1e-4 only; a table without freedom has odds ratio 0 there.
      if row[1][1] > 0 { expectClose(test.oddsRatio, row[1][1], relative: 2e-4) }
      expectClose(test.limits.lower, row[1][2], relative: 1e-3, absolute: 1e-4)
      expectClose(test.limits.upper, row[1][3], relative: 1e-2, absolute: 1e-4)
    }
  }

  @Test func fisherByHand() throws {
    // Fisher's tea: 3 of 4 right. P = (16 + 1) / 70 on each side.
    let test = try FisherExactTest.test(try ContingencyTable(counts: [[3, 1], [1, 3]]))
    expectClose(test.pValue, 34.0 / 70)
    expectClose(test.sampleOddsRatio, 9)
    // The limits solve P(X ≥ 3) = 0.025 and P(X ≤ 3) = 0.025: 1 + 16ψ + 36ψ² + 16ψ³ + ψ⁴.
    let psi = test.limits.lower ?? 0
    let weights = [1, 16 * psi, 36 * psi * psi, 16 * psi * psi * psi, psi * psi * psi * psi]
    expectClose((weights[3] + weights[4]) / weights.reduce(0, +), 0.025)
    let odds = test.oddsRatio ?? 0
    let at = [1, 16 * odds, 36 * odds * odds, 16 * odds * odds * odds, odds * odds * odds * odds]
    expectClose((at[1] + 2 * at[2] + 3 * at[3] + 4 * at[4]) / at.reduce(0, +), 3)
  }

  @Test func fisherManyMeetsR() throws {
    for row in RValues.fisherMany {
      let counts = try table(row[1], rows: Int(row[0][0]))
      let test = try FisherExactTest.test(counts)
      expectClose(test.pValue, row[2][0], relative: 1e-7)
      let simulated = try FisherExactTest.simulated(counts, replicates: 2000, seed: 3)
      expectClose(simulated.pValue, row[2][0], absolute: 0.05)
      #expect(simulated.status == .simulated)
    }
  }

  @Test func fisherSaysWhenItIsTooMuch() throws {
    let big = try ContingencyTable(counts: (0..<6).map { row in (0..<6).map { 40 + ($0 * row) % 5 } })
    let test = try FisherExactTest.test(big, entryLimit: 1000)
    #expect(test.status == .tooLarge && test.pValue == nil)
    // A level without observations changes nothing; a single column leaves nothing to vary.
    let empty = try ContingencyTable(counts: [[3, 0, 2], [1, 0, 4], [1, 0, 0]])
    let without = try ContingencyTable(counts: [[3, 2], [1, 4], [1, 0]])
    #expect(try FisherExactTest.test(empty).pValue == (try FisherExactTest.test(without).pValue))
    #expect(try FisherExactTest.test(try ContingencyTable(counts: [[3, 0], [2, 0], [1, 0]])).pValue == 1)
    #expect(throws: TestInputError.tableShape) {
      try FisherExactTest.test(try ContingencyTable(counts: [[1, 2]]))
    }
  }

  @Test func chiSquaredByHand() throws {
    // [[10, 20], [20, 10]]: expected 15 everywhere: 4 × 25/15, with Yates 4 × 4.5²/15.
    let counts = try ContingencyTable(counts: [[10, 20], [20, 10]])
    expectClose(ChiSquaredTest.test(counts, continuityCorrection: false).statistic, 20.0 / 3)
    expectClose(ChiSquaredTest.test(counts).statistic, 5.4)
    // Nothing to correct when observed and expected are less than ½ apart.
    expectClose(
      ChiSquaredTest.test(try ContingencyTable(counts: [[10, 10], [10, 10]])).statistic, 0)
    let empty = ChiSquaredTest.test(try ContingencyTable(counts: [[3, 0], [2, 0]]))
    #expect(empty.statistic == nil && empty.leastExpected == 0)
    #expect(throws: TestInputError.invalidCount(row: 1, column: 0)) {
      try ContingencyTable(counts: [[1, 2], [-1, 0]])
    }
    #expect(throws: TestInputError.tableShape) { try ContingencyTable(counts: [[1, 2], [1]]) }
    let coded = try ContingencyTable(
      rows: [0, 1, 1, -1], columns: [0, 0, 1, 1], rowCount: 2, columnCount: 2)
    #expect(coded.counts == [[1, 0], [1, 1]])
  }

  @Test func mcNemarMeetsR() throws {
    for row in RValues.mcNemar {
      let counts = try table(row[0], rows: 2)
      let corrected = try McNemarTest.test(counts)
      let plain = try McNemarTest.test(counts, continuityCorrection: false)
      expectClose(corrected.statistic, row[1][0])
      expectClose(corrected.pValue, row[1][1])
      expectClose(plain.statistic, row[1][2])
      expectClose(plain.pValue, row[1][3])
    }
    // Bowker: 3 × 3 with pairs (2, 4), (1, 5), (3, 3): 4/6 + 16/6 + 0.
    let three = try ContingencyTable(counts: [[9, 2, 1], [4, 9, 3], [5, 3, 9]])
    expectClose(try McNemarTest.test(three).statistic, 20.0 / 6)
    #expect(try McNemarTest.test(three).degreesOfFreedom == 3)
    #expect(try McNemarTest.test(try ContingencyTable(counts: [[9, 0], [0, 9]])).pValue == nil)
  }
}
