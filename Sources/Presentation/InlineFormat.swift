// Values inside sentences.

/// A value as results hand it to prose.
public struct PresentedValue: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case quantity(Quantity)
    case estimate(Estimate)
    case text(String)
  }

  public let content: Content
  public let kind: ValueKind
  /// What a percent is taken of; decides its decimals in some styles.
  public let denominator: Double?

  public init(_ quantity: Quantity, _ kind: ValueKind, denominator: Double? = nil) {
    content = .quantity(quantity)
    self.kind = kind
    self.denominator = denominator
  }

  public init(_ estimate: Estimate, _ kind: ValueKind) {
    content = .estimate(estimate)
    self.kind = kind
    denominator = nil
  }

  public init(text: String) {
    content = .text(text)
    kind = .text
    denominator = nil
  }
}

/// What may follow the bar in `{= expression | filter}`.
public enum InlineFilter: Sendable, Hashable {
  /// `digits 1`: places after the decimal mark.
  case digits(Int)
  /// `percent`, `percent 0`: as percent, with its sign.
  case percent(Int?)
  /// `p`: as P value, with letter and relation.
  case p
  /// `ci`: with its interval.
  case ci

  public static let names = ["ci", "digits", "p", "percent"]

  /// What is wrong with a filter; the caller words it at its place.
  public enum Fault: Error, Sendable, Hashable {
    case unknownName
    /// `digits` without its number.
    case missingArgument
    /// `p 3`, `ci 2`.
    case unexpectedArgument
    /// Not a whole number from 0 to 15.
    case invalidDigits
  }

  public init(name: String, argument: Double?) throws(Fault) {
    func digits(_ argument: Double) throws(Fault) -> Int {
      guard argument >= 0, argument <= 15, argument == argument.rounded() else { throw .invalidDigits }
      return Int(argument)
    }
    switch name {
    case "digits":
      guard let argument else { throw .missingArgument }
      self = .digits(try digits(argument))
    case "percent":
      if let argument { self = .percent(try digits(argument)) } else { self = .percent(nil) }
    case "p":
      guard argument == nil else { throw .unexpectedArgument }
      self = .p
    case "ci":
      guard argument == nil else { throw .unexpectedArgument }
      self = .ci
    default: throw .unknownName
    }
  }
}

/// Prints a value in a sentence: filters first, then the style.
public enum InlineFormat {
  /// The text, unescaped (`MarkdownText.inline` or `.cell` escapes it). `before` and `after` are the author's
  /// words on both sides: a percent sign or a P that stands there already is not printed twice.
  ///
  /// A proportion prints as the number from 0 to 1 that it is, unless `percent` asks otherwise; a percent has its
  /// sign. With several filters of one kind the last holds.
  public static func render(
    _ value: PresentedValue, filters: [InlineFilter] = [], style: JournalStyle, before: String = "",
    after: String = ""
  ) -> String {
    let wishes = Wishes(filters)
    let asP = wishes.p || (value.kind == .pValue && wishes.p)
    switch value.content {
    case .text(let text): return text
    case .quantity(let quantity):
      if asP { return pText(quantity, style, before) }
      return quantity.statusWords ?? style.text(quantity, format(value, wishes, style, after))
    case .estimate(let estimate):
      if asP { return pText(estimate.value, style, before) }
      let format = format(value, wishes, style, wishes.interval ? "" : after)
      if wishes.interval { return style.sentence(estimate, format) }
      return estimate.value.statusWords ?? style.value(estimate, format)
    }
  }

  private struct Wishes {
    var digits: Int?
    var percent = false
    var interval = false
    var p = false

    init(_ filters: [InlineFilter]) {
      for filter in filters {
        switch filter {
        case .digits(let count): digits = count
        case .percent(let count):
          percent = true
          digits = count ?? digits
        case .ci: interval = true
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
    let rest = after.drop { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" || $0 == "\\" }
    return rest.hasPrefix("%") || rest.hasPrefix("percent") || rest.hasPrefix("per cent")
  }

  private static func pText(_ p: Quantity, _ style: JournalStyle, _ before: String) -> String {
    guard let number = p.number else { return p.statusWords ?? "NE" }
    var words = before[...]
    func dropBlanks() { while let last = words.last, last == " " || last == "\u{A0}" { words.removeLast() } }
    dropBlanks()
    let hadEquals = words.last == "="
    if hadEquals {
      words.removeLast()
      dropBlanks()
    }
    while let last = words.last, "*_".contains(last) { words.removeLast() }
    let hadLetter =
      words.last.map { $0 == "P" || $0 == "p" } == true && words.dropLast().last.map(\.isLetter) != true
    guard hadLetter || hadEquals else { return style.pValue.sentence(number, style: style.number) }
    if hadEquals { return style.pValue.text(number, style: style.number) }
    let relation = style.pValue.relation(number, style: style.number)
    return before.last == " " ? String(relation.drop { $0 == " " }) : relation
  }
}
