// Calendar dates.
import Testing

@testable import Presentation

@Suite struct CivilDateTests {
  @Test(
    arguments: [
      (0.0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
      (12_083, "2003-01-31"),
      (19_782.9, "2024-02-29"), (-719_162, "0001-01-01"), (2_932_896, "9999-12-31"), (-25_508, "1900-03-01"),
      (-25_509, "1900-02-28"),
    ] as [(Double, String)])
  func days(day: Double, expected: String) { #expect(CivilDate(daysSince1970: day)?.text == expected) }

  @Test(arguments: [Double.nan, .infinity, -719_163, 2_932_897] as [Double])
  func outside(day: Double) { #expect(CivilDate(daysSince1970: day) == nil) }

  @Test func daysFollowOneAnother() {
    var previous = ""
    for day in -200_000...60_000 where day % 7 == 0 {
      let text = CivilDate(daysSince1970: Double(day))?.text ?? ""
      #expect(previous < text)
      previous = text
    }
  }
}
