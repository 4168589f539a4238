// The ways of writing a day that can be named, and which of them some texts follow.

/// How days are written where they are not written `YYYY-MM-DD`: a closed list, so that a day is never guessed.
///
/// Days and months may have one digit or two where something stands between them; years have four, for two do not name
/// their century.
public enum DateFormat: String, Sendable, Hashable, CaseIterable {
  /// `2020-01-31`
  case yearMonthDay = "YYYY-MM-DD"
  /// `2020/01/31`
  case yearMonthDaySlashes = "YYYY/MM/DD"
  /// `2020.01.31`
  case yearMonthDayPoints = "YYYY.MM.DD"
  /// `20200131`
  case yearMonthDayDigits = "YYYYMMDD"
  /// `31.01.2020`
  case dayMonthYear = "DD.MM.YYYY"
  /// `31/01/2020`
  case dayMonthYearSlashes = "DD/MM/YYYY"
  /// `31-01-2020`
  case dayMonthYearDashes = "DD-MM-YYYY"
  /// `01/31/2020`
  case monthDayYear = "MM/DD/YYYY"
  /// `01-31-2020`
  case monthDayYearDashes = "MM-DD-YYYY"
  /// `31-Jan-2020`, English names of months in capital or small letters
  case dayNamedMonthYear = "DD-MON-YYYY"
  /// `31JAN2020`, as SAS prints it
  case dayNamedMonthYearJoined = "DDMONYYYY"

  /// The day that a text names in this way, in days since 1970-01-01; `nil` where it names none. Blanks around it count
  /// for nothing.
  public func days(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { days($0) }
  }

  func days(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var lower = 0
    var upper = bytes.count
    while lower < upper, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
    while upper > lower, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
    var reader = Reader(bytes: bytes, position: lower, end: upper)
    guard let parts = parts(&reader), reader.isAtEnd,
      let date = CalendarDate(year: parts.year, month: parts.month, day: parts.day)
    else { return nil }
    return date.days
  }

  /// The ways in which most of the texts name a day, three in four or more; empty without any. Two where nothing tells which
  /// number is the month.
  public static func recognised(in texts: [String]) -> [DateFormat] {
    let counts = allCases.map { format in texts.count { format.days($0) != nil } }
    guard let most = counts.max(), most > 0, most * 4 >= texts.count * 3 else { return [] }
    return zip(allCases, counts).filter { $0.1 == most }.map(\.0)
  }

  private func parts(_ reader: inout Reader) -> (year: Int, month: Int, day: Int)? {
    switch self {
    case .yearMonthDay: reader.yearFirst(0x2D, shortest: 2)
    case .yearMonthDaySlashes: reader.yearFirst(0x2F, shortest: 1)
    case .yearMonthDayPoints: reader.yearFirst(0x2E, shortest: 1)
    case .yearMonthDayDigits: reader.joinedDigits()
    case .dayMonthYear: reader.yearLast(0x2E, monthFirst: false)
    case .dayMonthYearSlashes: reader.yearLast(0x2F, monthFirst: false)
    case .dayMonthYearDashes: reader.yearLast(0x2D, monthFirst: false)
    case .monthDayYear: reader.yearLast(0x2F, monthFirst: true)
    case .monthDayYearDashes: reader.yearLast(0x2D, monthFirst: true)
    case .dayNamedMonthYear: reader.namedMonth(separator: 0x2D)
    case .dayNamedMonthYearJoined: reader.namedMonth(separator: nil)
    }
  }

  /// Takes digits and letters off the front of a cell.
  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int
    let end: Int

    var isAtEnd: Bool { position == end }

    mutating func number(_ width: ClosedRange<Int>) -> Int? {
      var value = 0
      var count = 0
      while position < end, count < width.upperBound, bytes[position] &- 0x30 <= 9 {
        value = value * 10 + Int(bytes[position] &- 0x30)
        position += 1
        count += 1
      }
      return count >= width.lowerBound ? value : nil
    }

    mutating func byte(_ wanted: UInt8) -> Void? {
      guard position < end, bytes[position] == wanted else { return nil }
      position += 1
      return ()
    }

    mutating func month() -> Int? {
      guard end - position >= 3 else { return nil }
      let letters = (0..<3).map { bytes[position + $0] | 0x20 }
      position += 3
      return Self.months.firstIndex(of: letters).map { $0 + 1 }
    }

    private static let months: [[UInt8]] = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    mutating func yearFirst(_ separator: UInt8, shortest: Int) -> (year: Int, month: Int, day: Int)? {
      guard let year = number(4...4), byte(separator) != nil, let month = number(shortest...2),
        byte(separator) != nil, let day = number(shortest...2)
      else { return nil }
      return (year, month, day)
    }

    mutating func yearLast(_ separator: UInt8, monthFirst: Bool) -> (year: Int, month: Int, day: Int)? {
      guard let first = number(1...2), byte(separator) != nil, let second = number(1...2),
        byte(separator) != nil, let year = number(4...4)
      else { return nil }
      return monthFirst ? (year, first, second) : (year, second, first)
    }

    mutating func joinedDigits() -> (year: Int, month: Int, day: Int)? {
      guard let year = number(4...4), let month = number(2...2), let day = number(2...2) else { return nil }
      return (year, month, day)
    }

    mutating func namedMonth(separator: UInt8?) -> (year: Int, month: Int, day: Int)? {
      guard let day = number(1...2) else { return nil }
      if let separator, byte(separator) == nil { return nil }
      guard let month = month() else { return nil }
      if let separator, byte(separator) == nil { return nil }
      guard let year = number(4...4) else { return nil }
      return (year, month, day)
    }
  }
}
