// Which weight each row has in which risk set of the subdistribution.

import NumericalMethods

/// Rows in scanning order with what the censoring weights need.
///
/// Rows stand by their own time, those with a competing event as if censored there: what they carry into later risk
/// sets is a sum of its own.
struct FineGrayLayout: Sendable {
  /// Who has a competing event before the first event of the cause stands in the first bucket.
  let riskSets: RiskSetLayout
  /// Places of those rows: not at risk of their own, they count from the first event time on by their weight alone.
  let early: [Int]
  /// Per position, 1 / G(T−) for rows with a competing event, 0 for the others.
  let inverseCensoring: [Double]
  /// Index among the outcome's distinct times of each position.
  let rank: [Int32]
  /// G(t−) at each event time.
  let censoring: [Double]
  /// Time of each event time.
  let eventTimes: [Double]
  /// Number at risk at each distinct time of the outcome, and number censored there.
  let atRisk: [Double]
  let censored: [Double]
  /// Number of event times before each distinct time of the outcome.
  let eventsBefore: [Int]

  init(_ weights: CensoringWeights, outcome: SurvivalOutcome, riskSets: RiskSetLayout, threads: Int) {
    let first = weights.firstEvent
    let chunks = FixedChunks(count: riskSets.rowCount, size: 1 << 14)
    var rank = [Int32](repeating: 0, count: riskSets.rowCount)
    var inverse = [Double](repeating: 0, count: riskSets.rowCount)
    rank.withUnsafeMutableBufferPointer { rank in
      inverse.withUnsafeMutableBufferPointer { inverse in
        outcome.order.rank.withUnsafeBufferPointer { source in
          outcome.event.withUnsafeBufferPointer { event in
            riskSets.rows.withUnsafeBufferPointer { rows in
              nonisolated(unsafe) let (rank, inverse) = (rank, inverse)
              nonisolated(unsafe) let (source, event, rows) = (source, event, rows)
              Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
                for position in chunks[chunk] {
                  let row = Int(rows[position])
                  rank[position] = source[row]
                  if event[row] != 0, event[row] != weights.cause {
                    inverse[position] = 1 / weights.before[Int(source[row])]
                  }
                }
              }
            }
          }
        }
      }
    }
    early = (riskSets.eventTimeCount > 0 ? riskSets.bucket(0) : 0..<0).filter { rank[$0] < first }
    self.riskSets = riskSets
    self.rank = rank
    inverseCensoring = inverse
    censoring = weights.eventRanks.map { weights.before[$0] }
    eventTimes = weights.eventRanks.map { outcome.order.times[$0] }
    atRisk = weights.atRisk
    censored = weights.censored
    var before = [Int](repeating: 0, count: outcome.order.times.count + 1)
    for event in weights.eventRanks { before[event + 1] += 1 }
    for time in before.indices.dropFirst() { before[time] += before[time - 1] }
    eventsBefore = before.dropLast()
  }

  var rowCount: Int { riskSets.rowCount }
  var eventTimeCount: Int { riskSets.eventTimeCount }
}

/// The Kaplan–Meier estimator G of the censoring distribution, and who it weighs.
struct CensoringWeights: Sendable {
  let cause: UInt8
  /// G(t−) at each distinct time.
  let before: [Double]
  let atRisk: [Double]
  let censored: [Double]
  /// Distinct times with an event of the cause; the first of them.
  let eventRanks: [Int]
  let firstEvent: Int

  init(outcome: SurvivalOutcome, cause: UInt8) {
    let order = outcome.order
    let timeCount = order.times.count
    // Per distinct time: rows, those censored, those with the cause.
    var counts = [Int32](repeating: 0, count: 3 * timeCount)
    counts.withUnsafeMutableBufferPointer { counts in
      order.rank.withUnsafeBufferPointer { rank in
        outcome.event.withUnsafeBufferPointer { event in
          for row in 0..<rank.count {
            let place = 3 * Int(rank[row])
            counts[place] += 1
            counts[place + 1] += event[row] == 0 ? 1 : 0
            counts[place + 2] += event[row] == cause ? 1 : 0
          }
        }
      }
    }
    let censored = (0..<timeCount).map { Double(counts[3 * $0 + 1]) }
    var atRisk = (0..<timeCount).map { Double(counts[3 * $0]) }
    for index in (0..<timeCount).dropLast().reversed() { atRisk[index] += atRisk[index + 1] }
    var before = [Double](repeating: 1, count: timeCount)
    var censoring = 1.0
    for index in 0..<timeCount {
      before[index] = censoring
      censoring *= (atRisk[index] - censored[index]) / atRisk[index]
    }
    self.cause = cause
    self.before = before
    self.atRisk = atRisk
    self.censored = censored
    eventRanks = (0..<timeCount).filter { counts[3 * $0 + 2] > 0 }
    firstEvent = eventRanks.first ?? timeCount
  }

  /// The follow-up with the cause as the event, and everybody who counts in some risk set in a bucket.
  func causeOutcome(_ outcome: SurvivalOutcome) throws(SurvivalInputError) -> SurvivalOutcome {
    let event = outcome.event.map { $0 == cause ? 1 : 0 as UInt8 }
    let rank = outcome.order.rank
    let isEarly = { (row: Int) in
      Int(rank[row]) < firstEvent && outcome.event[row] != 0 && outcome.event[row] != cause
    }
    guard outcome.event.indices.contains(where: isEarly) else { return outcome.replacing(event: event) }
    let start = outcome.order.times[firstEvent]
    return try SurvivalOutcome(
      time: outcome.time.indices.map { isEarly($0) ? start : outcome.time[$0] }, event: event,
      mergesNearEqualTimes: false, allowsNegativeTimes: true)
  }

  /// What tells rows of one bucket apart besides their covariates: their own time, and how it ended.
  func distinguishing(_ outcome: SurvivalOutcome) -> [Double] {
    let rank = outcome.order.rank
    return outcome.event.indices.map { row in
      Double(rank[row]) * 4 + (outcome.event[row] == 0 ? 0 : outcome.event[row] == cause ? 1 : 2)
    }
  }
}
