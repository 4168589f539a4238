// ns, bs, rcs, poly, pspline and ridge, as written.

import Diagnostics
import Expressions

/// Several columns made from one column of numbers.
public struct BasisCall: Sendable {
  /// The function's name, as written.
  public let function: String
  /// What it is a function of.
  public let column: Expression
  /// Which basis.
  public let kind: Kind

  /// The bases a formula may ask for, each with the arguments of R's function, defaults filled in.
  public enum Kind: Sendable {
    /// Natural cubic spline: `knots` inside, or as many at quantiles as `degreesOfFreedom` asks for.
    case naturalSpline(degreesOfFreedom: Int?, knots: [Double]?, intercept: Bool, boundary: [Double]?)
    /// R's `bs(…)`.
    case bSpline(degreesOfFreedom: Int?, knots: [Double]?, degree: Int, intercept: Bool, boundary: [Double]?)
    /// Restricted cubic spline: a number of knots at their usual quantiles, or the knots.
    case restrictedCubicSpline(count: Int, knots: [Double]?)
    /// R's `poly(…)`.
    case polynomial(degree: Int, isRaw: Bool)
    /// R's `pspline(…)`.
    case penalisedSpline(PenalisedSplineCall)
  }

  init(_ call: FormulaCall) throws(Diagnostic) {
    function = call.name
    switch call.name {
    case "ns":
      let matched = try call.matched(["x", "df", "knots", "intercept", "Boundary.knots"])
      column = try call.required("x", matched)
      kind = .naturalSpline(
        degreesOfFreedom: try call.whole(matched["df"], "df", 1...50),
        knots: try call.numbers(matched["knots"], "knots"),
        intercept: try call.flag(matched["intercept"], "intercept") ?? false,
        boundary: try Self.boundary(call, matched))
    case "bs":
      let matched = try call.matched(["x", "df", "knots", "degree", "intercept", "Boundary.knots"])
      column = try call.required("x", matched)
      kind = .bSpline(
        degreesOfFreedom: try call.whole(matched["df"], "df", 1...50),
        knots: try call.numbers(matched["knots"], "knots"),
        degree: try call.whole(matched["degree"], "degree", 1...10) ?? 3,
        intercept: try call.flag(matched["intercept"], "intercept") ?? false,
        boundary: try Self.boundary(call, matched))
    case "rcs":
      let matched = try call.matched(["x", "knots"])
      column = try call.required("x", matched)
      if case .number? = matched["knots"]?.kind {
        kind = .restrictedCubicSpline(
          count: try call.whole(matched["knots"], "knots", 3...50) ?? 5, knots: nil)
      } else {
        let knots = try call.numbers(matched["knots"], "knots")
        if let knots, Set(knots).count < 3 {
          throw call.fault("rcs() needs three knots or more", matched["knots"]?.range ?? call.node.range)
        }
        kind = .restrictedCubicSpline(count: 5, knots: knots)
      }
    case "poly":
      let matched = try call.matched(["x", "degree", "raw", "simple"])
      column = try call.required("x", matched)
      kind = .polynomial(
        degree: try call.whole(matched["degree"], "degree", 1...20) ?? 1,
        isRaw: try call.flag(matched["raw"], "raw") ?? false)
    default:
      let matched = try call.matched([
        "x", "df", "theta", "nterm", "degree", "eps", "method", "Boundary.knots",
      ])
      column = try call.required("x", matched)
      kind = .penalisedSpline(
        try PenalisedSplineCall(call, matched, boundary: try Self.boundary(call, matched)))
    }
  }

  private static func boundary(
    _ call: FormulaCall, _ matched: [String: Expression.Node]
  ) throws(Diagnostic) -> [Double]? {
    guard let boundary = try call.numbers(matched["Boundary.knots"], "Boundary.knots") else { return nil }
    guard boundary.count == 2, boundary[0] < boundary[1] else {
      throw call.fault(
        "'Boundary.knots' are two different numbers", matched["Boundary.knots"]?.range ?? call.node.range)
    }
    return boundary
  }
}

/// `pspline(x, df = 4)` or `pspline(x, theta = 0.5)`.
public struct PenalisedSplineCall: Sendable {
  /// 0 asks for the degrees of freedom with the smallest AIC.
  public let degreesOfFreedom: Double
  /// The penalty's share, between 0 and 1; `nil` when `degreesOfFreedom` decides.
  public let theta: Double?
  /// Intervals between the boundary knots.
  public let intervalCount: Int
  /// Degree of the pieces; 3 for cubic ones.
  public let degree: Int
  /// The boundary knots; the range of the data when `nil`.
  public let boundary: [Double]?

  init(
    _ call: FormulaCall, _ matched: [String: Expression.Node], boundary: [Double]?
  ) throws(Diagnostic) {
    self.boundary = boundary
    theta = try call.number(matched["theta"], "theta")
    if let theta, theta <= 0 || theta >= 1 {
      throw call.fault("'theta' lies between 0 and 1", matched["theta"]?.range ?? call.node.range)
    }
    let degreesOfFreedom = try call.number(matched["df"], "df") ?? 4
    let method = try call.texts(matched["method"], "method")
    let byAIC = degreesOfFreedom == 0 || method == ["aic"]
    self.degreesOfFreedom = byAIC ? 0 : degreesOfFreedom
    let asked = try call.number(matched["nterm"], "nterm")
    // R: 2.5 terms for each degree of freedom, a half rounded to even; 15 where AIC decides.
    let count = byAIC && theta == nil ? 15 : (asked ?? 2.5 * degreesOfFreedom).rounded(.toNearestOrEven)
    guard let whole = Int(exactly: count), (3...200).contains(whole) else {
      throw call.fault(
        "pspline() needs 3 to 200 terms", (matched["nterm"] ?? matched["df"])?.range ?? call.node.range)
    }
    if theta == nil, !byAIC, degreesOfFreedom <= 1 || degreesOfFreedom > count {
      throw call.fault(
        "'df' lies above 1 and not above the number of terms, \(whole)",
        matched["df"]?.range ?? call.node.range)
    }
    intervalCount = whole
    degree = try call.whole(matched["degree"], "degree", 1...10) ?? 3
    try call.passOver(tolerance: matched["eps"])
  }
}

/// `ridge(a, b, theta = 1)`: columns whose coefficients are shrunk together.
public struct RidgeCall: Sendable {
  /// The penalised variables.
  public let columns: [Expression]
  /// Their names, as written.
  public let names: [String]
  /// The penalty; `nil` where degrees of freedom are given.
  public let theta: Double?
  /// Half the number of columns unless said.
  public let degreesOfFreedom: Double?
  /// Whether the penalty is in units of the columns' variances.
  public let isScaled: Bool

  init(_ call: FormulaCall) throws(Diagnostic) {
    var columns: [Expression] = []
    var names: [String] = []
    var options: [String: Expression.Node] = [:]
    for argument in call.arguments {
      if let label = argument.label {
        guard ["theta", "df", "eps", "scale"].contains(label) else {
          throw call.fault(
            "ridge() has no argument '\(label)'", argument.labelRange ?? argument.range,
            "arguments: theta, df, eps, scale")
        }
        options[label] = argument.value
      } else {
        columns.append(call.expression(argument.value))
        names.append(Self.name(argument.value))
      }
    }
    guard !columns.isEmpty else { throw call.fault("ridge() needs a column", call.node.range) }
    self.columns = columns
    self.names = names
    theta = try call.number(options["theta"], "theta")
    degreesOfFreedom = try call.number(options["df"], "df")
    if theta != nil, degreesOfFreedom != nil {
      throw call.fault("only one of 'theta' and 'df' can be given", call.node.range)
    }
    if let theta, theta < 0 {
      throw call.fault("'theta' is not negative", options["theta"]?.range ?? call.node.range)
    }
    try call.passOver(tolerance: options["eps"])
    isScaled = try call.flag(options["scale"], "scale") ?? true
  }

  private static func name(_ node: Expression.Node) -> String {
    if case .reference(let reference) = node.kind, reference.steps.isEmpty { return reference.name }
    return RText.text(node)
  }
}
