// The checks that every outcome passes before anything is estimated from it.

extension SurvivalOutcome {
  static func validate(
    time: [Double], event: [UInt8], entry: [Double]?, weights: [Double]?, allowsNegativeTimes: Bool
  ) throws(SurvivalInputError) {
    let rowCount = time.count
    guard rowCount > 0 else { throw SurvivalInputError(.time, .empty) }
    try refuse(.time, .notFinite, in: time) { !$0.isFinite }
    if !allowsNegativeTimes { try refuse(.time, .negative, in: time) { $0 < 0 } }
    guard event.count == rowCount else {
      throw SurvivalInputError(.event, .lengthMismatch(expected: rowCount, found: event.count))
    }
    if let entry {
      guard entry.count == rowCount else {
        throw SurvivalInputError(.entry, .lengthMismatch(expected: rowCount, found: entry.count))
      }
      try refuse(.entry, .notFinite, in: entry) { !$0.isFinite }
      let reversed = time.indices.filter { entry[$0] >= time[$0] }
      guard reversed.isEmpty else { throw SurvivalInputError(.entry, .endNotAfterStart, rows: reversed) }
    }
    if let weights { try validate(weights: weights, rowCount: rowCount) }
  }

  static func validate(weights: [Double], rowCount: Int) throws(SurvivalInputError) {
    guard weights.count == rowCount else {
      throw SurvivalInputError(.weights, .lengthMismatch(expected: rowCount, found: weights.count))
    }
    try refuse(.weights, .notFinite, in: weights) { !$0.isFinite }
    try refuse(.weights, .negative, in: weights) { $0 < 0 }
  }

  private static func refuse(
    _ role: SurvivalInputError.Role, _ fault: SurvivalInputError.Fault, in values: [Double],
    where isFaulty: (Double) -> Bool
  ) throws(SurvivalInputError) {
    // The rows are collected only if there are any: the usual pass is a bare scan.
    var found = false
    for value in values where isFaulty(value) { found = true }
    guard found else { return }
    throw SurvivalInputError(role, fault, rows: values.indices.filter { isFaulty(values[$0]) })
  }
}
