// The list of choices: their names in the front matter, their words in notes, and how one is taken over from another set.

import HypothesisTests
import ModelFormula
import Presentation
import Survival

extension Compatibility {
  /// One choice on which programs differ.
  struct Choice: Sendable {
    /// The key in the front matter's `compat:`.
    let name: String
    /// What is chosen: "ties in Cox models".
    let words: String
    /// The words that the front matter takes.
    let allowed: [String]
    /// The word of what a set of rules chooses.
    let text: @Sendable (Compatibility) -> String
    /// What a note says of it: "Efron ties".
    let sentence: @Sendable (Compatibility) -> String
    let set: @Sendable (inout Compatibility, String) -> Bool
    /// Takes this choice alone over from another set of rules.
    let copy: @Sendable (inout Compatibility, Compatibility) -> Void

    fileprivate init<Value: Sendable & Equatable>(
      _ name: String, _ words: String, _ path: WritableKeyPath<Compatibility, Value> & Sendable,
      _ values: [(word: String, value: Value)], _ sentence: @escaping @Sendable (Value) -> String
    ) {
      self.name = name
      self.words = words
      allowed = values.map(\.word)
      text = { rules in values.first { $0.value == rules[keyPath: path] }?.word ?? "" }
      self.sentence = { sentence($0[keyPath: path]) }
      set = { rules, word in
        guard let found = values.first(where: { $0.word == word }) else { return false }
        rules[keyPath: path] = found.value
        return true
      }
      copy = { $0[keyPath: path] = $1[keyPath: path] }
    }

    fileprivate init<Value: RawRepresentable & CaseIterable & Equatable & Sendable>(
      _ name: String, _ words: String, _ path: WritableKeyPath<Compatibility, Value> & Sendable,
      _ sentence: @escaping @Sendable (Value) -> String
    ) where Value.RawValue == String {
      self.init(name, words, path, Value.allCases.map { ($0.rawValue, $0) }, sentence)
    }
  }

  static let tiesChoice = Choice("ties", "ties in Cox models", \.ties) { $0.words }
  static let quantileRuleChoice = Choice(
    "quantile-rule", "a survival quantile where the curve is flat", \.quantileRule
  ) { rule in
    switch rule {
    case .midpoint: "quantiles at the midpoint of a flat step"
    case .sas: "quantiles at the midpoint to the next event"
    case .stata: "quantiles at the first time with S(t) ≤ 1 − p"
    }
  }
  static let nearEqualChoice = Choice(
    "near-equal-times", "times that differ by rounding alone", \.nearEqualTimes
  ) {
    $0 == .tied ? "near-equal times tied" : "near-equal times kept apart"
  }
  static let beyondChoice = Choice(
    "beyond-last-time", "S(t) beyond the last observed time", \.beyondLastTime
  ) { rule in
    switch rule {
    case .notEstimable: "S(t) beyond the last time not estimable"
    case .blank: "S(t) beyond the last time left blank"
    case .missing: "S(t) beyond the last time shown as ."
    }
  }
  static let convergenceChoice = Choice("convergence", "when a Cox fit has converged", \.convergence) {
    rule in
    switch rule {
    case .logLikelihoodAndScore: "converged by log-likelihood and score"
    case .logLikelihood: "converged by a relative change of the log-likelihood ≤ 1e-9"
    case .gradient: "converged by a relative gradient ≤ 1e-8"
    }
  }
  static let referenceChoice = Choice(
    "reference-level", "the reference level where the dictionary names none", \.referenceLevel
  ) { "reference level the \($0 == .first ? "first" : "last")" }
  static let quantileTypeChoice = Choice(
    "quantile-type", "quartiles in tables", \.quantileType,
    QuantileType.allCases.map { (String($0.rawValue), $0) }
  ) { "quantiles of type \($0.rawValue)" }

  /// Every choice, in the order of the manual.
  static let choices: [Choice] = [
    tiesChoice,
    Choice("exact-ties", "what `ties: exact` means", \.exactTies) {
      "exact ties are the \($0.rawValue) likelihood"
    },
    Choice("confidence-type", "the interval of S(t)", \.confidenceType) {
      "interval of S(t) \($0.transform.words)"
    },
    quantileRuleChoice,
    beyondChoice,
    convergenceChoice,
    Choice("time-transform", "the time scale of the proportional-hazards test", \.timeTransform) {
      "time scale \($0.words)"
    },
    Choice("incidence-confidence-type", "the interval of a cumulative incidence", \.incidenceConfidenceType) {
      "interval of F(t) \($0.transform.words)"
    },
    referenceChoice,
    quantileTypeChoice,
    Choice("rounding", "which way a half is rounded", \.rounding) {
      $0 == .awayFromZero ? "a half rounded away from zero" : "a half rounded to the even digit"
    },
    nearEqualChoice,
  ]

  /// What notes say of those of the given choices that are not Meier's own.
  func notes(_ choices: Choice...) -> [String] {
    choices.filter { $0.text(self) != $0.text(.meier) }.map { $0.sentence(self) }
  }
}

extension TiesMethod {
  /// "Efron ties", as notes say it.
  var words: String {
    switch self {
    case .efron: "Efron ties"
    case .breslow: "Breslow ties"
    case .exactPartial: "exact partial likelihood"
    }
  }
}
