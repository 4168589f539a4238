// Numbers as text, without locale.

enum NumberText {
  /// The shortest decimal that reads back as the same number; whole numbers without a decimal point.
  static func shortest(_ value: Double) -> String {
    if value == 0 { return "0" }
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return String(whole) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
