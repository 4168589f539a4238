// Rate ratios over strata: Mantel and Haenszel's common ratio, and whether the strata agree on it.

import NumericalMethods

/// The rate of one group over that of another, common to all strata.
///
/// With a_i and b_i the events and t_i and u_i the person-time of the two groups in stratum i, m_i = a_i + b_i and
/// n_i = t_i + u_i: ratio R = Σ a_i u_i / n_i ÷ Σ b_i t_i / n_i.
public struct StratifiedRateRatio: Sendable, Hashable {
  /// As printed.
  public let name: String
  /// The group in the denominator.
  public let referenceName: String
  /// `nil` when either sum is 0: no events in one of the groups where the other was followed.
  public let ratio: Double?
  /// exp(log R ± z · √V), V = Σ m_i t_i u_i / n_i² ÷ (Σ a_i u_i / n_i · Σ b_i t_i / n_i) (Greenland and Robins).
  public let confidenceInterval: ConfidenceInterval
  /// (Σ a_i − Σ m_i t_i / n_i)² / Σ m_i t_i u_i / n_i² on 1 degree of freedom: whether the common ratio is 1.
  public let test: TestStatistic?
  /// Σ (a_i − E_i)² / V_i with E_i and V_i the mean and variance of a binomial on m_i events of share R t_i / (R t_i + u_i):
  /// whether the ratio is the same in all strata, on one degree of freedom less than there are strata with events.
  public let homogeneity: TestStatistic?
  /// Strata in which both groups were followed and an event occurred.
  public let stratumCount: Int

  /// - Parameters: rates of the two groups, stratum by stratum.
  ///
  /// Source: Rothman, Greenland and Lash, Modern Epidemiology, 3rd ed., chapter 15; Greenland and Robins 1985.
  /// Ratio and interval checked against Stata's manual (`ir`, British doctors); its test of homogeneity is of logarithms.
  public init(
    _ strata: [(rate: EventRate, reference: EventRate)], name: String, referenceName: String,
    confidenceLevel: Double
  ) {
    self.name = name
    self.referenceName = referenceName
    let used = strata.filter {
      $0.rate.personTime > 0 && $0.reference.personTime > 0
        && $0.rate.eventCount + $0.reference.eventCount > 0
    }.map { Stratum($0.rate, $0.reference) }
    stratumCount = used.count
    let above = CompensatedSum.of(used.map(\.above))
    let below = CompensatedSum.of(used.map(\.below))
    let spread = CompensatedSum.of(used.map(\.variance))
    let excess = CompensatedSum.of(used.map { $0.events - $0.expected })
    test = spread > 0 ? Self.chiSquared(excess * excess / spread, 1) : nil
    guard above > 0, below > 0 else {
      (ratio, confidenceInterval, homogeneity) = (nil, .notEstimable, nil)
      return
    }
    let common = above / below
    let error = (spread / (above * below)).squareRoot()
    let critical = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    ratio = common
    confidenceInterval = ConfidenceInterval(
      lower: common * Elementary.exp(-critical * error), upper: common * Elementary.exp(critical * error))
    homogeneity =
      used.count > 1
      ? Self.chiSquared(CompensatedSum.of(used.map { $0.distance(from: common) }), Double(used.count - 1))
      : nil
  }

  private struct Stratum {
    let events, total, time, referenceTime: Double

    init(_ rate: EventRate, _ reference: EventRate) {
      events = rate.eventCount
      total = rate.eventCount + reference.eventCount
      time = rate.personTime
      referenceTime = reference.personTime
    }

    var all: Double { time + referenceTime }
    var above: Double { events * (referenceTime / all) }
    var below: Double { (total - events) * (time / all) }
    var expected: Double { total * (time / all) }
    var variance: Double { total * (time / all) * (referenceTime / all) }

    func distance(from ratio: Double) -> Double {
      let share = ratio * time / (ratio * time + referenceTime)
      let difference = events - total * share
      return difference * difference / (total * share * (1 - share))
    }
  }

  private static func chiSquared(_ statistic: Double, _ degreesOfFreedom: Double) -> TestStatistic {
    TestStatistic(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom,
      pValue: ChiSquaredDistribution.upperTail(statistic, degreesOfFreedom: degreesOfFreedom))
  }
}

extension EventRates {
  /// Mantel–Haenszel ratios of every other group's rate over that of one group.
  ///
  /// - Parameters:
  ///   - outcome: follow-up of n rows, as for `estimate`.
  ///   - groups: the group of each row.
  ///   - strata: the stratum of each row.
  ///   - reference: number of the reference group; default the first.
  ///   - confidenceLevel: of the two-sided intervals; default 0.95.
  /// - Throws: `SurvivalInputError` as `estimate`, and for `groups` when there is no such group.
  ///
  /// Cost: O(n).
  public static func stratifiedRatios(
    _ outcome: SurvivalOutcome, groups: GroupCodes, strata: GroupCodes, reference: Int = 0,
    confidenceLevel: Double = 0.95
  ) throws(SurvivalInputError) -> [StratifiedRateRatio] {
    guard groups.names.indices.contains(reference) else { throw SurvivalInputError(.groups, .outOfRange) }
    let strata = try strata.validated(rowCount: outcome.rowCount, role: .strata)
    let cells = try GroupCodes(
      codes: zip(strata.codes, groups.codes).map { $0 * Int32(clamping: groups.count) + $1 },
      names: (0..<(strata.count * groups.count)).map(String.init))
    let rates = try estimate(outcome, groups: cells, confidenceLevel: confidenceLevel).groups
    return groups.names.indices.filter { $0 != reference }.map { group in
      StratifiedRateRatio(
        (0..<strata.count).map { stratum in
          (rates[stratum * groups.count + group], rates[stratum * groups.count + reference])
        }, name: groups.names[group], referenceName: groups.names[reference],
        confidenceLevel: confidenceLevel)
    }
  }
}
