// Whether the sentences still follow from the numbers.

import Diagnostics
import Directives
import Expressions

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

  /// - Parameter last: the results of the last run, to show what a failing claim met then.
  init(_ claims: [Claim], store: ResultStore, last: [String: String]) {
    for claim in claims {
      do {
        let (outcome, met) = try claim.expression.claim(in: store)
        for value in met where store.values[value.name] == nil {
          recorded[value.name] = ResultValue(
            value.name, ScopedValue(value.value).resultContent, .number)
        }
        switch outcome {
        case .holds, .unavailable: continue
        case .fails: fail(claim, met, reason: nil, last)
        case .undecided(let reason): fail(claim, met, reason: reason, last)
        }
      } catch {
        diagnostics += error.diagnostics
      }
    }
  }

  private mutating func fail(
    _ claim: Claim, _ met: [ResultEvaluation.Met], reason: String?, _ last: [String: String]
  ) {
    failures.append(Failure(expression: claim.expression, reason: reason, met: met))
    var notes = met.map { value in
      let before = last[value.name].flatMap { $0 == value.value.text ? nil : " (last run: \($0))" } ?? ""
      return Diagnostic.Note("\(value.name) is \(value.value.text)\(before)")
    }
    if let reason { notes.insert(Diagnostic.Note("it cannot be decided: \(reason)"), at: 0) }
    diagnostics.append(
      Diagnostic(
        .error, .claimFailed, "the claim does not hold", at: claim.expression.source.range(),
        remedy: "correct the sentence, or the claim if it says too much", notes: notes))
  }
}
