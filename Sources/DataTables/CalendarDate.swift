// Days of the proleptic Gregorian calendar, counted from 1970-01-01.

/// A calendar day without time zone or clock time.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to the month's last.
  public let day: Int

  /// `nil` unless the calendar has that day; years run from 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, in: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that lies `days` after 1970-01-01; `nil` outside the years 1 to 9999.
  public init?(days: Int32) {
    guard days >= -719_162, days <= 2_932_896 else { return nil }
    // Eras of 400 years that begin on a 1 March, so that the leap day is an era's last (Hinnant 2014).
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Reads `YYYY-MM-DD` and nothing else.
  public init?(_ text: String) {
    var text = text
    guard let days = text.withUTF8({ CalendarDate.days(iso: $0) }) else { return nil }
    self.init(days: days)
  }

  /// Days since 1970-01-01, negative before it.
  public var days: Int32 { Self.days(year: year, month: month, day: day) }

  /// `YYYY-MM-DD`.
  public var text: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// Whether the left day is earlier.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.days < right.days }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 of a day that exists.
  @inline(__always)
  static func days(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }
}

extension CalendarDate {
  /// What ten bytes `YYYY-MM-DD` say.
  enum Reading: Equatable {
    case day(Int32)
    /// Written as a date, but the calendar has no such day.
    case impossible
    case notADate
  }

  @inline(__always)
  static func read(_ bytes: UnsafePointer<UInt8>, count: Int) -> Reading {
    guard count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return .notADate }
    var isDigits = true
    func digit(_ index: Int) -> Int {
      let value = bytes[index] &- 0x30
      if value > 9 { isDigits = false }
      return Int(value)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = digit(8) * 10 + digit(9)
    guard isDigits else { return .notADate }
    guard year >= 1, month >= 1, month <= 12, day >= 1, day <= length(ofMonth: month, in: year) else {
      return .impossible
    }
    return .day(days(year: year, month: month, day: day))
  }

  static func days(iso bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard let base = bytes.baseAddress, case .day(let days) = read(base, count: bytes.count) else {
      return nil
    }
    return days
  }
}
