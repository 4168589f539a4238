// Days of the calendar.

import Testing

@testable import DataTables

struct CalendarDateTests {
  @Test(
    "Days are counted from 1970-01-01",
    arguments: [
      ("1970-01-01", Int32(0)), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11016),
      ("2000-03-01", 11017),
      ("1900-03-01", -25508), ("0001-01-01", -719162), ("9999-12-31", 2_932_896), ("2003-01-01", 12053),
    ])
  func days(_ text: String, _ days: Int32) throws {
    // R: as.integer(as.Date("2000-02-29")) and so on
    let date = try #require(CalendarDate(text))
    #expect(date.days == days)
    #expect(date.text == text)
    #expect(CalendarDate(days: days) == date)
  }

  @Test("Every day of eight hundred years comes back")
  func roundTrip() throws {
    var previous = try #require(CalendarDate(days: -150_001))
    for days in Int32(-150_000)...Int32(145_000) {
      let date = try #require(CalendarDate(days: days))
      let isNextDay =
        date.day == previous.day + 1 && date.month == previous.month
        || date.day == 1 && previous.day == CalendarDate.length(ofMonth: previous.month, in: previous.year)
      if date.days != days || !isNextDay { Issue.record("day \(days)") }
      previous = date
    }
  }

  @Test(
    "What is no day is no date",
    arguments: [
      "2003-02-30", "2001-02-29", "1900-02-29", "2003-13-01", "2003-00-10", "2003-01-00", "0000-01-01",
      "03-01-01",
      "2003-1-1", "2003/01/01", "2003-01-01 ", "2003-01-01T00:00", "", "２００３-01-01", "2003-01-0a",
    ])
  func invalid(_ text: String) { #expect(CalendarDate(text) == nil) }

  @Test("Days outside the years 1 to 9999 are no dates")
  func outside() {
    #expect(CalendarDate(days: -719_163) == nil)
    #expect(CalendarDate(days: 2_932_897) == nil)
    #expect(CalendarDate(days: .min) == nil)
  }
}
