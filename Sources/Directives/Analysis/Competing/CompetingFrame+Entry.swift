// Delayed entry among competing risks.

import Presentation

extension CompetingFrame {
  /// Whether anybody has come under observation by a time.
  func isFollowed(at time: Double) -> Bool {
    guard let entry = earliestEntry, entry > 0 else { return true }
    return time > entry
  }

  /// With nobody under observation before a time, all that is estimated is conditional on having come so far.
  func entryNote(_ style: JournalStyle) -> String? {
    EntryNote.text(earliestEntry, unit: unit, ValueFormat(.time), style)
  }
}
