// Sums of risk scores and covariates over each risk set.

import NumericalMethods

/// Per event time e: S0, S1 over those at risk and D0, D1 over those who have the event.
///
/// Each is linear in the rows: the sums of two sets of rows over the same event times, relative to the same reference, are
/// those of both.
struct RiskSetSums: Sendable {
  let eventTimeCount: Int
  let columnCount: Int
  var atRisk: [Double]
  var events: [Double]
  /// S1 of column j at event time e is element j · eventTimeCount + e.
  var atRiskCovariates: [Double]
  /// D1 likewise; only filled where tied events need it, else zero.
  var eventCovariates: [Double]

  init(eventTimeCount: Int, columnCount: Int) {
    self.eventTimeCount = eventTimeCount
    self.columnCount = columnCount
    atRisk = [Double](repeating: 0, count: eventTimeCount)
    events = atRisk
    atRiskCovariates = [Double](repeating: 0, count: eventTimeCount * columnCount)
    eventCovariates = []
  }

  /// The sums over the rows of both.
  func merged(with other: RiskSetSums) -> RiskSetSums {
    guard other.eventTimeCount == eventTimeCount, other.columnCount == columnCount else { return self }
    func sum(_ one: [Double], _ other: [Double]) -> [Double] {
      one.isEmpty ? other : other.isEmpty ? one : zip(one, other).map(+)
    }
    var result = self
    result.atRisk = sum(atRisk, other.atRisk)
    result.events = sum(events, other.events)
    result.atRiskCovariates = sum(atRiskCovariates, other.atRiskCovariates)
    result.eventCovariates = sum(eventCovariates, other.eventCovariates)
    return result
  }

  mutating func update(
    layout: RiskSetLayout, covariates: ScaledCovariates, risk: [Double], ties: TiesMethod,
    reference: RiskReference?, threads: Int
  ) {
    sumBuckets(layout: layout, covariates: covariates, risk: risk, ties: ties, threads: threads)
    if layout.entryBucket == nil {
      accumulate(layout: layout, reference: reference, threads: threads)
    } else {
      accumulateWithEntries(layout: layout, covariates: covariates, risk: risk, threads: threads)
    }
  }

  /// Sums over the rows of each bucket and over its events.
  private mutating func sumBuckets(
    layout: RiskSetLayout, covariates: ScaledCovariates, risk: [Double], ties: TiesMethod, threads: Int
  ) {
    let eventTimeCount = eventTimeCount
    let columnCount = columnCount
    let wantsEvents = ties == .efron && layout.hasTiedEvents
    if wantsEvents, eventCovariates.isEmpty {
      eventCovariates = [Double](repeating: 0, count: eventTimeCount * columnCount)
    }
    // Several buckets to a piece of work; a bucket is summed as a whole.
    let pieces = FixedChunks(count: eventTimeCount, size: 256)
    atRisk.withUnsafeMutableBufferPointer { s0 in
      events.withUnsafeMutableBufferPointer { d0 in
        atRiskCovariates.withUnsafeMutableBufferPointer { s1 in
          eventCovariates.withUnsafeMutableBufferPointer { d1 in
            risk.withUnsafeBufferPointer { risk in
              nonisolated(unsafe) let (s0, d0, s1, d1, risk) = (s0, d0, s1, d1, risk)
              guard let riskBase = risk.baseAddress else { return }
              nonisolated(unsafe) let riskStart = riskBase
              Parallel.forEach(chunks: pieces.count, threads: threads) { piece in
                withUnsafeTemporaryAllocation(of: Double.self, capacity: Swift.max(columnCount, 1)) { space in
                  guard let sums = space.baseAddress else { return }
                  for event in pieces[piece] {
                    let bucket = layout.bucket(event)
                    let dying = layout.events(event)
                    var sum = 0.0
                    for row in dying { sum += risk[row] }
                    d0[event] = sum
                    for row in dying.upperBound..<bucket.upperBound { sum += risk[row] }
                    s0[event] = sum
                    guard columnCount > 0 else { continue }
                    sums.update(repeating: 0, count: columnCount)
                    covariates.addSums(riskStart + bucket.lowerBound, rows: bucket, to: sums)
                    for column in 0..<columnCount { s1[column * eventTimeCount + event] = sums[column] }
                    guard wantsEvents else { continue }
                    sums.update(repeating: 0, count: columnCount)
                    if dying.count > 1 {
                      covariates.addSums(riskStart + dying.lowerBound, rows: dying, to: sums)
                    }
                    for column in 0..<columnCount { d1[column * eventTimeCount + event] = sums[column] }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// From sums over buckets to sums over risk sets: from the last event time of each stratum backwards.
  private mutating func accumulate(layout: RiskSetLayout, reference: RiskReference?, threads: Int) {
    let eventTimeCount = eventTimeCount
    let columnCount = columnCount
    atRisk.withUnsafeMutableBufferPointer { s0 in
      atRiskCovariates.withUnsafeMutableBufferPointer { s1 in
        nonisolated(unsafe) let (s0, s1) = (s0, s1)
        Parallel.forEach(chunks: columnCount + 1, threads: threads) { index in
          guard
            let base = index == columnCount
              ? s0.baseAddress : s1.baseAddress.map({ $0 + index * eventTimeCount })
          else { return }
          for stratum in 0..<layout.stratumCount {
            var sum = 0.0
            for event in layout.eventTimes(ofStratum: stratum).reversed() {
              if let reference { sum *= reference.decay[event] }
              sum += base[event]
              base[event] = sum
            }
          }
        }
      }
    }
  }
}
