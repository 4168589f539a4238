// Calendar dates from day numbers, in the proleptic Gregorian calendar.

/// A day of the calendar; `text` is ISO 8601.
public struct CivilDate: Sendable, Hashable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to the month's last.
  public let day: Int

  /// `nil` unless the day lies in the years 1 to 9999. A fraction of a day is cut off.
  public init?(daysSince1970: Double) {
    guard daysSince1970 >= -719_162, daysSince1970 < 2_932_897 else { return nil }
    // Count from 1 March of year 0: leap days then end their years, and 400 years are 146,097 days.
    let whole = Int(daysSince1970)
    let days = (Double(whole) > daysSince1970 ? whole - 1 : whole) + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `2003-01-31`
  public var text: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
