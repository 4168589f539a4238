// The left side of a formula.

import Diagnostics
import Expressions

/// What a formula explains.
public struct FormulaResponse: Sendable {
  /// What the left side is.
  public let form: Form
  /// The text of the formula.
  public let source: SourceText
  /// The bytes of the left side within it.
  public let range: Range<Int>

  /// What a left side can be.
  public enum Form: Sendable {
    /// A name alone: a column, or an outcome declared with the data.
    case name(String)
    /// `Surv(…)`
    case survival(SurvivalSyntax)
    /// `cbind(successes, failures)`
    case columns([Expression])
    /// A computation: `log(los)`, `status == 1`.
    case expression(Expression)
  }

  /// The place in the author's file.
  public var sourceRange: SourceRange { source.range(range) }

  /// The left side as the author wrote it.
  public var words: String { source.slice(range).string }

  init(_ node: Expression.Node, source: SourceText) throws(Diagnostic) {
    self.source = source
    range = node.range
    guard case .reference(let reference) = node.kind, !reference.isQuoted || reference.steps.isEmpty else {
      form = .expression(Expression(source: source, root: node, dialect: .formula))
      return
    }
    if reference.steps.isEmpty {
      form = .name(reference.name)
    } else if case .call(let arguments, _)? = reference.steps.first, reference.steps.count == 1 {
      switch reference.name {
      case "Surv": form = .survival(try SurvivalSyntax(arguments, node, source: source))
      case "cbind":
        form = .columns(arguments.map { Expression(source: source, root: $0.value, dialect: .formula) })
      default: form = .expression(Expression(source: source, root: node, dialect: .formula))
      }
    } else {
      form = .expression(Expression(source: source, root: node, dialect: .formula))
    }
  }

  var columnUses: [Expression.NameUse] {
    switch form {
    case .name(let name): [Expression.NameUse(name: name, range: sourceRange)]
    case .survival(let survival): survival.columnUses
    case .columns(let expressions): expressions.flatMap(\.columnUses)
    case .expression(let expression): expression.columnUses
    }
  }
}

/// `Surv(time, event)`, `Surv(start, stop, event)`, or `Surv(time)` where everybody had the event.
public struct SurvivalSyntax: Sendable {
  /// End of observation.
  public let time: Expression
  /// Begin of observation, for data in (start, stop] form.
  public let entry: Expression?
  /// True or 1 for an event; `nil` where everybody had it.
  public let event: Expression?
  /// The text of the formula.
  public let source: SourceText
  /// Bytes of the formula that hold `Surv(…)`.
  public let range: Range<Int>

  /// The same in the author's file.
  public var sourceRange: SourceRange { source.range(range) }

  /// Every column it mentions, in the order begin, end, event.
  public var columnUses: [Expression.NameUse] {
    (entry?.columnUses ?? []) + time.columnUses + (event?.columnUses ?? [])
  }

  /// Reads an outcome as data sets declare it: `Surv(os_months, died == 1)`.
  public static func parse(_ source: SourceText) throws(DiagnosticList) -> SurvivalSyntax {
    let expression = try Expression.parse(source, dialect: .formula)
    do throws(Diagnostic) {
      let response = try FormulaResponse(expression.root, source: source)
      if case .survival(let survival) = response.form { return survival }
      throw Diagnostic(
        .error, .formulaSyntax, "an outcome is written Surv(time, event)",
        at: source.range(expression.root.range),
        remedy: "write Surv(months, died == 1), or Surv(start, stop, died == 1)")
    } catch {
      throw DiagnosticList([error])
    }
  }

  init(_ arguments: [Expression.Argument], _ node: Expression.Node, source: SourceText) throws(Diagnostic) {
    self.source = source
    range = node.range
    func fault(_ message: String, _ range: Range<Int>, _ remedy: String? = nil) -> Diagnostic {
      Diagnostic(.error, .formulaSyntax, message, at: source.range(range), remedy: remedy)
    }
    func expression(_ node: Expression.Node?) -> Expression? {
      node.map { Expression(source: source, root: $0, dialect: .formula) }
    }
    var named: [String: Expression.Node] = [:]
    var positional: [Expression.Node] = []
    for argument in arguments {
      guard let label = argument.label else {
        positional.append(argument.value)
        continue
      }
      guard ["time", "time2", "event", "start", "stop", "type"].contains(label) else {
        throw fault(
          "Surv() has no argument '\(label)'", argument.labelRange ?? argument.range,
          "to compare, write \(label) == \(source.slice(argument.value.range).string)")
      }
      named[label] = argument.value
    }
    if let type = named.removeValue(forKey: "type") {
      guard case .text(let name) = type.kind, name == "right" || name == "counting" else {
        throw fault("only right-censored and (start, stop] data are known", type.range)
      }
    }
    // R fills the arguments in the order time, time2, event; two in a row are time and event.
    var slots: [String: Expression.Node] = named
    if let start = slots.removeValue(forKey: "start") { slots["time"] = start }
    if let stop = slots.removeValue(forKey: "stop") { slots["time2"] = stop }
    let open = ["time", "time2", "event"].filter { slots[$0] == nil }
    let order =
      open.count - positional.count == 1 && slots["time2"] == nil ? open.filter { $0 != "time2" } : open
    guard positional.count <= order.count else {
      throw fault(
        "Surv() takes a time and an event, or start, stop and event", node.range,
        "write Surv(months, died == 1)")
    }
    for (name, value) in zip(order, positional) { slots[name] = value }
    guard let first = expression(slots["time"]) else {
      throw fault("Surv() needs a time", node.range, "write Surv(months, died == 1)")
    }
    if let stop = expression(slots["time2"]) {
      entry = first
      time = stop
    } else {
      entry = nil
      time = first
    }
    event = expression(slots["event"])
    if entry != nil, event == nil {
      throw fault(
        "Surv() with start and stop needs an event", node.range, "write Surv(start, stop, died == 1)")
    }
  }
}
