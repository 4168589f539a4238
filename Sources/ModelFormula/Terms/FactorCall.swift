// factor(x, levels, labels), ordered(x), relevel(x, ref), C(x, contr.sum).

import Diagnostics
import Expressions

/// How the levels of a factor become columns.
public enum Contrast: String, Sendable, Hashable, CaseIterable {
  /// Each level against the reference.
  case treatment
  /// Each level but the last against the mean of all.
  case sum
  /// Each level against the mean of those before it.
  case helmert
  /// Orthogonal polynomials in the rank of the level.
  case polynomial
}

/// A column to be taken as categories.
public struct FactorCall: Sendable {
  static let names = ["factor", "as.factor", "ordered", "as.ordered", "C", "relevel"]

  /// What is taken for a factor.
  public let column: Expression
  /// Calls within, the innermost first: `relevel(factor(x), ref = "b")`.
  let inner: [FactorCall]
  /// The levels and their order; values outside are missing. `nil`: those that occur.
  public let levels: [String]?
  /// Other names of the levels; `nil` for their own.
  public let labels: [String]?
  /// The level that others are compared with; the first when `nil`.
  public let reference: String?
  /// How levels become columns; as the analysis says when `nil`.
  public let contrast: Contrast?
  let levelsRange: Range<Int>?
  let referenceRange: Range<Int>?

  init(_ call: FormulaCall) throws(Diagnostic) {
    inner = try Self.inner(of: call)
    switch call.name {
    case "C":
      let matched = try call.matched(["object", "contr"])
      column = try Self.base(inner, call, "object", matched)
      (levels, labels, reference) = (nil, nil, nil)
      contrast = try matched["contr"].map { node throws(Diagnostic) in try Self.contrast(node, call) }
      (levelsRange, referenceRange) = (nil, nil)
    case "relevel":
      let matched = try call.matched(["x", "ref"])
      column = try Self.base(inner, call, "x", matched)
      (levels, labels, contrast) = (nil, nil, nil)
      guard let reference = try call.texts(matched["ref"], "ref")?.first else {
        throw call.fault("relevel() needs 'ref', the reference level", call.node.range)
      }
      self.reference = reference
      levelsRange = nil
      referenceRange = matched["ref"]?.range
    default:
      let matched = try call.matched(["x", "levels", "labels", "ordered"])
      column = try Self.base(inner, call, "x", matched)
      levels = try call.texts(matched["levels"], "levels")
      labels = try call.texts(matched["labels"], "labels")
      if let labels, let levels, labels.count != levels.count {
        throw call.fault(
          "\(levels.count) levels cannot have \(labels.count) labels",
          matched["labels"]?.range ?? call.node.range)
      }
      reference = nil
      let isOrdered =
        try call.flag(matched["ordered"], "ordered") ?? ["ordered", "as.ordered"].contains(call.name)
      contrast = isOrdered ? .polynomial : nil
      levelsRange = matched["levels"]?.range
      referenceRange = nil
    }
  }

  /// The contrast of this call, or of the calls within.
  var effectiveContrast: Contrast? { contrast ?? inner.reversed().lazy.compactMap(\.contrast).first }

  /// The column that the innermost call is about.
  private static func base(
    _ inner: [FactorCall], _ call: FormulaCall, _ parameter: String, _ matched: [String: Expression.Node]
  ) throws(Diagnostic) -> Expression {
    if let first = inner.first { return first.column }
    return try call.required(parameter, matched)
  }

  /// The calls in the place of the column.
  private static func inner(of call: FormulaCall) throws(Diagnostic) -> [FactorCall] {
    let parameter = call.name == "C" ? "object" : "x"
    let node = call.arguments.first { $0.label == parameter } ?? call.arguments.first { $0.label == nil }
    guard case .reference(let reference)? = node?.value.kind, names.contains(reference.name),
      case .call(let arguments, _)? = reference.steps.first, reference.steps.count == 1, !reference.isQuoted,
      let value = node?.value
    else { return [] }
    let found = try FactorCall(
      FormulaCall(name: reference.name, arguments: arguments, node: value, source: call.source))
    return found.inner + [found]
  }

  private static func contrast(_ node: Expression.Node, _ call: FormulaCall) throws(Diagnostic) -> Contrast {
    let name: String? =
      switch node.kind {
      case .reference(let reference): reference.name
      case .text(let text): text
      default: nil
      }
    switch name {
    case "contr.treatment", "treatment": return .treatment
    case "contr.sum", "sum": return .sum
    case "contr.helmert", "helmert": return .helmert
    case "contr.poly", "poly": return .polynomial
    default:
      throw call.fault(
        "unknown contrasts", node.range, "contr.treatment, contr.sum, contr.helmert or contr.poly")
    }
  }
}
