// The test of proportional hazards: does a coefficient change with a function of time?

import NumericalMethods

/// The function of time against which hazards are checked for proportionality.
public enum TimeTransform: String, Sendable, Hashable, CaseIterable {
  /// 1 − S(t−) of all rows together: the default of R, robust against long tails.
  case kaplanMeier = "km"
  /// t itself.
  case identity
  /// log t.
  case log
  /// The rank of t among the event times.
  case rank
}

/// Score tests of proportional hazards, by term and for the whole model.
public struct ProportionalHazardsTest: Sendable {
  /// The test of one term, with all its degrees of freedom.
  public struct TermTest: Sendable, Hashable {
    /// As printed.
    public let name: String
    /// `nil` where the events cannot tell: all at one time, or none of the term's columns estimable.
    public let test: TestStatistic?
  }

  /// The time scale g of the test.
  public let transform: TimeTransform
  /// One per term, in the order of the model.
  public let terms: [TermTest]
  /// All terms at once; `nil` when it cannot be computed.
  public let global: TestStatistic?
  /// Scaled Schoenfeld residuals for plotting.
  public let residuals: ScaledResidualPoints
}

/// One point per event: the coefficient that each event speaks for, against time.
public struct ScaledResidualPoints: Sendable {
  /// Event times by stratum, ascending in each; and the function of time there.
  public let time: [Double]
  /// g(t) of each residual’s time.
  public let transformedTime: [Double]
  /// Row of the outcome and stratum code of each event.
  public let row: [Int]
  /// Stratum of each residual, from 0.
  public let stratum: [Int]
  /// One per column of the residuals.
  public let termNames: [String]
  /// Per term, one value per event: β + scaled residual for a term of one column; for a term of several columns 1 + the
  /// scaled residual of its linear predictor. Not-a-number in strata where the term does not vary.
  public let values: [[Double]]
  /// Per term, the variance of one value; a smooth's variance is this times its projection.
  public let variances: [Double]
}

extension CoxFit {
  /// Tests proportional hazards by the score test for adding x·g(t) to the model (Grambsch and Therneau 1994, in the
  /// form of R's `cox.zph` since 3.0: the full information, not its approximation by an average).
  ///
  /// **Returns** a χ² per term with as many degrees of freedom as it has columns, and one for all together; aliased
  /// columns are left out. Fits with the exact partial likelihood are tested in Breslow's form, as in R.
  ///
  /// - Parameters:
  ///   - transform: g; centred at the mean over events. `log` needs positive times.
  ///   - perTerm: false tests every column by itself.
  ///
  /// **Cost**: three times one iteration of the fit. **Checked against** zph-veteran-km, zph-colon-strata, zph-heart.
  public func proportionalHazardsTest(
    transform: TimeTransform = .kaplanMeier, perTerm: Bool = true
  ) -> ProportionalHazardsTest {
    let ties: TiesMethod = model.options.ties == .exactPartial ? .breslow : model.options.ties
    let terms = testedTerms(perTerm: perTerm)
    let function = TimeFunction(transform, outcome: model.outcome, layout: prepared.layout)
    // The risk scores are gone when the residuals are made.
    let (expanded, schoenfeld) = scoreAndResiduals(ties, function)
    let active = coefficients.indices.filter { !aliased.contains($0) }
    return ProportionalHazardsTest(
      transform: transform,
      terms: terms.map { term in
        ProportionalHazardsTest.TermTest(
          name: term.name,
          test: expanded.test(
            columns: term.columns, active: active,
            degreesOfFreedom: perTerm ? effectiveDegreesOfFreedom(term) : nil))
      },
      global: expanded.test(
        columns: active, active: active, degreesOfFreedom: penalized?.totalDegreesOfFreedom),
      residuals: scaledResiduals(
        schoenfeld, terms: terms, information: expanded.information, function: function))
  }

  private func scoreAndResiduals(
    _ ties: TiesMethod, _ function: TimeFunction
  ) -> (ExpandedScore, SchoenfeldResiduals) {
    let likelihood = prepared.likelihood(ties: ties, threads: model.options.threads)
    likelihood.move(to: prepared.scaled(coefficients))
    let expanded = ExpandedScore(
      likelihood, time: function, penalty: penalized.map { prepared.scaledPenalty($0.matrix) })
    return (expanded, SchoenfeldResiduals(likelihood))
  }

  private func effectiveDegreesOfFreedom(_ term: CoxTerm) -> Double? {
    guard let penalized, let index = model.design.terms.firstIndex(where: { $0.name == term.name }) else {
      return nil
    }
    return penalized.degreesOfFreedom[index]
  }

  private func testedTerms(perTerm: Bool) -> [CoxTerm] {
    let terms =
      perTerm ? model.design.terms : names.indices.map { CoxTerm(name: names[$0], columns: [$0]) }
    return terms.compactMap { term in
      let kept = term.columns.filter { !aliased.contains($0) }
      return kept.isEmpty ? nil : CoxTerm(name: term.name, columns: kept)
    }
  }
}

/// g at each event time, centred over events and brought to unit spread.
struct TimeFunction: Sendable {
  /// Not centred, per event time.
  let values: [Double]
  let standardized: [Double]
  let spread: Double

  init(_ transform: TimeTransform, outcome: SurvivalOutcome, layout: RiskSetLayout) {
    let times = outcome.order.times
    let byRank: [Double]
    switch transform {
    case .identity: byRank = times
    case .log: byRank = times.map { Elementary.log($0) }
    case .rank: byRank = Self.averageRanks(outcome)
    case .kaplanMeier: byRank = Self.lostSurvival(outcome)
    }
    let values = layout.timeRank.map { byRank[Int($0)] }
    var total = CompensatedSum()
    var count = 0.0
    for event in values.indices {
      let events = Double(layout.eventCount(event))
      total.add(events * values[event])
      count += events
    }
    let mean = total.value / count
    var squares = CompensatedSum()
    for event in values.indices {
      squares.add(Double(layout.eventCount(event)) * (values[event] - mean) * (values[event] - mean))
    }
    let spread = (squares.value / count).squareRoot()
    self.values = values
    self.spread = spread
    standardized = values.map { spread > 0 ? ($0 - mean) / spread : 0 }
  }

  /// Average rank of each distinct time among all rows.
  private static func averageRanks(_ outcome: SurvivalOutcome) -> [Double] {
    let first = outcome.order.firstPositions
    return outcome.order.times.indices.map { index in
      (Double(first[index]) + 1 + Double(first[index + 1])) / 2
    }
  }

  /// 1 − S(t−) by the Kaplan–Meier estimator of all rows, without strata or weights (as R).
  private static func lostSurvival(_ outcome: SurvivalOutcome) -> [Double] {
    let order = outcome.order
    var atRisk = [Double](repeating: 0, count: order.times.count + 1)
    var events = [Double](repeating: 0, count: order.times.count)
    for row in 0..<outcome.rowCount {
      atRisk[Int(order.entryRank.map { $0[row] } ?? 0)] += 1
      atRisk[Int(order.rank[row]) + 1] -= 1
      if outcome.event[row] != 0 { events[Int(order.rank[row])] += 1 }
    }
    var survival = 1.0
    var count = 0.0
    return order.times.indices.map { index in
      count += atRisk[index]
      let lost = 1 - survival
      if count > 0 { survival *= (count - events[index]) / count }
      return lost
    }
  }
}

/// Score and information of the model with x·g(t) added, at its coefficient 0.
private struct ExpandedScore {
  let score: [Double]
  let information: Matrix
  let crossInformation: Matrix
  let squareInformation: Matrix

  init(_ likelihood: PartialLikelihood, time: TimeFunction, penalty: Matrix?) {
    let first = likelihood.derivatives(multipliers: time.standardized)
    let plain = likelihood.derivatives().information
    let square = likelihood.derivatives(multipliers: time.standardized.map { $0 * $0 }).information
    score = first.score
    crossInformation = first.information
    information = penalty.map { plain + $0 } ?? plain
    // A penalty on the coefficient of x·g is one on that of the standardised function, in its unit.
    let unit = time.spread > 0 ? 1 / (time.spread * time.spread) : 1
    squareInformation = penalty.map { square + unit * $0 } ?? square
  }

  /// u' I⁻¹ u over all estimable coefficients and the time-dependent ones of `columns`.
  func test(columns: [Int], active: [Int], degreesOfFreedom: Double?) -> TestStatistic? {
    guard !columns.isEmpty else { return nil }
    let size = active.count + columns.count
    var matrix = Matrix(rowCount: size, columnCount: size)
    for (i, row) in active.enumerated() {
      for (j, column) in active.enumerated() { matrix[i, j] = information[row, column] }
      for (j, column) in columns.enumerated() {
        matrix[i, active.count + j] = crossInformation[row, column]
        matrix[active.count + j, i] = crossInformation[row, column]
      }
    }
    for (i, row) in columns.enumerated() {
      for (j, column) in columns.enumerated() {
        matrix[active.count + i, active.count + j] = squareInformation[row, column]
      }
    }
    let factorization = CholeskyFactorization(matrix)
    let lost = factorization.aliased.filter { $0 >= active.count }.count
    guard lost < columns.count else { return nil }
    let whitened = factorization.whiten(
      [Double](repeating: 0, count: active.count) + columns.map { score[$0] })
    return CoxFit.chiSquared(
      CompensatedSum.of(whitened.lazy.map { $0 * $0 }),
      degreesOfFreedom: degreesOfFreedom ?? Double(columns.count - lost))
  }
}
