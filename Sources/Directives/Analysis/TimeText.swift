// Times of follow-up in the words of tables, notes and figures.

import Presentation

enum TimeText {
  /// "60 months"; whole years of days as years, so that 1826.25 days are "5 years".
  static func words(_ time: Double, unit: String?, style: JournalStyle) -> String {
    let daysPerYear = 365.25
    let years = (time / daysPerYear).rounded()
    if TimeUnitName.isDays(unit), years >= 1, abs(years * daysPerYear - time) < 1e-6 * time {
      let number = NumberFormat.trimmed(years, digits: 6, style: style.number)
      return years == 1 ? "\(number) year" : "\(number) years"
    }
    return NumberFormat.trimmed(time, digits: 6, style: style.number) + (unit.map { " \($0)" } ?? "")
  }
}

private enum TimeUnitName {
  static func isDays(_ unit: String?) -> Bool {
    unit.map { ["d", "day", "days"].contains($0.lowercased()) } ?? false
  }
}
