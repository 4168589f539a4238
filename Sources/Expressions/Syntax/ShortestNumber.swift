// Numbers in their shortest form, for canonical texts.

package enum ShortestNumber {
  /// The fewest digits that read back as the same number, whole numbers without a point: `60`, `0.25`,
  /// `1e-12`.
  package static func text(_ value: Double) -> String {
    if value == 0 { return "0" }
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return String(whole) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
