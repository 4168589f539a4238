// Rows and events behind the lines of a regression's table.

extension RegressionFrame {
  /// Trials and successes where they are given.
  ///
  /// - Parameter hasEvents: whether the response is 1 for the event and 0 without.
  func counts(of row: ModelRow, hasEvents: Bool) -> (count: Int, events: Int?) {
    let indices = cases.rows.indices
    switch values {
    case .counts(let successes, let failures):
      var totals = (trials: 0.0, events: 0.0)
      for index in indices where row.members?.contains(index) ?? true {
        totals.trials += successes[index] + failures[index]
        totals.events += successes[index]
      }
      return (Int(exactly: totals.trials.rounded()) ?? 0, Int(exactly: totals.events.rounded()))
    case .numbers(let values):
      let marks = knownMarks.value { values.map { $0 == 1 ? 1 : 0 } }
      let counts = row.tally(events: marks, threads: threads)
      return (counts.count, hasEvents ? counts.events : nil)
    }
  }

  /// As a table shows them: N, or N and events.
  func countCells(of row: ModelRow, hasEvents: Bool) -> [Int] {
    let (count, events) = counts(of: row, hasEvents: hasEvents)
    return [count] + (events.map { [$0] } ?? [])
  }
}
