// One variable of a formula: a column, or a call that makes columns.

import Diagnostics
import Expressions

/// A name or call as it stands in the terms of a formula. Two with the same text are one variable.
public struct FormulaVariable: Sendable {
  /// As R prints it: `age`, `log(bili)`, `ns(bili, df = 3)`. A column alone goes without backquotes.
  public let text: String
  /// What the variable is.
  public let form: Form
  /// The text of the formula.
  public let source: SourceText
  /// The bytes of the variable within it.
  public let range: Range<Int>

  /// What a variable can be.
  public enum Form: Sendable {
    /// A column of the table.
    case column(String)
    /// A computation that yields one value per row: `I(age^2)`, `log(x)`, `cut(age, c(50, 65))`.
    case expression(Expression)
    /// A call that makes a factor of a column.
    case factor(FactorCall)
    /// Several columns made of numbers: splines, polynomials.
    case basis(BasisCall)
    /// R's `ridge(…)`.
    case ridge(RidgeCall)
    /// Groups with a baseline of their own.
    case strata([Expression])
    /// Rows that belong together, for robust variance.
    case cluster(Expression)
    /// A known part of the linear predictor.
    case offset(Expression)
  }

  /// The place in the author's file.
  public var sourceRange: SourceRange { source.range(range) }

  /// The columns the variable is made of.
  public var columnUses: [Expression.NameUse] {
    if case .column(let name) = form { return [Expression.NameUse(name: name, range: sourceRange)] }
    return expressions.flatMap(\.columnUses)
  }

  /// What must be computed from the data.
  var expressions: [Expression] {
    switch form {
    case .column: []
    case .expression(let expression), .cluster(let expression), .offset(let expression): [expression]
    case .factor(let call): [call.column]
    case .basis(let call): [call.column]
    case .ridge(let call): call.columns
    case .strata(let expressions): expressions
    }
  }

  init(_ node: Expression.Node, source: SourceText) throws(Diagnostic) {
    self.source = source
    range = node.range
    guard case .reference(let reference) = node.kind else {
      text = RText.text(node)
      form = .expression(Expression(source: source, root: node, dialect: .formula))
      return
    }
    guard case .call(let arguments, _)? = reference.steps.first, !reference.isQuoted else {
      text = reference.name
      form = .column(reference.name)
      return
    }
    text = RText.text(node)
    form = try Self.form(FormulaCall(name: reference.name, arguments: arguments, node: node, source: source))
  }

  init(column name: String, source: SourceText, range: Range<Int>) {
    text = name
    form = .column(name)
    self.source = source
    self.range = range
  }

  private static func form(_ call: FormulaCall) throws(Diagnostic) -> Form {
    switch call.name {
    case let name where FactorCall.names.contains(name): .factor(try FactorCall(call))
    case "ns", "bs", "rcs", "poly", "pspline": .basis(try BasisCall(call))
    case "ridge": .ridge(try RidgeCall(call))
    case "strata": .strata(try call.expressions(atLeast: 1, ignoring: ["shortlabel", "sep", "na.group"]))
    case "cluster": .cluster(try call.onlyExpression())
    case "offset": .offset(try call.onlyExpression())
    case "Surv":
      throw call.fault("Surv() belongs on the left side of '~'", call.node.range)
    case let name where ForeignTerm.remedies[name] != nil:
      throw call.fault("\(name)() is not known here", call.node.range, ForeignTerm.remedies[name])
    default: .expression(Expression(source: call.source, root: call.node, dialect: .formula))
    }
  }
}
