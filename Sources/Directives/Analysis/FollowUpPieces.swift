// Follow-up in pieces put together: where a patient goes on in the next row, observation has not ended.

import Survival

/// Rows of an outcome of which those of one patient that follow one another without a gap have become one.
///
/// Who is at risk at a time, and who has the event, stays the same; rows that go on are no longer counted as censored, as in R's
/// `survfit(…, id =)`, and the reverse Kaplan–Meier estimate does not take them for the end of observation.
struct FollowUpPieces: Sendable {
  let outcome: SurvivalOutcome
  /// The last row of each piece, ascending.
  let rows: [Int]

  /// - Parameter alike: codes that rows of a piece share: groups, strata, clusters.
  /// - Returns: `nil` where nothing goes on.
  init?(_ outcome: SurvivalOutcome, _ patients: PatientCodes, alike: [[Int32]]) throws {
    guard let entry = outcome.entry else { return nil }
    let time = Array(outcome.time)
    var begin = entry
    var isContinued = [Bool](repeating: false, count: time.count)
    let order = patients.order(entry: entry, time: time)
    for (row, next) in zip(order, order.dropFirst()) {
      guard patients.codes[row] == patients.codes[next], entry[next] == time[row], outcome.event[row] == 0,
        outcome.weights.map({ $0[row] == $0[next] }) ?? true, alike.allSatisfy({ $0[row] == $0[next] })
      else { continue }
      begin[next] = begin[row]
      isContinued[row] = true
    }
    let rows = isContinued.indices.filter { !isContinued[$0] }
    guard rows.count < time.count else { return nil }
    self.rows = rows
    self.outcome = try SurvivalOutcome(
      time: rows.map { time[$0] }, event: rows.map { outcome.event[$0] }, entry: rows.map { begin[$0] },
      weights: outcome.weights.map { weights in rows.map { weights[$0] } }, mergesNearEqualTimes: false,
      allowsNegativeTimes: true)
  }
}

extension GroupCodes {
  /// The codes of some of the rows.
  func gathered(_ positions: [Int]) throws(SurvivalInputError) -> GroupCodes {
    let codes = codes
    return try GroupCodes(codes: positions.map { codes[$0] }, names: names)
  }
}
