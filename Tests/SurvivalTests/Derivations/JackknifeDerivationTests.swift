// Robust variances once more from their definition: Σ over clusters of (Σ w ∂estimate/∂w)², by differences in the weights.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct JackknifeDerivationTests {
  /// Rows full of ties, with weights, and entry times in every second sample.
  private struct Sample {
    var time: [Double] = []
    var event: [UInt8] = []
    var entry: [Double]?
    var weights: [Double] = []
    var x: [Double] = []
    var z: [Double] = []
    var cluster: [Int32] = []
    var stratum: [Int32] = []

    init(seed: Int, causes: Int = 1, count: Int = 30) {
      var random = RandomGenerator(seed: UInt64(seed))
      for row in 0..<count {
        time.append(Double(2 + random.below(9)))
        event.append(UInt8(random.below(causes + 2) % (causes + 1)))
        weights.append(Double(1 + random.below(12)) / 4)
        x.append(random.normal())
        z.append(Double(random.below(2)))
        cluster.append(Int32(seed % 3 == 0 ? row : row % 7))
        stratum.append(Int32(random.below(2)))
      }
      if seed % 2 == 0 { entry = time.map { Double(random.below(Int($0) / 2 + 1)) } }
    }

    func outcome(_ weights: [Double]) throws -> SurvivalOutcome {
      try SurvivalOutcome(time: time, event: event, entry: entry, weights: weights)
    }

    var clusters: GroupCodes {
      get throws { try GroupCodes(codes: cluster, names: (0..<time.count).map { "\($0)" }, role: .clusters) }
    }

    /// The standard error of each number that `estimate` gives.
    func errors(_ estimate: ([Double]) throws -> [Double]) throws -> [Double] {
      var sums = [[Double]](repeating: [], count: time.count)
      for row in weights.indices {
        let step = 1e-4 * weights[row]
        var (more, less) = (weights, weights)
        more[row] += step
        less[row] -= step
        let change = zip(try estimate(more), try estimate(less)).map { ($0 - $1) * weights[row] / (2 * step) }
        let index = Int(cluster[row])
        sums[index] = sums[index].isEmpty ? change : zip(sums[index], change).map(+)
      }
      let used = sums.filter { !$0.isEmpty }
      return (used.first ?? []).indices.map { part in
        used.reduce(0) { $0 + $1[part] * $1[part] }.squareRoot()
      }
    }
  }

  private func expectNear(_ found: [Double?], _ expected: [Double], _ comment: Comment) {
    #expect(found.count == expected.count, comment)
    for (found, expected) in zip(found, expected) {
      #expect(abs((found ?? .nan) - expected) <= 1e-6 * max(expected, 1e-3), comment)
    }
  }

  @Test(arguments: 1...6, KaplanMeierOptions.SurvivalEstimator.allCases)
  func survivalHazardAndRestrictedMean(seed: Int, estimator: KaplanMeierOptions.SurvivalEstimator) throws {
    let sample = Sample(seed: seed)
    let tied = seed % 4 == 1
    let options = KaplanMeierOptions(
      survivalEstimator: estimator, hazardEstimator: tied ? .tieCorrected : .nelsonAalen, variance: .robust)
    func curve(_ weights: [Double]) throws -> SurvivalCurve {
      let outcome = try sample.outcome(weights)
      let estimate = try KaplanMeier.estimate(outcome, clusters: try sample.clusters, options: options)
      return try #require(estimate.curves.first)
    }
    let expected = try sample.errors { weights in
      let curve = try curve(weights)
      return [3.0, 5, 8].map { curve.at($0).survival ?? 0 } + [curve.at(5).cumulativeHazard ?? 0]
        + [4.0, 7.5, 20].map { curve.restrictedMean(upTo: $0).mean ?? 0 }
    }
    let found = try curve(sample.weights)
    expectNear(
      [3.0, 5, 8].map { found.at($0).standardError } + [found.at(5).cumulativeHazardStandardError]
        + [4.0, 7.5, 20].map { found.restrictedMean(upTo: $0).standardError },
      expected, "seed \(seed), \(estimator)")
  }

  @Test(arguments: 1...6) func cumulativeIncidence(seed: Int) throws {
    let sample = Sample(seed: seed, causes: 2)
    func causes(_ weights: [Double]) throws -> [CauseIncidence] {
      let outcome = try sample.outcome(weights)
      let estimate = try CumulativeIncidence.estimate(
        outcome, causeCount: 2, clusters: try sample.clusters)
      return try #require(estimate.groups.first).causes
    }
    let times = [3.0, 5, 8]
    let expected = try sample.errors { weights in
      try causes(weights).flatMap { cause in times.map { cause.at($0).cumulativeIncidence ?? 0 } }
    }
    let found = try causes(sample.weights).flatMap { cause in
      times.map { cause.at($0).jackknifeStandardError }
    }
    expectNear(found, expected, "seed \(seed)")
  }

  /// Also by Efron's method, where a row's weight moves the mean weight of the events it is tied with.
  @Test(arguments: 1...6, [TiesMethod.efron, .breslow]) func coxModel(seed: Int, ties: TiesMethod) throws {
    let sample = Sample(seed: seed, count: 40)
    let design = try CoxDesign([("x", sample.x), ("z", sample.z)], rowCount: sample.time.count)
    var options = CoxOptions()
    options.ties = ties
    options.scoreTolerance = 1e-12
    func fit(_ weights: [Double]) throws -> CoxFit {
      try CoxModel.fit(
        outcome: try sample.outcome(weights), covariates: design,
        strata: try GroupCodes(codes: sample.stratum, names: ["a", "b"], role: .strata),
        clusters: try sample.clusters, options: options)
    }
    let expected = try sample.errors { try fit($0).coefficients }
    expectNear(
      try fit(sample.weights).coefficientTable.map(\.robustStandardError), expected, "seed \(seed), \(ties)")
  }

  /// Pairs move with the weight of either row.
  @Test(arguments: 1...6) func concordance(seed: Int) throws {
    let sample = Sample(seed: seed)
    func result(_ weights: [Double]) throws -> Concordance {
      try Concordance.of(
        sample.x, outcome: try sample.outcome(weights), clusters: try sample.clusters)
    }
    let expected = try sample.errors { [try result($0).estimate ?? 0] }
    expectNear([try result(sample.weights).standardError], expected, "seed \(seed)")
  }
}
