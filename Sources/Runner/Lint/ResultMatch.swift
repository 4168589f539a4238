// Which result a typed number may be a copy of.

import Directives
import Expressions
import Presentation

/// A result that equals a typed number to the digits typed, and how much speaks for it.
struct ResultMatch {
  let path: String
  /// What the sentence has in common with the result's name.
  let score: Int
  /// Whether the number is the result's value of the last run, not of this one.
  let isOutdated: Bool
  /// Whether no other result that agrees comes near it: only then may it take the number's place unasked.
  var isAlone = false
}

/// Holds typed numbers against results.
struct ResultMatcher {
  private struct Candidate {
    let path: String
    let kind: ValueKind
    let current: Double
    /// The value of the last run where it was another.
    let last: Double?
    let features: PathFeatures
  }

  private let candidates: [Candidate]
  /// By how much the words must speak for a result to decide between it and another.
  private static let margin = 4

  init(_ store: ResultStore, last: [String: String]) {
    candidates = store.paths.sorted().compactMap { path in
      guard let value = store[path], case .quantity(let quantity) = value.content,
        let number = quantity.number, number.isFinite, value.format.kind != .date
      else { return nil }
      let recorded = last[path].flatMap(Double.init)
      let hasChanged = last[path].map { $0 != NumberFormat.twelveDigits(number) } ?? false
      return Candidate(
        path: path, kind: value.format.kind, current: number, last: hasChanged ? recorded : nil,
        features: PathFeatures(path))
    }
  }

  /// The best matches, all of the same score; current ones hide outdated ones.
  func matches(_ number: TypedNumber, _ context: NumberContext, words: SentenceWords, at index: Int)
    -> [ResultMatch]
  {
    for isOutdated in [false, true] {
      var best: [ResultMatch] = []
      var all: [Int] = []
      for candidate in candidates {
        guard fits(candidate, context),
          let value = isOutdated ? candidate.last : candidate.current,
          agrees(value, candidate.kind, number, context),
          let score = candidate.features.score(words, context, at: index)
        else { continue }
        let match = ResultMatch(path: candidate.path, score: score, isOutdated: isOutdated)
        all.append(score)
        if score > best.first?.score ?? .min {
          best = [match]
        } else if score == best.first?.score {
          best.append(match)
        }
      }
      if let first = best.first, first.score >= threshold(number, context) {
        // Of equals the shortest name is the plainest.
        let isAlone = all.count { $0 > first.score - Self.margin } == 1
        return best.sorted { ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path) }
          .map { ResultMatch(path: $0.path, score: $0.score, isOutdated: $0.isOutdated, isAlone: isAlone) }
      }
    }
    return []
  }

  /// Few digits agree by chance: then the words must agree as well.
  private func threshold(_ number: TypedNumber, _ context: NumberContext) -> Int {
    switch context.reading {
    case .count: return number.value < 20 ? 3 : 0
    case .pValue: return context.relation == "<" ? 3 : number.decimals >= 3 ? 0 : 3
    case .ratio: return number.decimals >= 2 ? 0 : 2
    case .percent, .time, .estimate:
      let digits = number.text.utf8.count { $0 != 0x2E }
      return digits >= 4 ? 0 : digits == 3 ? 2 : 3
    }
  }

  private func fits(_ candidate: Candidate, _ context: NumberContext) -> Bool {
    if candidate.features.limit != context.limit { return false }
    return switch context.reading {
    case .pValue: candidate.kind == .pValue
    case .percent: candidate.kind == .percent || candidate.kind == .proportion
    case .count: candidate.kind == .count
    case .time: candidate.kind == .time || candidate.kind == .number
    case .ratio: candidate.kind == .ratio
    case .estimate:
      switch candidate.kind {
      case .proportion, .time, .ratio, .coefficient, .statistic, .number: true
      default: false
      }
    }
  }

  private func agrees(
    _ value: Double, _ kind: ValueKind, _ number: TypedNumber, _ context: NumberContext
  ) -> Bool {
    if context.reading == .count { return value == number.value }
    if context.reading == .pValue, context.relation == "<" {
      return value < number.value && [0.001, 0.0001].contains(number.value)
    }
    let value = context.reading == .percent && kind == .proportion ? value * 100 : value
    // Half away from zero as Meier rounds, or half to even as others do.
    let unit = (0..<number.decimals).reduce(1.0) { unit, _ in unit / 10 }
    return NumberFormat.rounded(value, digits: number.decimals) == number.value
      || abs(value - number.value) <= unit / 2 * (1 + 1e-9)
  }
}

/// The words of a sentence, as far as they can speak for a result.
struct SentenceWords {
  let words: Set<String>
  let numbers: Set<Double>
  /// Words and numbers in lower case, with their index in the sentence.
  private let sequence: [(word: String, index: Int)]

  init(_ sentence: [ProseToken]) {
    sequence = sentence.enumerated().compactMap { index, token in
      switch token.kind {
      case .word(let word): (word.lowercased(), index)
      case .number(let number): (number.text, index)
      case .sign: nil
      }
    }
    words = Set(sequence.map(\.word))
    var numbers = Set(sentence.compactMap { $0.number?.value })
    // `5-year survival` is survival at 60 months.
    for (first, second) in zip(sequence, sequence.dropFirst()) where second.word.hasPrefix("year") {
      if let years = Double(first.word) { numbers.insert(years * 12) }
    }
    self.numbers = numbers
  }

  /// How many words lie between a label and the number at an index; behind the number a label counts as farther.
  /// `nil` when the sentence does not hold it.
  func distance(of label: [String], from index: Int) -> Int? {
    guard !label.isEmpty, sequence.count >= label.count else { return nil }
    let position = sequence.firstIndex { $0.index >= index } ?? sequence.count
    var nearest: Int?
    for start in 0...(sequence.count - label.count)
    where zip(sequence[start...], label).allSatisfy({ $0.word == $1 }) {
      let end = start + label.count
      let distance = end <= position ? position - end : (start - position) * 2
      nearest = min(nearest ?? .max, max(distance, 0))
    }
    return nearest
  }
}
