// A journal's habits, all set by one word in the front matter.

/// `style: plain | jama | nejm | lancet | annals`. Sources of the single rules stand with the parts.
public struct JournalStyle: Sendable, Hashable {
  /// The word in the front matter.
  public let name: String
  /// Decimal mark, grouping, minus sign and rounding.
  public var number: NumberStyle
  /// Digits and wording of P values.
  public var pValue: PValueFormat
  /// Words and marks of confidence intervals.
  public var interval: IntervalWording
  /// Decimals of percentages.
  public var percent: PercentRule
  /// How captions of tables and figures are set.
  public var captions: CaptionForm
  /// How notes explain abbreviations, and which are known to every reader.
  public var abbreviations: AbbreviationForm
  /// Fonts and panel letters of figures.
  public var figure: FigureLettering
  /// In place of the reference level's ratio.
  public var referenceText: String
  /// Decimals that a directive's author asked for.
  public var digits = DigitWish()

  /// Meier's own, for no journal: what is used when the document names none.
  public static let plain = JournalStyle(
    name: "plain", number: .point, pValue: .plain, interval: .plain, percent: .plain, captions: .plain,
    abbreviations: .plain, figure: .plain, referenceText: "1 (reference)")

  /// JAMA and its network (AMA Manual of Style): P without a leading zero, thin spaces between thousands.
  public static let jama = JournalStyle(
    name: "jama", number: .pointSpaced, pValue: .jama, interval: .jama, percent: .jama, captions: .jama,
    abbreviations: .jama, figure: .jama, referenceText: "1 [Reference]")

  /// The New England Journal of Medicine.
  public static let nejm = JournalStyle(
    name: "nejm", number: .point, pValue: .nejm, interval: .nejm, percent: .nejm, captions: .nejm,
    abbreviations: .nejm, figure: .nejm, referenceText: "Reference")

  /// The Lancet: raised decimal points, p in lower case.
  public static let lancet = JournalStyle(
    name: "lancet", number: .raisedPoint, pValue: .lancet, interval: .lancet, percent: .lancet,
    captions: .lancet, abbreviations: .lancet, figure: .lancet, referenceText: "1 (ref)")

  /// Annals of Internal Medicine.
  public static let annals = JournalStyle(
    name: "annals", number: .pointSpaced, pValue: .annals, interval: .annals, percent: .annals,
    captions: .annals, abbreviations: .annals, figure: .annals, referenceText: "1.00 (reference)")

  /// Whether the journal spells as in America: standardized, analyzed.
  var isAmerican: Bool { ["jama", "nejm", "annals"].contains(name) }

  /// Meier's own words in the journal's spelling.
  public func spelled(_ words: String) -> String {
    guard isAmerican else { return words }
    return words.replacing("tandardis", with: "tandardiz").replacing("nalysed", with: "nalyzed")
  }

  /// All styles, in the order of the manual.
  public static let all: [JournalStyle] = [.plain, .jama, .nejm, .lancet, .annals]

  /// The style of that name, if there is one.
  public static func named(_ name: String) -> JournalStyle? { all.first { $0.name == name } }
}

/// Decimals of percents.
public struct PercentRule: Sendable, Hashable {
  /// Of counts: none if the denominator is smaller than this, otherwise one.
  public let decimalsFrom: Int
  /// Of survival, incidence and their limits, in tables and prose.
  public let survivalDigits: Int
  /// `58 (8.9%)` or, under a heading that says %, `58 (8.9)`.
  public let signInCells: Bool

  /// Decimals of a percentage of so many.
  public func digits(denominator: Double?) -> Int {
    guard let denominator else { return 1 }
    return denominator < Double(decimalsFrom) ? 0 : 1
  }

  /// Whole percents of counts below 100 and of survival.
  public static let plain = PercentRule(decimalsFrom: 100, survivalDigits: 0, signInCells: true)
  /// No decimal below 100: AMA Manual of Style, 11th edition (2020), section 19.
  public static let jama = PercentRule(decimalsFrom: 100, survivalDigits: 1, signInCells: false)
  /// No decimal below 100; survival with one; the sign in the heading.
  public static let nejm = PercentRule(decimalsFrom: 100, survivalDigits: 1, signInCells: false)
  /// No decimal below 100; survival with one; the sign in each cell.
  public static let lancet = PercentRule(decimalsFrom: 100, survivalDigits: 1, signInCells: true)
  /// No decimal below 200: Annals of Internal Medicine, "General statistical guidance".
  public static let annals = PercentRule(decimalsFrom: 200, survivalDigits: 1, signInCells: false)
}

/// Lettering that figures take over.
public struct FigureLettering: Sendable, Hashable {
  /// In order of preference; metrically alike. The first is one that office programs replace by a font of the same
  /// widths: the first name alone counts for them.
  public let fontFamilies: [String]
  /// Points.
  public let fontSize: Double
  /// "A", "a": how panels are lettered.
  public let panelLetters: PanelLetters

  /// The case of the letters that tell the panels of a figure apart.
  public enum PanelLetters: Sendable, Hashable {
    /// A, B, C.
    case capitals
    /// a, b, c.
    case small
  }

  private static let sans = ["Arial", "Liberation Sans", "Helvetica", "sans-serif"]
  private static let times = ["Times New Roman", "Times", "Liberation Serif", "serif"]

  /// A sans-serif of 8 points, panels A, B, C.
  public static let plain = FigureLettering(fontFamilies: sans, fontSize: 8, panelLetters: .capitals)
  /// A sans-serif of 8 points, panels A, B, C.
  public static let jama = FigureLettering(fontFamilies: sans, fontSize: 8, panelLetters: .capitals)
  /// A sans-serif of 8 points, panels A, B, C.
  public static let nejm = FigureLettering(fontFamilies: sans, fontSize: 8, panelLetters: .capitals)
  /// Times of 8 points, panels A, B, C.
  public static let lancet = FigureLettering(fontFamilies: times, fontSize: 8, panelLetters: .capitals)
  /// A sans-serif of 8 points, panels A, B, C.
  public static let annals = FigureLettering(fontFamilies: sans, fontSize: 8, panelLetters: .capitals)
}
