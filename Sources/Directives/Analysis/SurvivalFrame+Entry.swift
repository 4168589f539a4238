// Delayed entry: from when on anybody is at risk.

import Presentation
import Survival

extension SurvivalFrame {
  /// The first entry of each group, or of all rows where there are no groups; empty without delayed entry.
  var firstEntries: [Double] {
    guard earliestEntry != nil, let entry = try? outcome.entry else { return [] }
    guard let groups else { return [entry.min() ?? 0] }
    var first = [Double](repeating: .infinity, count: groups.names.count)
    for (code, time) in zip(groups.codes.codes, entry) where first.indices.contains(Int(code)) {
      first[Int(code)] = min(first[Int(code)], time)
    }
    return first
  }

  /// Whether anybody has come under observation by a time.
  func isFollowed(at time: Double) -> Bool {
    guard let entry = earliestEntry, entry > 0 else { return true }
    return time > entry
  }

  /// With nobody under observation before a time, all that is estimated is conditional on having come so far.
  func entryNote(_ style: JournalStyle) -> String? {
    guard landmark == nil else { return nil }
    return EntryNote.text(
      earliestEntry, unit: times.unit, .time.digits(times.timeColumn?.metadata.digits), style)
  }
}

/// Says what estimates are conditional on where nobody is under observation from time 0.
enum EntryNote {
  static func text(
    _ entry: Double?, unit: String?, _ format: ValueFormat, _ style: JournalStyle
  ) -> String? {
    guard let entry, entry > 0 else { return nil }
    return "delayed entry: estimates are conditional on no event before the first entry, at "
      + style.text(Quantity(entry), format) + (unit.map { " \($0)" } ?? "")
  }
}
