// Texts that hold a day and a time of day, and how to take the day out of them.

/// Days with a time behind them: `2020-03-01 14:30`, `2020-03-01T14:30:00Z`, `01.03.2020 9:15`.
///
/// Meier counts in days; the time is for the author to leave out.
public struct TimedDates: Sendable, Equatable {
  /// The ways in which the days are written; several where nothing tells which number is the month.
  public let formats: [DateFormat]
  /// What stands between day and time: a blank or `T`.
  public let separator: Character
  /// Some days have no time behind them.
  public let someLackTime: Bool

  /// `nil` unless three texts in four, or more, hold a day in one of the known ways, and some of them a time of day.
  public init?(_ texts: [String]) {
    for separator: Character in [" ", "T"] {
      var days: [String] = []
      var timedCount = 0
      for text in texts {
        let parts = Self.parts(text, separator)
        days.append(parts.day)
        if parts.hasTime { timedCount += 1 }
      }
      guard timedCount > 0 else { continue }
      let formats = DateFormat.recognised(in: days)
      guard let format = formats.first else { continue }
      self.formats = formats
      self.separator = separator
      someLackTime = texts.contains { text in
        !Self.parts(text, separator).hasTime && format.days(text) != nil
      }
      return
    }
    return nil
  }

  /// Whether a text holds a day, with or without a time.
  func holdsDay(_ text: String) -> Bool {
    formats.first?.days(Self.parts(text, separator).day) != nil
  }

  /// The expressions that make days of the text that `words` names, one for each format.
  public func expressions(of words: String) -> [String] {
    formats.map { format in
      let named = format == .yearMonthDay ? "" : ", \"\(format.rawValue)\""
      let timed = "date(before(\(words), \"\(separator)\")\(named))"
      return someLackTime
        ? "if(contains(\(words), \"\(separator)\"), \(timed), date(\(words)\(named)))" : timed
    }
  }

  /// The text before the separator, if a time of day stands behind it; else the whole text.
  private static func parts(_ text: String, _ separator: Character) -> (day: String, hasTime: Bool) {
    guard let place = text.firstIndex(of: separator) else { return (text, false) }
    let rest = text[text.index(after: place)...].drop { $0 == " " }
    let hours = rest.prefix { $0.isASCII && $0.isNumber }
    let minutes = rest.dropFirst(hours.count + 1).prefix { $0.isASCII && $0.isNumber }
    guard (1...2).contains(hours.count), rest.dropFirst(hours.count).first == ":", minutes.count == 2 else {
      return (text, false)
    }
    return (String(text[..<place]), true)
  }
}
