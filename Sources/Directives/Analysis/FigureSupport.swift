// From the style and the dictionary to what figures need.

import Figures
import Presentation

extension FigureStyle {
  /// The journal's lettering and number marks.
  init(_ style: JournalStyle) {
    let families = style.figure.fontFamilies.map { $0.contains(" ") ? "'\($0)'" : $0 }
    self.init(
      fontFamily: families.joined(separator: ", "), fontSize: style.figure.fontSize,
      decimalMark: style.number.decimalMark, minusSign: style.number.minus)
  }
}

extension TimeUnit {
  /// The unit of the dictionary, in the singular or plural.
  init(_ unit: String?) {
    switch unit?.lowercased() {
    case "hour", "hours", "h": self = .hours
    case "day", "days", "d": self = .days
    case "week", "weeks": self = .weeks
    case "month", "months", "mo": self = .months
    case "year", "years", "yr", "yrs", "y": self = .years
    default: self = .other
    }
  }
}

extension String {
  /// The first letter as a capital.
  var capitalizedFirst: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }
}
