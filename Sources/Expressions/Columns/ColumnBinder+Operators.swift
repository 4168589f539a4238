// Arithmetic and comparisons between columns and constants.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindArithmetic(
    _ operation: ArithmeticOperator, _ left: Expression.Node, _ right: Expression.Node,
    _ node: Expression.Node
  ) -> BoundExpression? {
    let (boundLeft, boundRight) = (bind(left), bind(right))
    guard let boundLeft, let boundRight else { return nil }
    switch (operation, boundLeft, boundRight) {
    case (.subtract, .date, .date), (.subtract, .date, .text), (.subtract, .text, .date):
      let (later, earlier) = (date(boundLeft, left), date(boundRight, right))
      guard let later, let earlier else { return nil }
      return .number(.days(later, earlier))
    case (.add, .date(let date), .number(let days)), (.add, .number(let days), .date(let date)):
      return .date(.plus(date, days))
    case (.subtract, .date(let date), .number(let days)):
      return .date(.plus(date, .negation(days)))
    case (.add, .text, .text):
      report(
        .expressionType, "'+' adds numbers, not texts", at: node.range, remedy: "recode(…) makes new levels")
      return nil
    default:
      let (leftNumber, rightNumber) = (number(boundLeft, left), number(boundRight, right))
      guard let leftNumber, let rightNumber else { return nil }
      if let a = leftNumber.constant, let b = rightNumber.constant {
        return .number(.constant(operation(a, b)))
      }
      return .number(.arithmetic(operation, leftNumber, rightNumber))
    }
  }

  mutating func bindComparison(
    _ comparison: ComparisonOperator, _ left: Expression.Node, _ right: Expression.Node,
    _ node: Expression.Node
  ) -> BoundFlag? {
    let (boundLeft, boundRight) = (bind(left), bind(right))
    guard let boundLeft, let boundRight else { return nil }
    switch (boundLeft, boundRight) {
    case (.missing, let other), (let other, .missing):
      let operand = if case .missing = boundLeft { right } else { left }
      _ = other
      report(
        .expressionType, "a comparison with 'missing' is never true", at: node.range,
        remedy: "write is_missing(\(words(operand)))")
      return nil
    case (.number(let a), .number(let b)): return compareNumbers(comparison, a, b)
    case (.flag(let a), .flag(let b)):
      if comparison.needsOrder { return .compare(comparison, .flag(a), .flag(b)) }
      return .compareFlags(equal: comparison == .equal, a, b)
    case (.flag(let a), .number(let b)): return compareNumbers(comparison, .flag(a), b)
    case (.number(let a), .flag(let b)): return compareNumbers(comparison, a, .flag(b))
    case (.date, .date), (.date, .text), (.text, .date):
      let (a, b) = (date(boundLeft, left), date(boundRight, right))
      guard let a, let b else { return nil }
      return .compareDates(comparison, a, b)
    case (.text(let a), .text(let b)): return compareTexts(comparison, a, left, b, right, node)
    case (.text(let a), .number(let b)): return compareText(comparison, a, left, b, right, node)
    case (.number(let a), .text(let b)):
      return compareText(comparison.mirrored, b, right, a, left, node)
    default:
      reportMismatch(boundLeft, left, boundRight, right, node)
      return nil
    }
  }

  private mutating func reportMismatch(
    _ boundLeft: BoundExpression, _ left: Expression.Node, _ boundRight: BoundExpression,
    _ right: Expression.Node,
    _ node: Expression.Node
  ) {
    var remedy: String?
    switch (boundLeft, boundRight) {
    case (.flag, .text(let text)) where text.constant == "true" || text.constant == "false":
      remedy = "write \(text.constant ?? "true") without quotation marks"
    case (.number, .date), (.date, .number): remedy = "write date(\"2003-01-31\") for a day"
    default: break
    }
    report(
      .expressionType,
      "\(describe(boundLeft, left)) is \(boundLeft.type?.words ?? "missing"), "
        + "\(describe(boundRight, right)) is \(boundRight.type?.words ?? "missing"): they cannot be compared",
      at: node.range, remedy: remedy)
  }

  func compareNumbers(_ comparison: ComparisonOperator, _ left: BoundNumber, _ right: BoundNumber)
    -> BoundFlag
  {
    if let constant = right.constant {
      if case .column(.uint8(let bytes)) = left, !constant.isNaN {
        let table = (0..<256).map { byte -> UInt8 in
          byte == 255 ? BoundFlag.missing : comparison.holds(Double(byte), constant) ? 1 : 0
        }
        return .byteTable(bytes, table: table)
      }
      return .compareConstant(comparison, left, constant)
    }
    if let constant = left.constant { return .compareConstant(comparison.mirrored, right, constant) }
    return .compare(comparison, left, right)
  }

  // MARK: Texts

  /// A column of words against a number: allowed when the number, written out, is one of the levels.
  private mutating func compareText(
    _ comparison: ComparisonOperator, _ text: BoundText, _ textNode: Expression.Node, _ number: BoundNumber,
    _ numberNode: Expression.Node, _ node: Expression.Node
  ) -> BoundFlag? {
    guard text.constant == nil, let constant = number.constant else {
      reportMismatch(.text(text), textNode, .number(number), numberNode, node)
      return nil
    }
    let level = level(ofCode: ShortestNumber.text(constant), text)
    guard text.levels.contains(level) else {
      let name = text.column.map { "'\($0)'" } ?? "'\(words(textNode))'"
      report(
        .expressionType, "\(name) holds text, and \(level) is none of its levels", at: numberNode.range,
        remedy: "number(\(words(textNode))) reads the numbers in it")
      return nil
    }
    return compareLevel(comparison, text, textNode, level, numberNode, node)
  }

  private mutating func compareTexts(
    _ comparison: ComparisonOperator, _ left: BoundText, _ leftNode: Expression.Node, _ right: BoundText,
    _ rightNode: Expression.Node, _ node: Expression.Node
  ) -> BoundFlag? {
    if let level = right.constant { return compareLevel(comparison, left, leftNode, level, rightNode, node) }
    if let level = left.constant {
      return compareLevel(comparison.mirrored, right, rightNode, level, leftNode, node)
    }
    if comparison.needsOrder, !(left.isOrdered && right.isOrdered && left.levels == right.levels) {
      reportNoOrder(node)
      return nil
    }
    let united = BoundText.united(left, right)
    let ranks = (0..<Int32(clamping: united.levels.count)).map { $0 }
    return .compareTexts(
      comparison, BoundText(united.first, levels: united.levels), ranks,
      BoundText(united.second, levels: united.levels), ranks)
  }

  private mutating func reportNoOrder(_ node: Expression.Node) {
    report(
      .expressionType, "texts have no order", at: node.range,
      remedy:
        "declare the levels in their order in the dictionary of the data set; both sides must share them")
  }

  /// A column of words against one word, answered once per level.
  private mutating func compareLevel(
    _ comparison: ComparisonOperator, _ text: BoundText, _ textNode: Expression.Node, _ level: String,
    _ levelNode: Expression.Node, _ node: Expression.Node
  ) -> BoundFlag? {
    let level = self.level(ofCode: level, text)
    guard checkLevel(level, of: text, textNode, at: levelNode) else { return nil }
    if comparison.needsOrder {
      guard text.isOrdered, let rank = text.levels.firstIndex(of: level) else {
        reportNoOrder(node)
        return nil
      }
      return levels(text, text.levels.indices.map { comparison.holds($0, rank) })
    }
    return levels(text, text.levels.map { ($0 == level) == (comparison == .equal) })
  }

  /// An answer per level; straight from the bytes where the column is stored in bytes.
  func levels(_ text: BoundText, _ holds: [Bool]) -> BoundFlag {
    if case .column(.uint8(let bytes)) = text.node {
      let table = (0..<256).map { byte -> UInt8 in
        byte == 255 || byte >= holds.count ? BoundFlag.missing : holds[byte] ? 1 : 0
      }
      return .byteTable(bytes, table: table)
    }
    return .levels(text, holds.map { $0 ? 1 : 0 })
  }

  /// A code that the dictionary has a label for means the level of that label; other words mean themselves.
  func level(ofCode code: String, _ text: BoundText) -> String {
    if text.levels.contains(code) { return code }
    return text.column.flatMap { table[$0]?.metadata.label(ofCode: code) } ?? code
  }

  /// Whether a word is a level of a text; reports one that is not. Texts without levels (no rows, nothing but
  /// missing values) take any word.
  mutating func checkLevel(
    _ level: String, of text: BoundText, _ textNode: Expression.Node, at levelNode: Expression.Node
  ) -> Bool {
    if text.levels.isEmpty || text.levels.contains(level) { return true }
    let name = text.column.map { "'\($0)'" } ?? "'\(words(textNode))'"
    // Levels of long lists may be free text about patients: none of them is suggested.
    let suggestible = text.levels.count <= 50 ? text.levels : []
    let remedy =
      NearMiss.remedy(for: level, among: suggestible)
      ?? (text.column == nil
        ? nil : "if it may occur in later data, declare it among the levels in the dictionary")
    report(.unknownLevel, "\(name) has no level '\(level)'", at: levelNode.range, remedy: remedy)
    return false
  }

  // MARK: Membership

  mutating func bindMembership(
    _ operand: Expression.Node, _ items: [Expression.Node], negated: Bool, _ node: Expression.Node
  ) -> BoundFlag? {
    guard let bound = bind(operand) else { return nil }
    let flag: BoundFlag?
    switch bound {
    case .text(let text): flag = membership(of: text, operand, in: items)
    default:
      // A chain of 'or': each item compared as '==' would compare it.
      var joined: BoundFlag? = .constant(0)
      if case .number(let number) = bound, let numbers = constants(items) {
        joined = .among(number, numbers.sorted())
      } else {
        for item in items {
          let one = bindComparison(.equal, operand, item, item)
          joined = joined.flatMap { joined in one.map { .or(joined, $0) } }
        }
      }
      flag = joined
    }
    return flag.map { negated ? .not($0) : $0 }
  }

  private func constants(_ items: [Expression.Node]) -> [Double]? {
    var numbers: [Double] = []
    for item in items {
      guard case .number(let value) = item.kind else { return nil }
      numbers.append(value)
    }
    return numbers
  }

  private mutating func membership(
    of text: BoundText, _ textNode: Expression.Node, in items: [Expression.Node]
  ) -> BoundFlag? {
    var wanted = Set<String>()
    var isSound = true
    for item in items {
      switch item.kind {
      case .text(let word):
        let level = level(ofCode: word, text)
        if checkLevel(level, of: text, textNode, at: item) { wanted.insert(level) } else { isSound = false }
      case .number(let value) where text.levels.contains(level(ofCode: ShortestNumber.text(value), text)):
        wanted.insert(level(ofCode: ShortestNumber.text(value), text))
      default:
        isSound = false
        report(
          .expressionType, "a list to look a text up in holds texts between quotation marks", at: item.range)
      }
    }
    return isSound ? levels(text, text.levels.map { wanted.contains($0) }) : nil
  }
}
