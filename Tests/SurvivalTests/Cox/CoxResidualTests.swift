// Residuals of Cox fits: their sums, and R's values.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct CoxResidualTests {
  @Test(arguments: ["cox"])
  func agreeWithR(_ analysis: String) throws {
    for reference in try CoxReferenceCase.all(analysis) where !reference.id.hasPrefix("behave") {
      guard reference.spec["residuals"] != nil, let fit = try CoxReferenceTests().fitted(reference) else {
        continue
      }
      check(reference, "martingale", Matrix(columns: [fit.martingaleResiduals]), [""])
      check(reference, "deviance", Matrix(columns: [fit.devianceResiduals]), [""])
      guard let score = fit.scoreResiduals, let dfbeta = fit.dfbetaResiduals() else { continue }
      check(reference, "score", score, fit.names)
      check(reference, "dfbeta", dfbeta, fit.names)
      check(reference, "schoenfeld", try #require(fit.schoenfeldResiduals()).values, fit.names)
      check(reference, "scaledsch", try #require(fit.schoenfeldResiduals(scaled: true)).values, fit.names)
    }
  }

  private func check(_ reference: CoxReferenceCase, _ type: String, _ values: Matrix, _ names: [String]) {
    for (column, name) in names.enumerated() {
      var squares = 0.0
      for row in 0..<values.rowCount { squares += values[row, column] * values[row, column] }
      for row in 0..<5 {
        reference.check(
          "resid.\(type)", name.isEmpty ? ["\(row + 1)"] : [name, "\(row + 1)"], values[row, column])
      }
      reference.check("resid.\(type).ss", name.isEmpty ? [] : [name], squares)
    }
  }

  /// What is added up in passing is what the residuals by row add up to.
  @Test func sumsAreThoseOfTheRows() throws {
    for id in ["cox-lung-weights", "cox-bladder-pwp", "cox-heart-tdc", "cox-colon-cluster"] {
      let reference = try #require(try CoxReferenceCase.all("cox").first { $0.id == id })
      let fit = try #require(try CoxReferenceTests().fitted(reference))
      for (sums, rows) in [
        (fit.scoreResidualSums(first: 5), fit.scoreResiduals),
        (fit.dfbetaResidualSums(first: 5), fit.dfbetaResiduals()),
      ] {
        let (sums, rows) = (try #require(sums), try #require(rows))
        for column in 0..<rows.columnCount {
          let values = rows.column(column)
          #expect(sums.firstRows[column] == Array(values.prefix(5)))
          let squares = CompensatedSum.of(values.lazy.map { $0 * $0 })
          #expect(abs(sums.sumOfSquares[column] - squares) <= 1e-14 * squares)
        }
      }
    }
  }

  /// Weighted martingale and score residuals add up to zero in every stratum's fit.
  @Test func sumsAreZero() throws {
    for id in ["cox-lung-weights", "cox-bladder-pwp", "cox-heart-tdc", "cox-colon-cluster"] {
      let reference = try CoxReferenceCase.named(id, in: "cox")
      let fit = try #require(try CoxReferenceTests().fitted(reference))
      let weights = fit.model.outcome.weights ?? [Double](repeating: 1, count: fit.observationCount)
      let sum = zip(weights, fit.martingaleResiduals).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(sum) < 1e-9 * Double(fit.eventCount))
      let scores = try #require(fit.scoreResiduals)
      for column in 0..<scores.columnCount {
        let values = scores.column(column)
        let total = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
        let size = values.reduce(0) { $0 + abs($1) }
        #expect(abs(total) < 1e-9 * size)
      }
    }
  }

  /// The robust variance is the sum of squares of dfbeta residuals over clusters.
  @Test func dfbetaGiveTheRobustVariance() throws {
    let reference = try CoxReferenceCase.named("cox-bladder-ag", in: "cox")
    let fit = try #require(try CoxReferenceTests().fitted(reference))
    let clusters = try #require(fit.model.clusters)
    let collapsed = CoxFit.collapsing(try #require(fit.dfbetaResiduals()), by: clusters)
    let robust = try #require(fit.robustVariance)
    let sum = collapsed.transposed * collapsed
    for column in 0..<robust.columnCount {
      #expect(abs(sum[column, column] - robust[column, column]) < 1e-12)
    }
  }
}
