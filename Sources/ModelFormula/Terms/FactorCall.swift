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
  public let column: Expression
  /// The levels and their order; values outside are missing. `nil`: those that occur.
  public let levels: [String]?
  public let labels: [String]?
  public let reference: String?
  public let contrast: Contrast?
  let levelsRange: Range<Int>?
  let referenceRange: Range<Int>?

  init(_ call: FormulaCall) throws(Diagnostic) {
    switch call.name {
    case "C":
      let matched = try call.matched(["object", "contr"])
      column = try call.required("object", matched)
      (levels, labels, reference) = (nil, nil, nil)
      contrast = try matched["contr"].map { node throws(Diagnostic) in try Self.contrast(node, call) }
      (levelsRange, referenceRange) = (nil, nil)
    case "relevel":
      let matched = try call.matched(["x", "ref"])
      column = try call.required("x", matched)
      (levels, labels, contrast) = (nil, nil, nil)
      guard let reference = try call.texts(matched["ref"], "ref")?.first else {
        throw call.fault("relevel() needs 'ref', the reference level", call.node.range)
      }
      self.reference = reference
      levelsRange = nil
      referenceRange = matched["ref"]?.range
    default:
      let matched = try call.matched(["x", "levels", "labels", "ordered"])
      column = try call.required("x", matched)
      levels = try call.texts(matched["levels"], "levels")
      labels = try call.texts(matched["labels"], "labels")
      if let labels, let levels, labels.count != levels.count {
        throw call.fault(
          "\(levels.count) levels cannot have \(labels.count) labels",
          matched["labels"]?.range ?? call.node.range)
      }
      reference = nil
      let isOrdered = try call.flag(matched["ordered"], "ordered") ?? (call.name == "ordered")
      contrast = isOrdered ? .polynomial : nil
      levelsRange = matched["levels"]?.range
      referenceRange = nil
    }
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
