// The Brier score over all of follow-up, in one pass over the rows.

import NumericalMethods

extension BrierScore {
  /// The mean of the score over (0, τ]: ∫ BS(t) dt / τ, with predictions and score as step functions.
  ///
  /// - Parameters:
  ///   - outcome: right-censored follow-up of the n rows; any cause counts as the event.
  ///   - limit: τ, not beyond the last observed time.
  ///   - pieces: at most so many times are used, evenly spread over the distinct observed ones.
  ///   - predictor: survival of every row at any time.
  /// - Returns: the integrated scores of the predictions and of the Kaplan–Meier estimate; `nil` when τ is not observed.
  ///
  /// **Cost**: one sort, then one exponential per time used and row that has had the event or is still followed; parallel,
  /// with equal bits for every number of threads and order of the rows.
  ///
  /// - Throws: `SurvivalInputError` as `estimate`.
  ///
  /// **Checked against** the definition written out in R (prediction.R).
  public static func integrated(
    outcome: SurvivalOutcome, upTo limit: Double, pieces: Int = 300, predictor: SurvivalPredictor
  ) throws(SurvivalInputError) -> (score: Double, reference: Double)? {
    let censoring = try CensoringDistribution(outcome)
    guard limit > 0, let curve = try KaplanMeier.estimate(outcome).curves.first, let last = curve.lastTime,
      limit <= last
    else { return nil }
    try validate(predictor.factors, outcome)
    let all = outcome.order.times.filter { $0 > 0 && $0 < limit }
    let step = Swift.max(1, (all.count + pieces - 1) / Swift.max(pieces, 1))
    let times = [0] + stride(from: 0, to: all.count, by: step).map { all[$0] }
    guard let own = ScoredRows(censoring, predictor).scores(at: times, predictor) else { return nil }
    let references = ReferenceScores(censoring)
    var (score, reference) = (CompensatedSum(), CompensatedSum())
    for (index, time) in times.enumerated() {
      let width = (index + 1 < times.count ? times[index + 1] : limit) - time
      guard let same = curve.at(time).survival, let other = references.score(ofSurvival: same, at: time)
      else { return nil }
      score.add(own[index] * width)
      reference.add(other * width)
    }
    return (score.value / limit, reference.value / limit)
  }
}

/// Scores of the same prediction for everybody, which follow from counts.
struct ReferenceScores {
  private let censoring: CensoringDistribution
  private let cases: [Double]
  private let followed: [Double]

  init(_ censoring: CensoringDistribution) {
    self.censoring = censoring
    (cases, followed) = (censoring.cumulativeCaseWeights, censoring.followedBeyond)
  }

  /// `nil` where some are followed beyond the time and nobody is left uncensored.
  func score(ofSurvival same: Double, at time: Double) -> Double? {
    let (last, count) = (censoring.lastIndex(by: time), Double(censoring.outcome.rowCount))
    let beyond = last < 0 ? count : followed[last]
    let after = censoring.probability(at: time)
    guard after != nil || beyond == 0 else { return nil }
    let early = last < 0 ? 0 : cases[last] * same * same
    return (early + beyond * (1 - same) * (1 - same) / (after ?? 1)) / count
  }
}

/// Rows in the order of their times, so that those with the event by a time are the first of some and those followed beyond it
/// the last of all.
private struct ScoredRows {
  private let censoring: CensoringDistribution
  private let all: Stretch
  private let events: Stretch
  private let eventWeights: [Double]
  /// Rows and events up to each distinct time.
  private let rowsUpTo: [Int]
  private let eventsUpTo: [Int]

  private struct Stretch: Sendable {
    let factors: [Double]
    let codes: [Int32]?

    /// −hazard × factor of some rows.
    func exponents(
      _ rows: Range<Int>, _ hazards: [Double], to output: UnsafeMutablePointer<Double>
    ) {
      if let codes {
        for (index, row) in rows.enumerated() { output[index] = -hazards[Int(codes[row])] * factors[row] }
      } else {
        let hazard = hazards.first ?? 0
        factors.withUnsafeBufferPointer { factors in
          for (index, row) in rows.enumerated() { output[index] = -hazard * factors[row] }
        }
      }
    }
  }

  init(_ censoring: CensoringDistribution, _ predictor: SurvivalPredictor) {
    self.censoring = censoring
    let outcome = censoring.outcome
    let (ranks, event) = (outcome.order.rank, outcome.event)
    // Rows that agree in time, event, stratum and prediction are interchangeable.
    var order = RadixOrder.ascending(predictor.factors, threads: predictor.threads)
    func sort(by key: (Int) -> Int32) {
      let own = order
      order = RadixOrder.ascending(own.map { key(Int($0)) }).map { own[Int($0)] }
    }
    if let codes = predictor.codes { sort { codes[$0] } }
    sort { 2 * ranks[$0] + (event[$0] == 0 ? 0 : 1) }
    func stretch(_ rows: [Int32]) -> Stretch {
      Stretch(
        factors: rows.map { predictor.factors[Int($0)] },
        codes: predictor.codes.map { codes in rows.map { codes[Int($0)] } })
    }
    let cases = order.filter { event[Int($0)] != 0 }
    (all, events) = (stretch(order), stretch(cases))
    eventWeights = cases.map { censoring.caseWeight(atRank: Int(ranks[Int($0)])) }
    var (rows, happened) = (
      [Int](repeating: 0, count: outcome.order.times.count),
      [Int](repeating: 0, count: outcome.order.times.count)
    )
    for (row, rank) in ranks.enumerated() {
      rows[Int(rank)] += 1
      if event[row] != 0 { happened[Int(rank)] += 1 }
    }
    for index in rows.indices.dropFirst() {
      rows[index] += rows[index - 1]
      happened[index] += happened[index - 1]
    }
    (rowsUpTo, eventsUpTo) = (rows, happened)
  }

  /// The score at each of some ascending times; `nil` where nobody is left uncensored at one of them.
  func scores(at times: [Double], _ predictor: SurvivalPredictor) -> [Double]? {
    let hazards = times.map { predictor.hazards(at: $0) }
    let last = times.map { censoring.lastIndex(by: $0) }
    let after = times.compactMap { censoring.probability(at: $0) }
    guard after.count == times.count else { return nil }
    let rowCount = all.factors.count
    let late = sums(all, threads: predictor.threads, times: times.count, hazards) { index in
      (last[index] < 0 ? 0 : rowsUpTo[last[index]])..<rowCount
    } value: { _, survival in
      (1 - survival) * (1 - survival)
    }
    let early = sums(events, threads: predictor.threads, times: times.count, hazards) { index in
      0..<(last[index] < 0 ? 0 : eventsUpTo[last[index]])
    } value: { row, survival in
      eventWeights[row] * survival * survival
    }
    return times.indices.map { (early[$0] + late[$0] / after[$0]) / Double(rowCount) }
  }

  /// Per time, the sum over its rows of a function of survival; the rows of a chunk serve all times while they are in the cache.
  private func sums(
    _ stretch: Stretch, threads: Int, times: Int, _ hazards: [[Double]],
    rows: @Sendable (Int) -> Range<Int>, value: @Sendable (Int, Double) -> Double
  ) -> [Double] {
    let chunks = FixedChunks(count: stretch.factors.count, size: WeightedGram.chunkSize)
    let parts = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: WeightedGram.chunkSize) { space in
        (0..<times).map { index -> Double in
          let own = rows(index).clamped(to: chunks[chunk])
          guard let part = space.baseAddress, !own.isEmpty else { return 0 }
          stretch.exponents(own, hazards[index], to: part)
          let buffer = UnsafeMutableBufferPointer(start: part, count: own.count)
          Elementary.exp(UnsafeBufferPointer(buffer), into: buffer)
          for place in 0..<own.count { part[place] = value(own.lowerBound + place, part[place]) }
          return WeightedGram.sum(part, count: own.count)
        }
      }
    }
    return (0..<times).map { index in CompensatedSum.of(parts.lazy.map { $0[index] }) }
  }
}
