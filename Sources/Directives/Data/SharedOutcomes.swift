// Outcomes that several directives analyse: validated and brought into the order of time once.

import Survival
import Synchronization

/// The outcomes of one data set by what they were made of.
final class SharedOutcomes: Sendable {
  private let known = Mutex<[String: SurvivalOutcome]>([:])
  private let counted = Mutex<[String: CountedRows]>([:])

  func outcome(_ key: String, _ make: () throws -> SurvivalOutcome) rethrows -> SurvivalOutcome {
    if let outcome = known.withLock({ $0[key] }) { return outcome }
    let outcome = try make()
    known.withLock { $0[key] = outcome }
    return outcome
  }

  /// Rows counted by time, event and group; `nil` where they cannot be, which is found out each time.
  func counted(_ key: String, _ make: () -> CountedRows?) -> CountedRows? {
    if let rows = counted.withLock({ $0[key] }) { return rows }
    guard let rows = make() else { return nil }
    counted.withLock { $0[key] = rows }
    return rows
  }
}

extension DataSet {
  /// Follow-up of the complete cases. Where these are all rows and every row counts once, all directives that name the
  /// outcome share one, with the order of its times.
  ///
  /// - Parameter takesNegativeTimes: whether times are any measurement, as a model of times on their own scale has them.
  func outcome(
    _ times: SurvivalTimes, cases: CompleteCases, weights: [Double]?, takesNegativeTimes: Bool = false,
    threads: Int
  ) throws -> SurvivalOutcome {
    let merges = compatibility.nearEqualTimes.merges
    let make = {
      if weights == nil, cases.excludedCount == 0, let narrow = times.columns.narrow,
        let column = NarrowColumn(narrow.time),
        let outcome = SurvivalOutcome(
          time: column, event: times.columns.event, mergesNearEqualTimes: merges,
          allowsNegativeTimes: takesNegativeTimes, threads: threads)
      {
        return outcome
      }
      return try SurvivalOutcome(
        time: cases.gathered(times.columns.time), event: cases.gathered(times.columns.event),
        entry: times.columns.entry.map(cases.gathered), weights: weights,
        mergesNearEqualTimes: merges,
        allowsNegativeTimes: takesNegativeTimes || times.columns.entry != nil)
    }
    guard weights == nil, cases.excludedCount == 0, let words = times.sharedWords else { return try make() }
    // Programs differ in which times are the same.
    return try shared.outcome("\(compatibility.nearEqualTimes) \(takesNegativeTimes) \(words)", make)
  }
}
