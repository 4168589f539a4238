// From the counts of the strata to the score and its variance.

import NumericalMethods

/// Weighted observed and expected events of some groups, summed over the strata, with the variance of their difference.
struct LogRankSolution {
  private(set) var observed: [Double]
  private(set) var expected: [Double]
  private(set) var events: [Double]
  /// k × k, row after row.
  private var variance: [Double]
  private let groupCount: Int

  /// - Parameters:
  ///   - tally: units are `stratum * groupsPerStratum + group`.
  ///   - groups: the groups to compare, by number.
  init(_ tally: EventTally, groupsPerStratum: Int, groups: [Int], weight: LogRankWeight) {
    groupCount = groups.count
    observed = [Double](repeating: 0, count: groupCount)
    expected = observed
    events = observed
    variance = [Double](repeating: 0, count: groupCount * groupCount)
    for first in stride(from: 0, to: tally.units.count, by: max(groupsPerStratum, 1)) {
      add(StratumScan(tally, units: groups.map { first + $0 }), weighing: LogRankWeighing(weight))
    }
  }

  private mutating func add(_ stratum: StratumScan, weighing: LogRankWeighing) {
    var scan = stratum
    var weighing = weighing
    while scan.next() {
      var died = 0.0
      var atRisk = 0.0
      for group in 0..<groupCount {
        died += scan.leaving[groupCount + group]
        atRisk += scan.atRisk[group]
      }
      guard died > 0 else { continue }
      let weight = weighing.next(events: died, atRisk: atRisk)
      let spread = atRisk > 1 ? weight * weight * died * (atRisk - died) / (atRisk - 1) : 0
      for group in 0..<groupCount {
        let share = scan.atRisk[group] / atRisk
        observed[group] += weight * scan.leaving[groupCount + group]
        events[group] += scan.leaving[groupCount + group]
        expected[group] += weight * died * share
        guard spread > 0, share > 0 else { continue }
        for other in 0...group {
          let covariance = (other == group ? share : 0) - share * scan.atRisk[other] / atRisk
          variance[group * groupCount + other] += spread * covariance
        }
      }
    }
  }

  var varianceMatrix: Matrix {
    var matrix = Matrix(rowCount: groupCount, columnCount: groupCount)
    for group in 0..<groupCount {
      for other in 0...group {
        matrix[group, other] = variance[group * groupCount + other]
        matrix[other, group] = variance[group * groupCount + other]
      }
    }
    return matrix
  }

  var scores: [Double] { zip(observed, expected).map { $0 - $1 } }

  /// (O − E)' V⁻ (O − E) over the groups that were ever at risk at an event time; `nil` when they cannot be compared.
  var test: TestStatistic? {
    let compared = (0..<groupCount).filter { expected[$0] > 0 }
    // The scores add up to zero: one group is redundant.
    let free = Array(compared.dropFirst())
    guard !free.isEmpty else { return nil }
    let factorization = CholeskyFactorization(varianceMatrix.block(free))
    guard factorization.rank > 0 else { return nil }
    let scores = scores
    let whitened = factorization.whiten(free.map { scores[$0] })
    let statistic = whitened.reduce(0) { $0 + $1 * $1 }
    let degreesOfFreedom = Double(factorization.rank)
    return TestStatistic(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: degreesOfFreedom))
  }
}
