// What a column of texts would be, were it not for a few cells or the way they are written.

/// Numbers with words among them, or days that are not written `YYYY-MM-DD`.
struct TextGuess: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case numbers
    /// Several where nothing tells which number is the month.
    case dates([DateFormat])
    /// With a time of day behind them.
    case timedDates(TimedDates)
  }

  let kind: Kind
  /// Rows that are neither that nor missing.
  let otherCount: Int

  /// `nil` for other columns, for levels that somebody listed, and for identifiers.
  init?(_ column: Column) {
    guard column.type == .text, column.metadata.levels == nil else { return nil }
    let counts = column.levelCounts()
    let total = counts.reduce(0, +)
    guard total > 1 else { return nil }
    let formats = DateFormat.recognised(in: column.levels)
    if let format = formats.first {
      kind = .dates(formats)
      otherCount = zip(column.levels, counts).reduce(0) { $0 + (format.days($1.0) == nil ? $1.1 : 0) }
      return
    }
    if let timed = TimedDates(column.levels) {
      kind = .timedDates(timed)
      otherCount = zip(column.levels, counts).reduce(0) { $0 + (timed.holdsDay($1.0) ? 0 : $1.1) }
      return
    }
    for mark: UInt8 in [0x2E, 0x2C] {
      var numbers = 0
      var isIdentifier = false
      for (level, count) in zip(column.levels, counts) {
        let parsed = Array(level.utf8).withUnsafeBufferPointer { NumberParser.parse($0, mark: mark) }
        guard let parsed else { continue }
        numbers += count
        if parsed.hasLeadingZero || parsed.isTooLongToCount { isIdentifier = true }
      }
      if !isIdentifier, numbers >= 2, numbers < total, numbers * 4 >= total * 3 {
        kind = .numbers
        otherCount = total - numbers
        return
      }
    }
    return nil
  }

  /// "dates written DD.MM.YYYY", "numbers but for 2 cells"
  var words: String {
    let others = otherCount == 0 ? "" : " but for \(otherCount) cell\(otherCount == 1 ? "" : "s")"
    switch kind {
    case .numbers: return "numbers" + others
    case .dates(let formats):
      return "dates written " + formats.map(\.rawValue).joined(separator: " or ") + others
    case .timedDates(let timed):
      let missing = timed.someLackTime ? "some with" : "with"
      return "dates written " + timed.formats.map(\.rawValue).joined(separator: " or ")
        + ", \(missing) a time of day" + others
    }
  }

  var timedDates: TimedDates? { if case .timedDates(let timed) = kind { timed } else { nil } }
  var formats: [DateFormat] { if case .dates(let formats) = kind { formats } else { [] } }
}
