// From the counts of the strata to Gray's scores and their variance.

import NumericalMethods

/// Gray's scores for one cause, summed over the strata, with their variance.
struct GraySolution {
  private(set) var scores: [Double]
  private(set) var variance: Matrix

  init(_ tally: EventTally, groupsPerStratum: Int, groups: [Int], cause: Int, rho: Double) {
    scores = [Double](repeating: 0, count: groups.count)
    variance = Matrix(rowCount: groups.count, columnCount: groups.count)
    for first in stride(from: 0, to: tally.units.count, by: max(groupsPerStratum, 1)) {
      var stratum = GrayStratum(groupCount: groups.count, rho: rho)
      var scan = StratumScan(tally, units: groups.map { first + $0 })
      while scan.next() {
        let own = (0..<groups.count).map { scan.leaving[cause * groups.count + $0] }
        let other = (0..<groups.count).map { group in
          (1..<tally.outcomeCount).reduce(0) { sum, outcome in
            outcome == cause ? sum : sum + scan.leaving[outcome * groups.count + group]
          }
        }
        stratum.add(own: own, other: other, atRisk: scan.atRisk)
      }
      for group in groups.indices { scores[group] += stratum.scores[group] }
      variance = variance + stratum.variance
    }
  }

  var test: TestStatistic? {
    // The scores add up to zero: the last group is redundant.
    let free = Array(0..<max(scores.count - 1, 0))
    let factorization = CholeskyFactorization(variance.block(free))
    guard factorization.rank > 0, variance.allFinite else { return nil }
    let whitened = factorization.whiten(free.map { scores[$0] })
    let statistic = whitened.reduce(0) { $0 + $1 * $1 }
    let degreesOfFreedom = Double(factorization.rank)
    return TestStatistic(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: degreesOfFreedom))
  }
}
