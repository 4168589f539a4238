// One stratum's part in Gray's scores and their variance, as time runs.

import NumericalMethods

/// One stratum as time runs.
///
/// The variance of a group's score is a sum over events: an event of group k enters with a factor q and coefficients
/// y_i = a_ik (cause of interest only) + u (C_ik(∞) − C_ik(s)), one per group i. The sums are carried along as C grows.
struct GrayStratum {
  private(set) var scores: [Double]
  private(set) var variance: Matrix

  private let groupCount: Int
  private let rho: Double
  /// Event-free probability and incidence of each group just before the current time.
  private var free: [Double]
  private var incidence: [Double]
  /// Incidence under the hypothesis that it is the same in all groups.
  private var pooled = 0.0
  /// Per group k: Σ q u y_i for each i, and Σ q u².
  private var products: [[Double]]
  private var curvature: [Double]

  init(groupCount: Int, rho: Double) {
    self.groupCount = groupCount
    self.rho = rho
    scores = [Double](repeating: 0, count: groupCount)
    variance = Matrix(rowCount: groupCount, columnCount: groupCount)
    free = [Double](repeating: 1, count: groupCount)
    incidence = scores
    products = [[Double]](repeating: scores, count: groupCount)
    curvature = scores
  }

  /// What holds at one time at which some group has an event.
  private struct Moment {
    var own: [Double]
    var other: [Double]
    var atRisk: [Double]
    /// Groups with somebody at risk.
    var present: [Int]
    /// n / S(t−): the number who would stand at risk had nobody left by another event.
    var standing: [Double]
    var standingTotal: Double
    var ownTotal: Double
    /// Values just after the time.
    var pooledAfter: Double
    var freeAfter: [Double]
  }

  /// Takes in one time.
  ///
  /// - Parameters:
  ///   - own: events of the cause of interest by group.
  ///   - other: events of the other causes by group.
  ///   - atRisk: number at risk by group just before the time.
  mutating func add(own: [Double], other: [Double], atRisk: [Double]) {
    let ownTotal = own.reduce(0, +)
    guard ownTotal + other.reduce(0, +) > 0, pooled < 1 else { return }
    let present = (0..<groupCount).filter { atRisk[$0] > 0 && free[$0] > 0 }
    var standing = [Double](repeating: 0, count: groupCount)
    var freeAfter = free
    for group in present {
      standing[group] = atRisk[group] / free[group]
      let left = atRisk[group] - own[group] - other[group]
      freeAfter[group] = free[group] * left / atRisk[group]
    }
    let total = standing.reduce(0, +)
    guard total > 0 else { return }
    let moment = Moment(
      own: own, other: other, atRisk: atRisk, present: present, standing: standing, standingTotal: total,
      ownTotal: ownTotal, pooledAfter: pooled + ownTotal / total, freeAfter: freeAfter)
    if ownTotal > 0 { addOwnEvents(moment) }
    addOtherEvents(moment)
    for group in present { incidence[group] += free[group] * own[group] / atRisk[group] }
    free = freeAfter
    pooled = moment.pooledAfter
  }

  private mutating func addOwnEvents(_ moment: Moment) {
    let weight = rho == 0 ? 1 : Elementary.pow(1 - pooled, rho)
    addScores(moment, weight: weight)
    for group in moment.present {
      let share = moment.standing[group] * weight
      var coefficients = moment.standing.map { -share * $0 / moment.standingTotal }
      coefficients[group] += share
      let rate = moment.ownTotal / (moment.standingTotal * (1 - pooled))
      grow(group, by: coefficients.map { $0 * rate })

      let after = moment.freeAfter[group]
      let slope = after > 0 ? 1 - (1 - moment.pooledAfter) / after : 1
      let effective = moment.standingTotal * free[group]
      let ties = moment.ownTotal > 1 ? 1 - (moment.ownTotal - 1) / (effective - 1) : 1
      let factor = ties * free[group] * moment.ownTotal / (moment.standingTotal * moment.atRisk[group])
      for row in 0..<groupCount {
        for column in 0..<groupCount {
          variance[row, column] += factor * coefficients[row] * coefficients[column]
        }
        products[group][row] += factor * slope * coefficients[row]
      }
      curvature[group] += factor * slope * slope
    }
  }

  /// Observed events less the share expected from those who have not had the event of interest.
  private mutating func addScores(_ moment: Moment, weight: Double) {
    var exposed = moment.standing
    for group in moment.present { exposed[group] *= 1 - incidence[group] }
    let total = exposed.reduce(0, +)
    for group in moment.present where total > 0 {
      scores[group] += weight * (moment.own[group] - moment.ownTotal * exposed[group] / total)
    }
  }

  private mutating func addOtherEvents(_ moment: Moment) {
    for group in moment.present where moment.other[group] > 0 && moment.freeAfter[group] > 0 {
      let (count, atRisk) = (moment.other[group], moment.atRisk[group])
      let slope = (1 - moment.pooledAfter) / moment.freeAfter[group]
      let ties = count > 1 ? 1 - (count - 1) / (atRisk - 1) : 1
      let share = free[group] / atRisk
      curvature[group] += ties * share * share * count * slope * slope
    }
  }

  /// C of the group grows: the coefficients of all its earlier events move along.
  private mutating func grow(_ group: Int, by growth: [Double]) {
    for row in 0..<groupCount {
      for column in 0..<groupCount {
        variance[row, column] +=
          growth[row] * products[group][column] + growth[column] * products[group][row]
        variance[row, column] += growth[row] * growth[column] * curvature[group]
      }
    }
    for row in 0..<groupCount { products[group][row] += growth[row] * curvature[group] }
  }
}
