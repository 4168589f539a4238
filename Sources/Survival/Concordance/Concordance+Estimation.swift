// Estimating the concordance: pairs counted through a tree over event times, rows taken by predictor.

import NumericalMethods

extension Concordance {
  /// Concordance of a predictor with survival.
  ///
  /// **Inputs**: an outcome (right-censored or (entry, time]; any non-zero event code is the event), one predictor per
  /// row, optionally strata (pairs are formed within them) and clusters (for the standard error). Who is censored
  /// at the time of an event outlives it. Equal predictors are those equal to the last bit.
  ///
  /// - Throws: `SurvivalInputError` for role `covariate("predictor")` (length, not finite), `strata`, `clusters`, and
  ///   `option("time-weight")` when the weight needs the censoring distribution of delayed-entry data.
  ///
  /// **Cost**: one order of the predictor and O(n log m) for m event times. **Source**: Harrell 1982; Therneau and Watson 2015.
  /// **Checked against** conc-lung-n, conc-lung-S, conc-lung-nG2, conc-lung-I, conc-kidney-cluster.
  public static func of(
    _ predictor: [Double], outcome: SurvivalOutcome, strata: GroupCodes? = nil, clusters: GroupCodes? = nil,
    options: ConcordanceOptions = ConcordanceOptions()
  ) throws(SurvivalInputError) -> Concordance {
    try validate(predictor, outcome: outcome, options: options)
    let strata = try strata?.validated(rowCount: outcome.rowCount, role: .strata)
    let clusters = try clusters?.validated(rowCount: outcome.rowCount, role: .clusters)
    let layout = layout(predictor, outcome: outcome, strata: strata, threads: options.threads)
    let order = PredictorOrder(
      predictor.withUnsafeBufferPointer { predictor in layout.rows.map { predictor[Int($0)] } },
      layout: layout, threads: options.threads)
    return estimate(
      order, layout: layout, outcome: outcome, strata: strata, clusters: clusters, options: options)
  }

  /// - Parameter order: the positions of the layout by their predictor.
  static func estimate(
    _ order: PredictorOrder, layout: RiskSetLayout, outcome: SurvivalOutcome, strata: GroupCodes?,
    clusters: GroupCodes?, options: ConcordanceOptions
  ) -> Concordance {
    let timeWeights = EventTimeWeights(
      options.timeWeight, maximumTime: options.maximumTime, outcome: outcome, strata: strata, layout: layout)
    var pairs: PairInfluence
    if layout.weights == nil, layout.entryBucket == nil, timeWeights.areOne,
      layout.rowCount <= CountedPairs.greatestRowCount
    {
      pairs = CountedPairs(layout: layout, order: order, threads: options.threads)
        .count(threads: options.threads)
    } else {
      pairs = ConcordancePairs(layout: layout, order: order, timeWeights: timeWeights)
        .count(threads: options.threads)
      pairs.counts.addTiedTimes(layout: layout, order: order, timeWeights: timeWeights)
    }
    return result(pairs, layout: layout, order: order, clusters: clusters, outcome: outcome, options: options)
  }

  /// Rows that differ in nothing but their place in the file need no order among themselves; where weights or entries
  /// are added up they are given one.
  private static func layout(
    _ predictor: [Double], outcome: SurvivalOutcome, strata: GroupCodes?, threads: Int
  ) -> RiskSetLayout {
    if outcome.weights == nil, outcome.entry == nil, strata == nil {
      return RiskSetLayout(counting: outcome, keys: nil, threads: threads)
    }
    let layout = RiskSetLayout(outcome: outcome, strata: strata)
    guard layout.weights != nil || layout.entryBucket != nil else { return layout }
    var content = ContentOrder(rowCount: layout.rowCount, threads: threads)
    content.add { predictor[Int(layout.rows[$0])].bitPattern }
    if let weights = layout.weights { content.add { weights[$0].bitPattern } }
    if let entry = layout.entryBucket { content.add { UInt64(UInt32(bitPattern: entry[$0])) } }
    return layout.rearranged(content.order(within: layout.interchangeable))
  }

  private static func validate(
    _ predictor: [Double], outcome: SurvivalOutcome, options: ConcordanceOptions
  ) throws(SurvivalInputError) {
    guard predictor.count == outcome.rowCount else {
      throw SurvivalInputError(
        .covariate("predictor"), .lengthMismatch(expected: outcome.rowCount, found: predictor.count))
    }
    let faulty = predictor.indices.filter { !predictor[$0].isFinite }
    guard faulty.isEmpty else { throw SurvivalInputError(.covariate("predictor"), .notFinite, rows: faulty) }
    let needsCensoring = [.survivalOverCensoring, .inverseCensoringSquared].contains(options.timeWeight)
    if outcome.entry != nil, needsCensoring {
      throw SurvivalInputError(.option("time-weight"), .unsupported("delayed entry"))
    }
  }

  private static func result(
    _ pairs: PairInfluence, layout: RiskSetLayout, order: PredictorOrder, clusters: GroupCodes?,
    outcome: SurvivalOutcome,
    options: ConcordanceOptions
  ) -> Concordance {
    var counts = pairs.counts
    let used = outcome.weights.map { $0.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } } ?? outcome.rowCount
    // A greater predictor that goes with longer survival is what the tree counts as concordant.
    let sign = options.direction == .risk ? -1.0 : 1.0
    let total = counts.comparable
    guard total > 0 else {
      return Concordance(
        estimate: nil, standardError: nil, counts: counts, observationCount: used, influence: nil)
    }
    let somer = (counts.concordant - counts.discordant) / total
    // Summed in the order of the predictor, which does not depend on that of the file.
    let change = { @Sendable (place: Int) in
      let weight = layout.weights.map { $0[Int(order.positions[place])] } ?? 1
      return weight * (pairs.difference[place] - somer * pairs.comparable[place]) / total
    }
    let row = { (place: Int) in Int(layout.rows[Int(order.positions[place])]) }
    var squares = CompensatedSum()
    if let clusters {
      // Pieces with sums of their own, as long as these are short beside the rows.
      let count = pairs.difference.count
      let pieceCount = Swift.max(1, Swift.min(16, count / (4 * Swift.max(clusters.count, 1))))
      let pieces = FixedChunks(count: count, size: (count + pieceCount - 1) / pieceCount)
      let codes = clusters.codes
      let parts = Parallel.map(chunks: pieces.count, threads: options.threads) { piece in
        var sums = [Double](repeating: 0, count: clusters.count)
        for place in pieces[piece] {
          let row = Int(layout.rows[Int(order.positions[place])])
          sums[Int(codes[row])] += change(place)
        }
        return sums
      }
      for cluster in 0..<clusters.count {
        let sum = parts.reduce(0.0) { $0 + $1[cluster] }
        squares.add(sum * sum)
      }
    } else {
      let chunks = FixedChunks(count: pairs.difference.count, size: 1 << 15)
      let parts = Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
        var squares = CompensatedSum()
        for place in chunks[chunk] {
          let change = change(place)
          squares.add(change * change)
        }
        return squares
      }
      for part in parts { squares.add(part) }
    }
    var influence: [Double]?
    if options.keepsInfluence {
      var byRow = [Double](repeating: 0, count: outcome.rowCount)
      for place in 0..<pairs.difference.count { byRow[row(place)] = sign * change(place) / 2 }
      influence = byRow
    }
    if sign < 0 { swap(&counts.concordant, &counts.discordant) }
    return Concordance(
      estimate: (sign * somer + 1) / 2, standardError: squares.value.squareRoot() / 2, counts: counts,
      observationCount: used, influence: influence)
  }
}

extension Concordance.PairCounts {
  /// Adds the pairs that have the event at the same time.
  mutating func addTiedTimes(layout: RiskSetLayout, order: PredictorOrder, timeWeights: EventTimeWeights) {
    var all = CompensatedSum()
    for event in 0..<layout.eventTimeCount where layout.eventCount(event) > 1 {
      var pairs = WeightedPairs()
      for row in layout.events(event) { pairs.add(layout.weight(row)) }
      all.add(timeWeights[event] * pairs.sum)
    }
    var both = CompensatedSum()
    for stratum in 0..<layout.stratumCount {
      Self.forEachTiedRun(layout, order, stratum) { event, pairs in both.add(timeWeights[event] * pairs) }
    }
    tiedBoth = both.value
    tiedTime = Swift.max(all.value - both.value, 0)
  }

  /// Σ_{i<j} w_i w_j, row by row.
  private struct WeightedPairs {
    private var total = 0.0
    private(set) var sum = 0.0

    @inline(__always)
    mutating func add(_ weight: Double) {
      sum += weight * total
      total += weight
    }
  }

  /// Calls `body` with the event time and the pairs of rows that share it and the predictor and have the event.
  ///
  /// Rows with one predictor stand by event time, so that those of one time are neighbours.
  private static func forEachTiedRun(
    _ layout: RiskSetLayout, _ order: PredictorOrder, _ stratum: Int, _ body: (Int, Double) -> Void
  ) {
    let range = layout.rows(ofStratum: stratum)
    layout.bucketOfRow.withUnsafeBufferPointer { buckets in
      layout.eventEnd.withUnsafeBufferPointer { eventEnd in
        order.positions.withUnsafeBufferPointer { positions in
          order.opensGroup.withUnsafeBufferPointer { opens in
            var place = range.lowerBound
            while place < range.upperBound {
              let event = Int(buckets[Int(positions[place])])
              var pairs = WeightedPairs()
              repeat {
                let position = Int(positions[place])
                if position < Int(eventEnd[event]) { pairs.add(layout.weights.map { $0[position] } ?? 1) }
                place += 1
              } while place < range.upperBound && !opens[place]
                && Int(buckets[Int(positions[place])]) == event
              if pairs.sum != 0 { body(event, pairs.sum) }
            }
          }
        }
      }
    }
  }
}
