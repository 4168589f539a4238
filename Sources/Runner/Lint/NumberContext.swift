// What the words around a typed number say it is.

/// The kind of result that a number claims to be.
struct NumberContext: Sendable {
  enum Reading: Sendable, Equatable {
    case pValue
    case percent
    case count
    case time
    case ratio
    /// Some estimate with decimals.
    case estimate
  }

  enum Limit: String, Sendable { case lower, upper }

  let reading: Reading
  /// Which limit of an interval it is; `nil` for an estimate.
  let limit: Limit?
  /// Where what has to be replaced begins: the sign of `P < 0.001` belongs to it.
  let firstToken: Int
  /// `<`, `>` or `=` before a P value.
  let relation: Character?

  static let ratioWords: Set<String> = [
    "HR", "aHR", "OR", "aOR", "RR", "IRR", "sHR", "SHR", "ratio", "ratios",
  ]
  static let countWords: Set<String> = [
    "patients", "patient", "events", "event", "deaths", "death", "participants", "subjects", "women", "men",
    "persons", "people", "cases", "controls", "rows", "died", "survivors", "children", "individuals",
    "infants",
  ]
  static let timeWords: Set<String> = [
    "months", "month", "years", "year", "days", "day", "weeks", "week", "mo", "yr",
  ]
  static let statisticalWords: Set<String> = [
    "median", "medians", "mean", "means", "survival", "follow", "followup", "restricted", "rmst", "quartile",
    "quartiles", "iqr", "interquartile", "hazard", "odds", "ci", "confidence", "concordance", "auc",
    "incidence",
    "coefficient", "difference", "statistic", "χ²", "square", "rate", "sd", "ratio", "hr",
  ]

  private static let levels: Set<Double> = [80, 90, 95, 97.5, 99]
  private static let separators: Set<String> = ["to", "and", "or", "versus", "vs"]

  /// - Parameter index: of a number in the sentence.
  static func read(_ sentence: [ProseToken], at index: Int) -> NumberContext? {
    guard let number = sentence[index].number else { return nil }
    func token(_ at: Int) -> ProseToken? { sentence.indices.contains(at) ? sentence[at] : nil }
    // `5-year`, `60-month`: a time asked for, not a result.
    if let dash = token(index + 1), dash.isSign("-‐‑"), dash.isAttached, let word = token(index + 2),
      word.isAttached, word.word != nil
    {
      return nil
    }
    if isConfidenceLevel(sentence, index, number) { return nil }
    let isYear = number.decimals == 0 && (1900...2100).contains(number.value)
    if let pValue = pValue(sentence, index) { return pValue }
    let unit = unit(sentence, after: index, of: number)
    let limit = limit(sentence, index)
    if let unit, unit == .count {
      return limit == nil ? NumberContext(.count, index) : nil
    }
    if equalsN(sentence, index) { return NumberContext(.count, index) }
    if isYear { return nil }
    if unit == .percent { return NumberContext(.percent, index, limit: limit) }
    let speaksOfStatistics = sentence.contains {
      statisticalWords.contains($0.word?.lowercased() ?? "") || ratioWords.contains($0.word ?? "")
    }
    if unit == .time { return speaksOfStatistics ? NumberContext(.time, index, limit: limit) : nil }
    guard number.decimals > 0 else { return nil }
    if followsRatio(sentence, index, isLimit: limit != nil) {
      return NumberContext(.ratio, index, limit: limit)
    }
    return speaksOfStatistics ? NumberContext(.estimate, index, limit: limit) : nil
  }

  private init(
    _ reading: Reading, _ firstToken: Int, limit: Limit? = nil, relation: Character? = nil
  ) {
    self.reading = reading
    self.firstToken = firstToken
    self.limit = limit
    self.relation = relation
  }

  // MARK: What stands before and behind

  private static func isConfidenceLevel(_ sentence: [ProseToken], _ index: Int, _ number: TypedNumber) -> Bool
  {
    guard levels.contains(number.value), index + 2 < sentence.count, sentence[index + 1].isSign("%") else {
      return false
    }
    var next = index + 2
    if sentence[next].isSign("-") { next += 1 }
    guard next < sentence.count, let word = sentence[next].word?.lowercased() else { return false }
    return ["ci", "cis", "confidence", "cri", "credible", "prediction", "uncertainty"].contains(word)
  }

  /// `P = 0.04`, `p<0.001`, `a P value of 0.04`.
  private static func pValue(_ sentence: [ProseToken], _ index: Int) -> NumberContext? {
    var position = index - 1
    var relation: Character?
    if position >= 0, case .sign(let sign) = sentence[position].kind, "=<>≤≥".contains(sign) {
      relation = sign
      position -= 1
    }
    while position >= 0, let word = sentence[position].word,
      ["of", "was", "is", "were"].contains(word), index - position < 4
    {
      position -= 1
    }
    if position >= 0, ["value", "values"].contains(sentence[position].word?.lowercased() ?? "") {
      position -= 1
      if position >= 0, sentence[position].isSign("-") { position -= 1 }
    } else if relation == nil {
      return nil
    }
    while position >= 0, sentence[position].isSign("*_") { position -= 1 }
    guard position >= 0, let letter = sentence[position].word, letter == "P" || letter == "p" else {
      return nil
    }
    return NumberContext(.pValue, relation == nil ? index : index - 1, relation: relation)
  }

  private static func equalsN(_ sentence: [ProseToken], _ index: Int) -> Bool {
    guard index >= 2, sentence[index - 1].isSign("=") else { return false }
    return ["n", "N"].contains(sentence[index - 2].word ?? "")
  }

  /// The unit behind a number, or behind the list of numbers that it begins: `160, 123 and 66 months`.
  private static func unit(_ sentence: [ProseToken], after index: Int, of number: TypedNumber) -> Reading? {
    var position = index + 1
    for _ in 0..<16 where position < sentence.count {
      let token = sentence[position]
      if token.isSign("%") { return .percent }
      if let word = token.word?.lowercased() {
        if word == "percent" { return .percent }
        if word == "per" {
          return position + 1 < sentence.count && sentence[position + 1].word?.lowercased() == "cent"
            ? .percent : nil
        }
        if timeWords.contains(word) { return .time }
        if countWords.contains(word) { return number.decimals == 0 ? .count : nil }
        if word == "of" || word == "out", number.decimals == 0 { return countedOf(sentence, position) }
        if !separators.contains(word) {
          return position == index + 1 && number.decimals == 0 && number.value >= 100
            ? countBehindAdjectives(sentence, position) : nil
        }
      } else if !token.isSign(",–-;") {
        return nil
      }
      position += 1
      // A separator leads to another number, and that one's unit is shared.
      while position < sentence.count,
        sentence[position].word.map({ separators.contains($0.lowercased()) }) == true
      {
        position += 1
      }
      guard position < sentence.count, sentence[position].number != nil else { return nil }
      position += 1
    }
    return nil
  }

  /// `387 of the 649 patients`
  private static func countedOf(_ sentence: [ProseToken], _ start: Int) -> Reading? {
    for position in start..<min(start + 6, sentence.count) {
      guard let word = sentence[position].word?.lowercased() else {
        if sentence[position].number == nil { return nil }
        continue
      }
      if countWords.contains(word) { return .count }
    }
    return nil
  }

  /// `649 eligible adult patients`
  private static func countBehindAdjectives(_ sentence: [ProseToken], _ start: Int) -> Reading? {
    for position in start..<min(start + 3, sentence.count) {
      guard let word = sentence[position].word?.lowercased() else { return nil }
      if countWords.contains(word) { return .count }
    }
    return nil
  }

  /// Behind `95% CI`, the first number is the lower limit and the second the upper.
  private static func limit(_ sentence: [ProseToken], _ index: Int) -> Limit? {
    var position = index - 1
    var numbers = 0
    while position >= 0 {
      let token = sentence[position]
      if let word = token.word {
        if ["CI", "CIs", "interval", "IQR"].contains(word) {
          return numbers == 0 ? .lower : numbers == 1 ? .upper : nil
        }
        if word.lowercased() != "to" && word.lowercased() != "and" { return nil }
      } else if token.number != nil {
        numbers += 1
      } else if !token.isSign(",:=–-[(%") {
        return nil
      }
      position -= 1
    }
    return nil
  }

  /// Whether a ratio was named before, with no other number between them.
  private static func followsRatio(_ sentence: [ProseToken], _ index: Int, isLimit: Bool) -> Bool {
    var numbers = 0
    for position in stride(from: index - 1, through: max(0, index - 14), by: -1) {
      let token = sentence[position]
      if token.number != nil { numbers += 1 }
      if token.isSign(";") { return false }
      if let word = token.word, ratioWords.contains(word) || ratioWords.contains(word.lowercased()) {
        return isLimit || numbers == 0
      }
    }
    return false
  }
}
