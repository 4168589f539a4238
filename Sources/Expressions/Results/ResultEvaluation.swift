// The public face of expressions over results: inline values and claims.

import Diagnostics

/// What an expression over results came to.
public struct ResultEvaluation: Sendable {
  /// What the expression came to.
  public let outcome: Outcome
  /// Every result the expression mentions with its value, in the order of the text, each once.
  public let met: [Met]

  /// A value, or none because something it needs has failed.
  public enum Outcome: Sendable {
    /// A value, known or not.
    case value(ScopedValue)
    /// A directive it needs has failed and has reported why.
    case unavailable
  }

  /// One result that the expression mentions.
  public struct Met: Sendable {
    /// The canonical path, or a data function's canonical text.
    public let name: String
    /// Its value.
    public let value: NamedValue
    /// Where it is mentioned.
    public let range: SourceRange
  }
}

/// Whether a claim holds.
public enum ClaimOutcome: Sendable, Equatable {
  /// It is true.
  case holds
  /// It is false.
  case fails
  /// It rests on a value that is not estimable, not reached, withheld or missing: such a claim counts as
  /// failed. `reason` names the result and says which.
  case undecided(reason: String)
  /// A directive it needs has failed and has reported why.
  case unavailable
}

extension Expression {
  /// Computes the expression from results.
  ///
  /// A value that is not reached, not estimable, withheld or missing makes every computation with it not
  /// estimable. There is one exception: a quantile that was not reached although the curve was followed to
  /// time T lies above T, so `median > x` holds, and `median <= x` does not, for every x <= T. `and` and `or`
  /// look at both sides: `false and NE` is false, `true or NE` is true.
  ///
  /// - Throws: unknown results, unknown functions, types that do not agree, each at its place.
  public func evaluate(in scope: any ResultScope) throws(DiagnosticList) -> ResultEvaluation {
    var evaluator = ResultEvaluator(source: source, scope: scope)
    let value = evaluator.evaluate(root)
    if evaluator.diagnostics.containsError { throw DiagnosticList(evaluator.diagnostics) }
    guard let value, !evaluator.metUnavailable else {
      return ResultEvaluation(outcome: .unavailable, met: evaluator.met)
    }
    return ResultEvaluation(outcome: .value(value.scoped), met: evaluator.met)
  }

  /// Whether the expression holds as a claim.
  ///
  /// - Throws: what `evaluate(in:)` throws, and `expression-type` if the expression is not true or false.
  public func claim(in scope: any ResultScope) throws(DiagnosticList) -> (
    outcome: ClaimOutcome, met: [ResultEvaluation.Met]
  ) {
    var evaluator = ResultEvaluator(source: source, scope: scope)
    let value = evaluator.evaluate(root)
    if !evaluator.diagnostics.containsError, let value, value.value.isKnown {
      if case .flag = value.value {
      } else {
        evaluator.report(
          .expressionType, "a claim is true or false, this is \(value.value.typeWords)", at: root.range,
          remedy: "write a comparison")
      }
    }
    if evaluator.diagnostics.containsError { throw DiagnosticList(evaluator.diagnostics) }
    guard let value, !evaluator.metUnavailable else { return (.unavailable, evaluator.met) }
    let outcome: ClaimOutcome =
      switch value.value {
      case .flag(let flag): flag ? .holds : .fails
      default: .undecided(reason: value.reason ?? "it is \(value.value.text)")
      }
    return (outcome, evaluator.met)
  }
}
