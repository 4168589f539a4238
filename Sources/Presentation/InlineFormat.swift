// Values inside sentences.

/// Prints a value in a sentence: filters first, then the style.
public enum InlineFormat {
  /// The text, unescaped (`MarkdownText.inline` or `.cell` escapes it). `before` and `after` are the author's
  /// words on both sides: a percent sign or a P that stands there already is not printed twice.
  ///
  /// A proportion prints as the number from 0 to 1 that it is, unless `percent` asks otherwise; a percent has its
  /// sign. Where nothing was estimated the reason stands in words ("not reached"). Of several filters of one
  /// kind the last holds; one that does not fit the value (`InlineFilter.fits`) is passed over.
  public static func render(
    _ value: PresentedValue, filters: [InlineFilter] = [], style: JournalStyle, before: String = "",
    after: String = ""
  ) -> String {
    let wishes = Wishes(filters.filter { $0.fits(value) })
    switch value.content {
    case .text(let text): return text
    case .quantity(let quantity):
      if let words = quantity.statusWords { return words }
      if wishes.p, let p = quantity.number { return pText(p, style, before) }
      return style.text(quantity, format(value, wishes, style, after))
    case .estimate(let estimate):
      let format = format(value, wishes, style, wishes.interval == nil ? after : "")
      switch wishes.interval {
      case .ci: return style.sentence(estimate, format)
      case .nested: return style.nested(estimate, format)
      case .interval:
        return style.intervalText(estimate, format) ?? estimate.value.statusWords
          ?? style.value(estimate, format)
      default: return estimate.value.statusWords ?? style.value(estimate, format)
      }
    }
  }

  private struct Wishes {
    var digits: Int?
    var percent = false
    /// `ci`, `nested` or `interval`.
    var interval: InlineFilter?
    var p = false

    init(_ filters: [InlineFilter]) {
      for filter in filters {
        switch filter {
        case .digits(let count): digits = count
        case .percent(let count):
          percent = true
          digits = count ?? digits
        case .ci, .nested, .interval: interval = filter
        case .p: p = true
        }
      }
    }
  }

  private static func format(
    _ value: PresentedValue, _ wishes: Wishes, _ style: JournalStyle, _ after: String
  ) -> ValueFormat {
    guard value.kind == .percent || wishes.percent else {
      return ValueFormat(value.kind, digits: wishes.digits)
    }
    let ownDigits = value.kind == .percent ? style.percent.digits(denominator: value.denominator) : nil
    return ValueFormat(
      value.kind, digits: wishes.digits ?? ownDigits, asPercent: true,
      percentSign: !continuesWithPercent(after))
  }

  private static func continuesWithPercent(_ after: String) -> Bool {
    let rest = after.drop { isBlank($0) || $0 == "\\" }
    return rest.hasPrefix("%") || rest.hasPrefix("percent") || rest.hasPrefix("per cent")
  }

  /// `P = 0.040`, or what is missing of it after the author's own `P` or `P =`.
  private static func pText(_ p: Double, _ style: JournalStyle, _ before: String) -> String {
    var words = before[...]
    func dropLast(while condition: (Character) -> Bool) {
      while let last = words.last, condition(last) { words.removeLast() }
    }
    dropLast(while: isBlank)
    if words.last == "=" { return style.pValue.text(p, style: style.number) }
    dropLast { $0 == "*" || $0 == "_" }
    let letter = words.popLast()
    guard letter == "P" || letter == "p", words.last.map({ !$0.isLetter && !$0.isNumber }) ?? true else {
      return style.pValue.sentence(p, style: style.number)
    }
    let relation = style.pValue.relation(p, style: style.number)
    return before.last.map(isBlank) == true ? String(relation.drop(while: isBlank)) : relation
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\u{A0}" || character == "\u{202F}"
  }
}
