// Days for each row.

import DataTables

/// A computation that yields a day since 1970-01-01 for each row; `Int32.min` is missing.
indirect enum BoundDate: Sendable {
  case constant(Int32)
  case column(ColumnStorage)
  case plus(BoundDate, BoundNumber)
  case choice(BoundFlag, BoundDate, BoundDate)
  case coalesce(BoundDate, BoundDate)
  case levels(BoundText, [Int32])
  case civil(year: BoundNumber, month: BoundNumber, day: BoundNumber)

  static let missing = ColumnStorage.missingInt32

  func values(_ rows: Range<Int>) -> [Int32] {
    switch self {
    case .constant(let day): return Array(repeating: day, count: rows.count)
    case .column(let storage): return storage.integers(rows, missing: Self.missing)
    case .plus(let date, let number):
      return Rows.map(date.values(rows), number.values(rows)) { day, count in
        guard day != Self.missing, !count.isNaN, let whole = Int32(exactly: count.rounded(.down)) else {
          return Self.missing
        }
        let (sum, overflow) = day.addingReportingOverflow(whole)
        return overflow || CalendarDate(days: sum) == nil ? Self.missing : sum
      }
    case .choice(let condition, let yes, let no):
      return Rows.choose(condition.values(rows), yes.values(rows), no.values(rows), missing: Self.missing)
    case .coalesce(let first, let second):
      return Rows.map(first.values(rows), second.values(rows)) { $0 == Self.missing ? $1 : $0 }
    case .levels(let text, let days):
      return Rows.map(text.codes(rows)) { $0 >= 0 && Int($0) < days.count ? days[Int($0)] : Self.missing }
    case .civil(let year, let month, let day):
      let years = year.values(rows)
      let months = month.values(rows)
      let days = day.values(rows)
      return (0..<min(years.count, months.count, days.count)).map { row in
        guard let year = Int(exactly: years[row]), let month = Int(exactly: months[row]),
          let day = Int(exactly: days[row]), let date = CalendarDate(year: year, month: month, day: day)
        else { return Self.missing }
        return date.days
      }
    }
  }
}
