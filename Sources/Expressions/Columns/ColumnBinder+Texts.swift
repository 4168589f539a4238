// Function calls that make, change or read levels.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindTextFunction(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    switch function {
    case .cut: bindCut(call)
    case .recode: bindRecode(call)
    case .level, .text: bindLevels(function, call)
    case .number: bindNumber(call)
    case .contains, .startsWith, .endsWith: bindSearch(function, call)
    default: bindChange(function, call)
    }
  }

  private mutating func bindChange(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 1...1), let operand = text(nodes[0]) else { return nil }
    return .text(
      operand.mapping { level in
        switch function {
        case .lower: level.lowercased()
        case .upper: level.uppercased()
        default: Self.trimmed(level)
        }
      })
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  private mutating func bindSearch(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 2...2) else { return nil }
    let operand = text(nodes[0])
    guard case .text(let part) = nodes[1].kind else {
      report(.expressionType, "the part to look for is a text between quotation marks", at: nodes[1].range)
      return nil
    }
    guard let operand else { return nil }
    let wanted = Array(part.utf8)
    let holds = operand.levels.map { level -> Bool in
      let bytes = Array(level.utf8)
      switch function {
      case .startsWith: return bytes.starts(with: wanted)
      case .endsWith: return bytes.count >= wanted.count && bytes.suffix(wanted.count).elementsEqual(wanted)
      default: return Self.contains(bytes, wanted)
      }
    }
    return .flag(levels(operand, holds))
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0...].starts(with: part) }
  }

  private mutating func bindNumber(_ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 1...1), let bound = bind(nodes[0]) else { return nil }
    guard case .text(let text) = bound else { return number(bound, nodes[0]).map { .number($0) } }
    return .number(.levels(text, text.levels.map { Self.number(spelledBy: $0) }))
  }

  /// A decimal number with blanks around it and nothing else; NaN otherwise.
  static func number(spelledBy text: String) -> Double {
    let word = trimmed(text)
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isPlain, let value = Double(word), value.isFinite else { return .nan }
    return value
  }

  private mutating func bindLevels(_ function: ColumnFunction, _ call: FunctionCall) -> BoundExpression? {
    guard let nodes = arguments(call, 1...1), let bound = bind(nodes[0]) else { return nil }
    return bindLevels(of: bound, isOrdered: function == .level)
  }

  /// What is no text as levels: numbers ascending, days ascending, false before true.
  func bindLevels(of bound: BoundExpression, isOrdered: Bool) -> BoundExpression? {
    switch bound {
    case .text(let text):
      return .text(
        BoundText(text.node, levels: text.levels, isOrdered: text.isOrdered || isOrdered, column: text.column)
      )
    case .flag(let flag):
      return .text(BoundText(.flag(flag), levels: ["false", "true"], isOrdered: isOrdered))
    case .number(let number):
      let values = Rows.collect(table.rowCount, threads: threads) { number.values($0) }
      let distinct = Set(values.lazy.filter { !$0.isNaN }).sorted()
      return .text(
        BoundText(
          .position(number, distinct), levels: distinct.map(ShortestNumber.text), isOrdered: isOrdered))
    case .date(let date):
      let days = Rows.collect(table.rowCount, threads: threads) { date.values($0) }
      let distinct = Set(days.lazy.filter { $0 != BoundDate.missing }).sorted()
      let levels = distinct.map { CalendarDate(days: $0)?.text ?? "" }
      return .text(BoundText(.day(date, distinct), levels: levels, isOrdered: isOrdered))
    case .missing: return .text(.missing)
    }
  }

  // MARK: recode

  private mutating func bindRecode(_ call: FunctionCall) -> BoundExpression? {
    guard let first = call.arguments.first, first.label == nil else {
      report(
        .expressionType, "recode() begins with the column to recode", at: call.node.range,
        remedy: signatureRemedy(call))
      return nil
    }
    guard let operand = text(first.value) else { return nil }
    var changes: [String: String] = [:]
    var isSound = true
    var rest = call.arguments.dropFirst()[...]
    while let argument = rest.popFirst() {
      let olds: [(String, Expression.Node)]
      let new: Expression.Node
      if let label = argument.label {
        olds = [(label, Expression.Node(.text(label), argument.labelRange ?? argument.range))]
        new = argument.value
      } else if let target = rest.popFirst(), target.label == nil {
        guard let list = texts(argument.value, "what to recode") else { return nil }
        olds = list
        new = target.value
      } else {
        report(
          .expressionType, "this has no new name", at: argument.range, remedy: signatureRemedy(call))
        return nil
      }
      guard case .text(let name) = new.kind else {
        report(.expressionType, "the new name of a level is a text between quotation marks", at: new.range)
        return nil
      }
      for (word, node) in olds {
        let old = level(ofCode: word, operand)
        if !checkLevel(old, of: operand, first.value, at: node) { isSound = false }
        if changes.updateValue(name, forKey: old) != nil {
          report(.expressionType, "'\(old)' is recoded twice", at: node.range)
          isSound = false
        }
      }
    }
    return isSound ? .text(operand.mapping { changes[$0] ?? $0 }) : nil
  }

  /// The texts of a list, or one text alone.
  mutating func texts(_ node: Expression.Node, _ role: String) -> [(String, Expression.Node)]? {
    let items = if case .list(let items) = node.kind { items } else { [node] }
    var texts: [(String, Expression.Node)] = []
    for item in items {
      switch item.kind {
      case .text(let text): texts.append((text, item))
      case .number(let value): texts.append((ShortestNumber.text(value), item))
      default:
        report(
          .expressionType, "\(role) is a text between quotation marks, or a list of them", at: item.range)
        return nil
      }
    }
    return texts
  }
}
