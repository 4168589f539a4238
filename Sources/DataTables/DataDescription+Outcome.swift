// What of a described file is likely to be its key and its outcome.

extension DataDescription {
  /// `key: id`, where a column of that name tells the rows apart.
  var keyLines: [String] {
    let words: Set<String> = [
      "id", "patient", "subject", "patientid", "subjectid", "pid", "pat", "usubjid", "case",
    ]
    let keys = columns.filter {
      $0.missingCount == 0 && $0.distinctCount == rowCount && rowCount > 1 && Self.holds($0.name, words)
    }
    guard let key = keys.first else { return [] }
    return ["key: \(YAMLText.scalar(key.name))"]
  }

  /// `outcomes:` with the only time and the only event that their names and values speak for; else an example to fill in.
  var outcomeLines: [String] {
    let times = columns.filter { column in
      guard case .numbers(let minimum, _, _) = column.content, minimum >= 0 else { return false }
      return Self.isPlain(column.name) && Self.holds(column.name, Self.timeWords)
    }
    let events = columns.filter {
      Self.isPlain($0.name) && $0.isZeroOne && Self.holds($0.name, Self.eventWords)
    }
    guard times.count == 1, events.count == 1, let time = times.first, let event = events.first else {
      return ["# outcomes: # a time, and what counts as the event", "#   os: Surv(time, died == 1)"]
    }
    let condition = event.type == .flag ? event.name : "\(event.name) == 1"
    return ["outcomes:", "  os: Surv(\(time.name), \(condition)) # the time, and what counts as the event"]
  }

  private static let timeWords: Set<String> = [
    "time", "months", "years", "days", "weeks", "futime", "survtime", "followup",
  ]
  private static let eventWords: Set<String> = [
    "died", "dead", "death", "status", "event", "censor", "fustat", "relapse", "relapsed", "progression",
    "progressed",
  ]

  /// Whether one of the name's parts, or the whole without what parts it, is among the words.
  private static func holds(_ name: String, _ words: Set<String>) -> Bool {
    let parts = name.lowercased().split { $0 == "_" || $0 == "." || $0 == " " || $0 == "-" }
    return words.contains(parts.joined()) || parts.contains { words.contains(String($0)) }
  }

  private static func isPlain(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, ("a"..."z").contains(first) || ("A"..."Z").contains(first) else {
      return false
    }
    return scalars.allSatisfy {
      $0 == "_" || ("0"..."9").contains($0) || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
    }
  }
}

extension ColumnDescription {
  /// Whether all values are 0 or 1, or true or false.
  fileprivate var isZeroOne: Bool {
    switch content {
    case .flags: true
    case .numbers(let minimum, _, let maximum): minimum == 0 && maximum == 1 && distinctCount == 2
    case .empty, .dates, .levels, .manyLevels: false
    }
  }
}
