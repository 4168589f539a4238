// The abbreviations that Meier's own tables use, and finding those that a table needs explained.

/// What the short forms in headings and cells stand for.
public enum Abbreviation {
  /// In the order of the alphabet, as they are explained.
  public static let dictionary: [(short: String, long: String)] = [
    ("AFT", "accelerated failure time"),
    ("AIC", "Akaike information criterion"),
    ("AUC", "area under the curve"),
    ("BIC", "Bayesian information criterion"),
    ("CI", "confidence interval"),
    ("ESS", "effective sample size"),
    ("HR", "hazard ratio"),
    ("IQR", "interquartile range"),
    ("IRR", "incidence rate ratio"),
    ("NE", "not estimable"),
    ("NR", "not reached"),
    ("OR", "odds ratio"),
    ("RMST", "restricted mean survival time"),
    ("RR", "rate ratio"),
    ("SD", "standard deviation"),
    ("SE", "standard error"),
    ("SHR", "subdistribution hazard ratio"),
    ("SMD", "standardised mean difference"),
    ("TR", "time ratio"),
  ]

  /// Those of the dictionary that stand in the texts as words of their own; `extra` adds or overrides.
  static func used(in texts: [String], extra: [(short: String, long: String)] = []) -> [(
    short: String, long: String
  )] {
    var words: Set<Substring> = []
    for text in texts { words.formUnion(text.split { !$0.isLetter && !$0.isNumber }) }
    let own = dictionary.filter { entry in !extra.contains { $0.short == entry.short } }
    return (own + extra).filter { words.contains(Substring($0.short)) }
      .sorted {
        $0.short.unicodeScalars.lexicographicallyPrecedes($1.short.unicodeScalars) { $0.value < $1.value }
      }
  }
}
