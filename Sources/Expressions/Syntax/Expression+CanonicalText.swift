// An expression written in one canonical way.

extension Expression {
  /// The expression with one spelling for everything: the key of what it computes, and its form in messages.
  public var canonicalText: String { root.canonicalText }
}

extension Expression.Node {
  var canonicalText: String { text(within: .loosest) }

  /// Operators' ranks: an operand of a looser operator needs parentheses.
  private enum Rank: Int {
    case loosest, or, and, not, comparison, sum, product, sign, power, primary
  }

  private func text(within outer: Rank) -> String {
    let (text, rank) = parts
    return rank.rawValue < outer.rawValue ? "(" + text + ")" : text
  }

  private func next(_ rank: Rank) -> Rank { Rank(rawValue: rank.rawValue + 1) ?? .primary }

  private func infix(_ left: Self, _ word: String, _ right: Self, _ rank: Rank) -> (String, Rank) {
    (left.text(within: rank) + " " + word + " " + right.text(within: next(rank)), rank)
  }

  private var parts: (String, Rank) {
    switch kind {
    case .number(let value): (ShortestNumber.text(value), value < 0 ? .sign : .primary)
    case .text(let text): (ResultPath.quoted(text), .primary)
    case .flag(let flag): (flag ? "true" : "false", .primary)
    case .missing: ("missing", .primary)
    case .reference(let reference): (reference.canonicalText, .primary)
    case .negation(let operand): ("-" + operand.text(within: .sign), .sign)
    case .not(let operand): ("not " + operand.text(within: .not), .not)
    case .and(let left, let right): infix(left, "and", right, .and)
    case .or(let left, let right): infix(left, "or", right, .or)
    case .comparison(let comparison, let left, let right):
      (
        left.text(within: .sum) + " " + comparison.rawValue + " " + right.text(within: .sum),
        .comparison
      )
    case .membership(let operand, let items, let negated):
      (
        operand.text(within: .sum) + (negated ? " not in " : " in ") + Self.list(items), .comparison
      )
    case .list(let items): (Self.list(items), .primary)
    case .arithmetic(let operation, let left, let right):
      switch operation {
      case .add, .subtract: infix(left, operation.rawValue, right, .sum)
      case .multiply, .divide, .remainder: infix(left, operation.rawValue, right, .product)
      case .power: (left.text(within: .primary) + "^" + right.text(within: .sign), .power)
      }
    }
  }

  fileprivate static func list(_ items: [Self]) -> String {
    "[" + items.map(\.canonicalText).joined(separator: ", ") + "]"
  }
}

extension Expression.Reference {
  var canonicalText: String {
    var text = name
    if isQuoted, !Self.isPlainName(name) { text = "col(" + ResultPath.quoted(name) + ")" }
    for step in steps {
      switch step {
      case .members(let members, _): text += "." + members
      case .index(let items, _): text += Expression.Node.list(items)
      case .call(let arguments, _): text += "(" + arguments.map(\.canonicalText).joined(separator: ", ") + ")"
      }
    }
    return text
  }

  /// Whether a column's name can be written without `col(…)`.
  package static func isPlainName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !Self.reserved.contains(name) else { return false }
    func isLetter(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    let second = name.utf8.dropFirst().first
    let beginsNumber =
      first == UInt8(ascii: ".") && second.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } == true
    return isLetter(first) && !beginsNumber
      && name.utf8.allSatisfy { isLetter($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }
  }

  private static let reserved: Set<String> = ["and", "or", "not", "in", "true", "false", "missing"]
}

extension Expression.Argument {
  var canonicalText: String {
    guard let label else { return value.canonicalText }
    let written = Expression.Reference.isPlainName(label) ? label : ResultPath.quoted(label)
    return written + ": " + value.canonicalText
  }
}
