import DataTables
import Diagnostics
import Testing

@testable import Expressions

/// Random expressions held against an evaluator that takes one row at a time and knows nothing of storage.
@Suite struct ColumnPropertyTests {
  /// An expression's text, and its value in each row.
  private struct Sample<Value> {
    let text: String
    let values: [Value?]
  }

  private struct Maker {
    var random = SplitMix(state: 99)
    let rows = 40
    let numbers: [(String, [Double?])]
    let flags: [(String, [Bool?])]
    let levels = ["a", "b", "c"]
    let texts: [(String, [String?])]

    init() {
      var random = SplitMix(state: 5)
      func column<Value>(_ make: (UInt64) -> Value) -> [Value?] {
        (0..<40).map { _ in random.next() % 6 == 0 ? nil : make(random.next() >> 8) }
      }
      numbers = [
        ("byte", column { Double($0 % 4) }), ("short", column { Double($0 % 700) - 350 }),
        ("long", column { Double($0 % 4) * 100_000 }), ("real", column { Double($0 % 9) / 4 }),
      ]
      flags = [("yes", column { $0 % 2 == 0 }), ("no", column { $0 % 3 == 0 })]
      texts = [
        ("word", column { ["a", "b", "c"][Int($0 % 3)] }),
        ("other", column { ["a", "b", "c"][Int($0 % 3)] }),
      ]
    }

    func table() throws -> DataTable {
      try DataTable(
        name: "t",
        columns: numbers.map { Column(name: $0.0, numbers: $0.1.map { $0 ?? .nan }) }
          + flags.map { Column(name: $0.0, flags: $0.1) }
          + texts.map { name, values in
            Column(
              name: name, codes: values.map { $0.map { Int32(levels.firstIndex(of: $0) ?? 0) } ?? -1 },
              levels: levels)
          })
    }

    mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private func zip2<A, B, R>(_ a: [A?], _ b: [B?], _ body: (A, B) -> R?) -> [R?] {
      zip(a, b).map { a, b in a.flatMap { a in b.flatMap { body(a, $0) } } }
    }

    mutating func number(_ depth: Int) -> Sample<Double> {
      switch depth == 0 ? pick(2) : pick(6) {
      case 0:
        let (name, values) = numbers[pick(numbers.count)]
        return Sample(text: name, values: values)
      case 1:
        let value = [0.0, 1, 2, -3, 0.5, 100_000][pick(6)]
        return Sample(
          text: "(" + ShortestNumber.text(value) + ")", values: Array(repeating: value, count: rows))
      case 2:
        let (condition, yes, no) = (flag(depth - 1), number(depth - 1), number(depth - 1))
        let values = (0..<rows).map { row in
          condition.values[row].flatMap { $0 ? yes.values[row] : no.values[row] }
        }
        return Sample(text: "if(\(condition.text), \(yes.text), \(no.text))", values: values)
      case 3:
        let (first, second) = (number(depth - 1), number(depth - 1))
        return Sample(
          text: "coalesce(\(first.text), \(second.text))",
          values: zip(first.values, second.values).map { $0 ?? $1 })
      default:
        let (left, right) = (number(depth - 1), number(depth - 1))
        let operations: [(String, (Double, Double) -> Double)] = [
          ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }), ("/", { $0 / $1 }),
        ]
        let (sign, body) = operations[pick(operations.count)]
        return Sample(
          text: "(\(left.text) \(sign) \(right.text))",
          values: zip2(left.values, right.values) { a, b in body(a, b).isFinite ? body(a, b) : nil })
      }
    }

    mutating func flag(_ depth: Int) -> Sample<Bool> {
      switch depth == 0 ? pick(3) : pick(9) {
      case 0:
        let (name, values) = flags[pick(flags.count)]
        return Sample(text: name, values: values)
      case 1:
        let (name, values) = texts[pick(texts.count)]
        let level = levels[pick(3)]
        let (sign, body): (String, (Int, Int) -> Bool) = comparison()
        let wanted = levels.firstIndex(of: level) ?? 0
        return Sample(
          text: "\(name) \(sign) \"\(level)\"",
          values: values.map { $0.map { body(levels.firstIndex(of: $0) ?? 0, wanted) } })
      case 2:
        let (name, values) = texts[pick(texts.count)]
        return Sample(text: "\(name) not in [\"a\", \"c\"]", values: values.map { $0.map { $0 == "b" } })
      case 3:
        let (left, right) = (number(depth - 1), number(depth - 1))
        let (sign, body): (String, (Double, Double) -> Bool) = comparison()
        return Sample(
          text: "\(left.text) \(sign) \(right.text)", values: zip2(left.values, right.values, body))
      case 4:
        let inner = flag(depth - 1)
        return Sample(text: "not (\(inner.text))", values: inner.values.map { $0.map { !$0 } })
      case 5:
        let (left, right) = (flag(depth - 1), flag(depth - 1))
        return Sample(
          text: "(\(left.text)) and (\(right.text))",
          values: zip(left.values, right.values).map { a, b in
            a == false || b == false ? false : a == nil || b == nil ? nil : true
          })
      case 6:
        let (left, right) = (flag(depth - 1), flag(depth - 1))
        return Sample(
          text: "(\(left.text)) or (\(right.text))",
          values: zip(left.values, right.values).map { a, b in
            a == true || b == true ? true : a == nil || b == nil ? nil : false
          })
      case 7:
        let inner = number(depth - 1)
        return Sample(text: "is_missing(\(inner.text))", values: inner.values.map { $0 == nil })
      default:
        let inner = number(depth - 1)
        return Sample(
          text: "\(inner.text) in [1, 0, 0.5]",
          values: inner.values.map { $0.map { $0 == 1 || $0 == 0 || $0 == 0.5 } })
      }
    }

    private mutating func comparison<Value: Comparable>() -> (String, (Value, Value) -> Bool) {
      let comparisons: [(String, (Value, Value) -> Bool)] = [
        ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }), ("<=", { $0 <= $1 }),
        (">", { $0 > $1 }),
        (">=", { $0 >= $1 }),
      ]
      return comparisons[pick(comparisons.count)]
    }
  }

  @Test func agreesWithOneRowAtATime() throws {
    var maker = Maker()
    let table = try maker.table()
    for round in 0..<1500 {
      let depth = round % 4
      let condition = maker.flag(depth)
      let flags = try Expression.parse(source(condition.text)).flags(in: table)
      #expect(flags == condition.values.map { $0.map { $0 ? 1 : 0 } ?? 255 }, "\(condition.text)")
      let number = maker.number(depth)
      let values = try Expression.parse(source(number.text)).numbers(in: table)
      #expect(values.map { $0.isNaN ? nil : $0 } == number.values, "\(number.text)")
    }
  }
}
