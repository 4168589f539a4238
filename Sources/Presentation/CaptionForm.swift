// Captions and the line of abbreviations below a table.

/// `**Table 2.** Overall survival` and its relatives.
public struct CaptionForm: Sendable, Hashable {
  /// Which part is emphasised, and whether the caption ends in a full stop.
  public enum Shape: Sendable, Hashable {
    /// `**Table 2.** Caption`
    case boldLabel
    /// `**Table 2. Caption**`
    case allBold
    /// `**Table 2. Caption.**`
    case allBoldStopped
    /// `***Table 2:*** *Caption*`
    case boldItalicLabel
  }

  /// How label and caption are set.
  public let shape: Shape

  /// `label` is "Table" or "Figure"; `number` as printed ("2", "S1"); `caption` is Markdown, on one line.
  public func markdown(label: String, number: String, caption: String) -> String {
    let text = caption.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard !text.isEmpty else { return "**\(label) \(number).**" }
    switch shape {
    case .boldLabel: return "**\(label) \(number).** \(text)"
    // Emphasis within the author's caption would end ours early: then only the label is bold.
    case .allBold:
      return text.contains("*") ? "**\(label) \(number).** \(text)" : "**\(label) \(number). \(text)**"
    case .allBoldStopped:
      let stopped = text.hasSuffix(".") ? text : text + "."
      return text.contains("*") ? "**\(label) \(number).** \(stopped)" : "**\(label) \(number). \(stopped)**"
    case .boldItalicLabel:
      return text.contains("*") ? "***\(label) \(number):*** \(text)" : "***\(label) \(number):*** *\(text)*"
    }
  }

  /// `**Table 2.** Caption`
  public static let plain = CaptionForm(shape: .boldLabel)
  /// JAMA: the label bold, the title plain.
  public static let jama = CaptionForm(shape: .boldLabel)
  /// NEJM: label and title bold, a full stop at the end.
  public static let nejm = CaptionForm(shape: .allBoldStopped)
  /// Lancet: the label bold italic with a colon, the title italic.
  public static let lancet = CaptionForm(shape: .boldItalicLabel)
  /// Annals of Internal Medicine: the label bold, the title plain.
  public static let annals = CaptionForm(shape: .boldLabel)
}

/// How abbreviations are explained below a table.
public struct AbbreviationForm: Sendable, Hashable {
  /// How short and long form are joined.
  public enum Shape: Sendable, Hashable {
    /// `HR, hazard ratio; NR, not reached.`
    case commas
    /// `Abbreviations: CI, confidence interval; HR, hazard ratio.`
    case titled
    /// `CI denotes confidence interval, and HR hazard ratio.`
    case denotes
    /// `HR=hazard ratio. NR=not reached.`
    case equalsStopped
    /// `HR = hazard ratio; NR = not reached.`
    case equals
  }

  /// The wording of the sentence.
  public let shape: Shape
  /// Abbreviations that readers of that style need not be told.
  /// A list and no set: keys of results are made from styles written out, which must be the same in every process.
  public let known: [String]

  /// The sentence for these abbreviations, in the order given; empty for none.
  public func sentence(_ entries: [(short: String, long: String)]) -> String {
    let entries = entries.filter { !known.contains($0.short) }
    guard let first = entries.first, let last = entries.last else { return "" }
    switch shape {
    case .commas: return entries.map { "\($0.short), \($0.long)" }.joined(separator: "; ") + "."
    case .titled:
      return "Abbreviations: " + entries.map { "\($0.short), \($0.long)" }.joined(separator: "; ") + "."
    case .equals: return entries.map { "\($0.short) = \($0.long)" }.joined(separator: "; ") + "."
    case .equalsStopped: return entries.map { "\($0.short)=\($0.long)." }.joined(separator: " ")
    case .denotes:
      let start = "\(first.short) denotes \(first.long)"
      guard entries.count > 1 else { return start + "." }
      let middle = entries.dropFirst().dropLast().map { ", \($0.short) \($0.long)" }.joined()
      return start + middle + ", and \(last.short) \(last.long)."
    }
  }

  /// Short forms that every reader of statistics knows are not explained.
  public static let plain = AbbreviationForm(shape: .commas, known: ["CI", "N", "SD"])
  /// JAMA: a line that begins with "Abbreviations:", intervals explained.
  public static let jama = AbbreviationForm(shape: .titled, known: ["N", "SD", "SE"])
  /// NEJM: a sentence with "denotes".
  public static let nejm = AbbreviationForm(shape: .denotes, known: ["N", "SD", "SE"])
  /// Lancet: equal signs without blanks, each with a full stop.
  public static let lancet = AbbreviationForm(shape: .equalsStopped, known: ["N", "CI", "SD", "SE"])
  /// Annals: equal signs between blanks.
  public static let annals = AbbreviationForm(shape: .equals, known: ["N", "SD", "SE"])
}
