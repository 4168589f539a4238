// Whether the sentences still follow from the numbers.

import DataTables
import Diagnostics
import Directives
import Expressions
import Presentation

/// The claims of a document held against its results.
struct ClaimCheck: Sendable {
  struct Failure: Sendable {
    let expression: Expression
    let reason: String?
    let met: [ResultEvaluation.Met]
  }

  private(set) var failures: [Failure] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Data functions that claims evaluated, for `results.json`.
  private(set) var recorded: [String: ResultValue] = [:]

  /// Whether each claim holds, by the first byte of its expression; those of failed directives are not in it.
  private var outcomes: [Int: Bool] = [:]

  /// - Parameters:
  ///   - last: the results of the last run, to show what a failing claim met then.
  ///   - memory: of the document's last run.
  init(_ claims: [Claim], store: ResultStore, last: [String: String], memory: SentenceMemory) {
    let known = memory.trueClaims(store.content)
    var holding: [ExactBytes: [ResultValue]] = [:]
    for claim in claims {
      let text = ExactBytes(claim.expression.source.bytes)
      do {
        if let asked = known[text] {
          for value in asked { recorded[value.path] = value }
          outcomes[Self.place(claim.expression.source)] = true
          holding[text] = asked
          continue
        }
        let (outcome, met) = try claim.expression.claim(in: store)
        let asked = met.filter { store[$0.name] == nil }.map { value in
          ResultValue(value.name, ScopedValue(value.value).resultContent, .number)
        }
        for value in asked { recorded[value.path] = value }
        let place = Self.place(claim.expression.source)
        if outcome != .unavailable { outcomes[place] = outcome == .holds }
        switch outcome {
        case .holds: holding[text] = asked
        case .unavailable: continue
        case .fails: fail(claim, met, reason: nil, last)
        case .undecided(let reason): fail(claim, met, reason: reason, last)
        }
      } catch {
        diagnostics += error.diagnostics
      }
    }
    memory.remember(trueClaims: holding, store.content)
  }

  /// Whether a claim held; `nil` when a directive it rests on failed.
  func holds(_ claim: SourceText) -> Bool? { outcomes[Self.place(claim)] }

  private static func place(_ source: SourceText) -> Int { source.range().bytes.lowerBound }

  private mutating func fail(
    _ claim: Claim, _ met: [ResultEvaluation.Met], reason: String?, _ last: [String: String]
  ) {
    failures.append(Failure(expression: claim.expression, reason: reason, met: met))
    // What cannot be decided says why; that the value is NE would only repeat it.
    let notes = met.filter { reason == nil || $0.value.isKnown }.map { value in
      let before = last[value.name].flatMap { Self.before($0, value.value) } ?? ""
      return Diagnostic.Note("\(value.name) is \(Self.shown(value.value.text))\(before)")
    }
    diagnostics.append(
      Diagnostic(
        .error, .claimFailed,
        reason.map { "the claim cannot be decided: \($0)" } ?? "the claim does not hold",
        at: claim.expression.source.range(),
        remedy: "correct the sentence, or the claim if it says too much", notes: notes))
  }

  /// ` (last run: 0.31)` when the record differs from the value.
  private static func before(_ recorded: String, _ value: NamedValue) -> String? {
    var recorded = recorded
    if case .date = value, let days = Int32(recorded), let date = CalendarDate(days: days) {
      recorded = date.text
    }
    let now = value.number.map(NumberFormat.twelveDigits) ?? value.text
    guard recorded != now, ResultPath.quoted(recorded) != now else { return nil }
    let short = shown(recorded)
    return " (last run: \(short == shown(value.text) ? recorded : short))"
  }

  /// Six digits are enough to see why a claim fails.
  private static func shown(_ text: String) -> String {
    guard text.contains("."), let number = Double(text) else { return text }
    let short = NumberFormat.significant(number, digits: 6)
    return short.utf8.count < text.utf8.count ? short : text
  }
}
