// Numbers as text, without locale.

enum NumberText {
  /// The shortest decimal that reads back as the same number; whole numbers without a decimal point.
  static func shortest(_ value: Double) -> String {
    if value == 0 { return "0" }
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return String(whole) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The same for a number that arithmetic made of others: without the digits that the last bits bring, `69.859` for
  /// 69.85900000000001.
  static func rounded(_ value: Double) -> String {
    var scale = 1.0
    for _ in 0...9 {
      let near = (value * scale).rounded() / scale
      if abs(near - value) <= 1e-12 * abs(value) { return shortest(near) }
      scale *= 10
    }
    return shortest(value)
  }
}
