// Gray's score by hand, and Fine and Gray's score and variance from the formulas of their paper, row by row.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct SubdistributionDerivationTests {
  /// R_k = Y_k (1 − F_k(t−)) / S_k(t−); z_A = Σ (d_A − d R_A / R).
  ///
  /// A: cause 1 at 1 and 5, cause 2 at 3. B: cause 1 at 2 and 6, censored at 4. R_A and R_B before the events of cause 1:
  /// 3 3, 2 3, 2 1, and at 6 nobody of A is left. z_A = (1 − 1/2) − 2/5 + (1 − 2/3) = 13/30.
  @Test func grayScoreByHand() throws {
    let outcome = try SurvivalOutcome(time: [1, 3, 5, 2, 4, 6], event: [1, 2, 1, 1, 0, 1])
    let groups = try GroupCodes(codes: [0, 0, 0, 1, 1, 1], names: ["A", "B"])
    let cause = try #require(try GrayTest.compare(outcome, groups: groups).causes.first)
    #expect(abs(cause.scores[0] - 13.0 / 30) < 1e-14)
    #expect(abs(cause.scores[1] + 13.0 / 30) < 1e-14)
  }

  /// Rows without ties.
  private struct Sample {
    let time: [Double]
    let event: [UInt8]
    let x: [[Double]]

    init(seed: UInt64, count: Int = 40) {
      var random = RandomGenerator(seed: seed)
      time = random.permutation(count).map { Double($0 + 1) }
      event = (0..<count).map { _ in UInt8(random.below(3)) }
      x = (0..<count).map { _ in [random.normal(), Double(random.below(2))] }
    }

    var rows: Range<Int> { time.indices }

    /// The probability of not being censored before t.
    func uncensored(before t: Double) -> Double {
      rows.filter { event[$0] == 0 && time[$0] < t }.reduce(1) { product, row in
        product * (1 - 1 / Double(rows.count { time[$0] >= time[row] }))
      }
    }

    /// Who is at risk counts 1; who had the competing event, G(t−)/G(T−).
    func weight(_ row: Int, at t: Double) -> Double {
      if time[row] >= t { return 1 }
      return event[row] == 2 ? uncensored(before: t) / uncensored(before: time[row]) : 0
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func fineGrayScoreAndVariance(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let rows = sample.rows
    var options = CoxOptions()
    options.scoreTolerance = 1e-12
    let fit = try FineGrayModel.fit(
      outcome: SurvivalOutcome(time: sample.time, event: sample.event), cause: 1,
      covariates: CoxDesign(
        [("x", sample.x.map { $0[0] }), ("z", sample.x.map { $0[1] })], rowCount: rows.count),
      options: options)
    let risk = sample.x.map { Elementary.exp($0[0] * fit.coefficients[0] + $0[1] * fit.coefficients[1]) }
    let deaths = rows.filter { sample.event[$0] == 1 }
    // At each event: the weights, their sum, the mean of x.
    let weights = deaths.map { death in rows.map { sample.weight($0, at: sample.time[death]) } }
    let totals = weights.map { weights in rows.reduce(0) { $0 + weights[$1] * risk[$1] } }
    let means = weights.indices.map { k in
      [0, 1].map { p in
        rows.reduce(0) { $0 + weights[k][$1] * risk[$1] * sample.x[$1][p] } / totals[k]
      }
    }
    var information = Matrix(rowCount: 2, columnCount: 2)
    var score = [0.0, 0]
    for (k, death) in deaths.enumerated() {
      for p in 0..<2 {
        score[p] += sample.x[death][p] - means[k][p]
        for q in 0..<2 {
          information[p, q] +=
            rows.reduce(0) { $0 + weights[k][$1] * risk[$1] * sample.x[$1][p] * sample.x[$1][q] } / totals[k]
            - means[k][p] * means[k][q]
        }
      }
    }
    for part in score { #expect(abs(part) < 1e-9) }
    // η + ψ of each row.
    func residual(_ row: Int, _ k: Int, _ p: Int) -> Double {
      let martingale = (row == deaths[k] ? 1 : 0) - risk[row] / totals[k]
      return (sample.x[row][p] - means[k][p]) * weights[k][row] * martingale
    }
    let censorings = rows.filter { sample.event[$0] == 0 }
    var middle = Matrix(rowCount: 2, columnCount: 2)
    let slopes = censorings.map { censored in
      [0, 1].map { p in
        var sum = 0.0
        for row in rows where sample.time[row] < sample.time[censored] {
          for k in deaths.indices where sample.time[deaths[k]] > sample.time[censored] {
            sum -= residual(row, k, p)
          }
        }
        return sum / Double(rows.count { sample.time[$0] >= sample.time[censored] })
      }
    }
    for row in rows {
      let influence = [0, 1].map { p in
        var sum = deaths.indices.reduce(0) { $0 + residual(row, $1, p) }
        for (index, censored) in censorings.enumerated() where sample.time[row] >= sample.time[censored] {
          let atRisk = Double(rows.count { sample.time[$0] >= sample.time[censored] })
          sum += slopes[index][p] * ((row == censored ? 1 : 0) - 1 / atRisk)
        }
        return sum
      }
      for p in 0..<2 { for q in 0..<2 { middle[p, q] += influence[p] * influence[q] } }
    }
    // I⁻¹ M I⁻¹ of two columns.
    let determinant = information[0, 0] * information[1, 1] - information[0, 1] * information[1, 0]
    var inverse = Matrix(rowCount: 2, columnCount: 2)
    (inverse[0, 0], inverse[1, 1]) = (information[1, 1] / determinant, information[0, 0] / determinant)
    (inverse[0, 1], inverse[1, 0]) = (-information[0, 1] / determinant, -information[1, 0] / determinant)
    for p in 0..<2 {
      for q in 0..<2 {
        var expected = 0.0
        for a in 0..<2 { for b in 0..<2 { expected += inverse[p, a] * middle[a, b] * inverse[b, q] } }
        #expect(abs(fit.variance[p, q] - expected) < 1e-9 * max(1, abs(expected)), "seed \(seed)")
      }
    }
  }
}
