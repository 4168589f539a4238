// Expressions as R would print them: the names of terms.

import Expressions

enum RText {
  /// The call or name as R's `deparse` writes it: `ns(bili, df = 3)`, `I(age^2)`, `log(x + 1)`.
  static func text(_ node: Expression.Node) -> String { wrapped(node).0 }

  /// Ranks of R's operators: an operand of a looser one needs parentheses.
  private enum Rank: Int {
    case or, and, not, comparison, sum, product, remainder, sign, power, primary
  }

  /// With the author's own parentheses, needed or not.
  private static func wrapped(_ node: Expression.Node) -> (String, Rank) {
    let (text, rank) = parts(node)
    let count = node.parenthesisCount
    guard count > 0 else { return (text, rank) }
    return (String(repeating: "(", count: count) + text + String(repeating: ")", count: count), .primary)
  }

  private static func operand(_ node: Expression.Node, _ outer: Rank) -> String {
    let (text, rank) = wrapped(node)
    return rank.rawValue < outer.rawValue ? "(" + text + ")" : text
  }

  private static func next(_ rank: Rank) -> Rank { Rank(rawValue: rank.rawValue + 1) ?? .primary }

  private static func infix(
    _ left: Expression.Node, _ sign: String, _ right: Expression.Node, _ rank: Rank
  ) -> (String, Rank) {
    (operand(left, rank) + sign + operand(right, next(rank)), rank)
  }

  private static func parts(_ node: Expression.Node) -> (String, Rank) {
    switch node.kind {
    case .number(let value): return (number(value), value < 0 ? .sign : .primary)
    case .text(let text): return (ResultPath.quoted(text), .primary)
    case .flag(let flag): return (flag ? "TRUE" : "FALSE", .primary)
    case .missing: return ("NA", .primary)
    case .reference(let reference): return (referenceText(reference), .primary)
    case .negation(let inner): return ("-" + operand(inner, .sign), .sign)
    case .not(let inner): return ("!" + operand(inner, .not), .not)
    case .and(let left, let right): return infix(left, " & ", right, .and)
    case .or(let left, let right): return infix(left, " | ", right, .or)
    case .comparison(let comparison, let left, let right):
      return (operand(left, .sum) + " \(comparison.rawValue) " + operand(right, .sum), .comparison)
    case .membership(let inner, let items, let negated):
      let text = operand(inner, .remainder) + " %in% " + list(items)
      return negated ? ("!" + text, .not) : (text, .remainder)
    case .list(let items): return (list(items), .primary)
    case .arithmetic(let operation, let left, let right):
      switch operation {
      case .add, .subtract: return infix(left, " \(operation.rawValue) ", right, .sum)
      case .multiply: return infix(left, " * ", right, .product)
      case .divide: return infix(left, "/", right, .product)
      case .remainder: return infix(left, "%%", right, .remainder)
      case .power: return (operand(left, .primary) + "^" + operand(right, .sign), .power)
      }
    }
  }

  private static func list(_ items: [Expression.Node]) -> String {
    "c(" + items.map(text).joined(separator: ", ") + ")"
  }

  private static func referenceText(_ reference: Expression.Reference) -> String {
    var text = Expression.Reference.isPlainName(reference.name) ? reference.name : "`" + reference.name + "`"
    for step in reference.steps {
      switch step {
      case .members(let members, _): text += "." + members
      case .index(let items, _): text += "[" + items.map(self.text).joined(separator: ", ") + "]"
      case .call(let arguments, _):
        text += "(" + arguments.map(argument).joined(separator: ", ") + ")"
      }
    }
    return text
  }

  private static func argument(_ argument: Expression.Argument) -> String {
    (argument.label.map { $0 + " = " } ?? "") + text(argument.value)
  }

  /// Fixed notation unless the scientific one is shorter, as R: `1e+05`, `1e-04`, `123456`.
  static func number(_ value: Double) -> String {
    let shortest = ShortestNumber.text(value)
    guard let (digits, exponent, sign) = decompose(shortest) else { return shortest }
    var mantissa = String(digits.prefix(1))
    if digits.count > 1 { mantissa += "." + digits.dropFirst() }
    let magnitude = abs(exponent)
    let scientific =
      mantissa + "e" + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + String(magnitude)
    let fixed: String
    if exponent >= digits.count - 1 {
      fixed = digits + String(repeating: "0", count: max(0, min(exponent - digits.count + 1, 400)))
    } else if exponent >= 0 {
      fixed = String(digits.prefix(exponent + 1)) + "." + digits.dropFirst(exponent + 1)
    } else {
      fixed = "0." + String(repeating: "0", count: min(-exponent - 1, 400)) + digits
    }
    return sign + (fixed.count <= scientific.count ? fixed : scientific)
  }

  /// Significant digits, the power of ten of the first, and the sign.
  private static func decompose(_ text: String) -> (digits: String, exponent: Int, sign: String)? {
    let isNegative = text.hasPrefix("-")
    let body = isNegative ? text.dropFirst() : text[...]
    let halves = body.split(separator: "e")
    guard let mantissa = halves.first, let power = halves.count > 1 ? Int(halves[1]) : 0 else { return nil }
    let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let whole = pieces.first.map(String.init) ?? ""
    let fraction = pieces.count > 1 ? String(pieces[1]) : ""
    var digits = Array(whole + fraction)
    var exponent = whole.count - 1 + power
    while digits.count > 1, digits.first == "0" {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (String(digits), digits == ["0"] ? 0 : exponent, isNegative ? "-" : "")
  }
}
