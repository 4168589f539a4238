// The claims of a document, held against the results of two moments.

import Diagnostics
import Expressions

/// Whether a claim holds at one moment.
enum ClaimState: Sendable, Hashable {
  case holds, fails
  /// It rests on a value that is not estimable, not reached, withheld or missing.
  case undecided(reason: String)
  /// A result it names is not there.
  case unavailable

  /// In JSON, and in words.
  var name: String {
    switch self {
    case .holds: "holds"
    case .fails: "fails"
    case .undecided: "undecided"
    case .unavailable: "unavailable"
    }
  }

  var isBroken: Bool {
    switch self {
    case .fails, .undecided: true
    case .holds, .unavailable: false
    }
  }
}

/// A claim whose state differs between two moments.
struct ClaimChange: Sendable {
  /// The claim as the newer document has it, on one line.
  let text: String
  let line: Int
  /// Whether the older document did not make it.
  let isNew: Bool
  let old: ClaimState
  let new: ClaimState
  /// The results it rests on, in its order; those that are not there left out.
  let values: [Value]

  struct Value: Sendable {
    let name: String
    let old: String?
    let new: String

    /// `os.n is 9, was 8`
    var words: String {
      "\(name) is \(new)" + (old == new ? "" : old.map { ", was \($0)" } ?? ", was not there")
    }
  }
}

enum ClaimComparison {
  /// The claims whose state is not what it was; those that fail now come first, then in document order.
  ///
  /// - Parameter known: the claims of the older document; one that it did not make is told where it does not hold.
  static func changes(
    _ claims: [Claim], known: [Claim]?, old: ResultSnapshot, new: ResultSnapshot
  ) -> [ClaimChange] {
    let texts = known.map { Set($0.map(text)) }
    let changes = claims.compactMap { claim -> ClaimChange? in
      let isNew = texts.map { !$0.contains(text(claim)) } ?? false
      let (before, earlier) = isNew ? (.unavailable, []) : state(claim, in: old)
      let (after, met) = state(claim, in: new)
      guard isNew ? after.isBroken : before.name != after.name else { return nil }
      let source = claim.expression.source
      let values = met.map { value -> ClaimChange.Value in
        let previous = earlier.first { $0.name == value.name }?.value
        let text = ChangeText.pair(previous.map(shown), shown(value.value))
        return ClaimChange.Value(name: value.name, old: previous == nil ? nil : text.0, new: text.1)
      }
      return ClaimChange(
        text: text(claim), line: source.range().start.line, isNew: isNew, old: before, new: after,
        values: values)
    }
    return changes.filter(\.new.isBroken) + changes.filter { !$0.new.isBroken }
  }

  private static func text(_ claim: Claim) -> String {
    claim.expression.source.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func shown(_ value: NamedValue) -> ComparedValue {
    ComparedValue(value.number.map { .number($0) } ?? .text(value.text))
  }

  private static func state(
    _ claim: Claim, in snapshot: ResultSnapshot
  ) -> (ClaimState, [ResultEvaluation.Met]) {
    guard let (outcome, met) = try? claim.expression.claim(in: SnapshotScope(snapshot: snapshot)) else {
      return (.unavailable, [])
    }
    switch outcome {
    case .holds: return (.holds, met)
    case .fails: return (.fails, met)
    case .undecided(let reason): return (.undecided(reason: reason), met)
    case .unavailable: return (.unavailable, met)
    }
  }
}
