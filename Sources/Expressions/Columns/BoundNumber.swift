// Numbers for each row.

import DataTables
import NumericalMethods

/// A computation that yields a number for each row; NaN is missing, and so is any result that is not finite.
indirect enum BoundNumber: Sendable {
  case constant(Double)
  case column(ColumnStorage)
  /// 0 and 1.
  case flag(BoundFlag)
  case negation(BoundNumber)
  case arithmetic(ArithmeticOperator, BoundNumber, BoundNumber)
  case function(NumberFunction, BoundNumber)
  case rounded(BoundNumber, digits: Int)
  case minimum([BoundNumber])
  case maximum([BoundNumber])
  case choice(BoundFlag, BoundNumber, BoundNumber)
  case coalesce(BoundNumber, BoundNumber)
  /// A number for each level of a text; NaN where there is none.
  case levels(BoundText, [Double])
  /// Days from the second date to the first.
  case days(BoundDate, BoundDate)
  case datePart(DatePart, BoundDate)

  var constant: Double? { if case .constant(let value) = self { value } else { nil } }
}

enum NumberFunction: Sendable {
  case log, log2, log10, exp, sqrt, abs, floor, ceiling

  @inline(__always)
  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .log: Elementary.log(x)
    case .log2: Elementary.log2(x)
    case .log10: Elementary.log10(x)
    case .exp: Elementary.exp(x)
    case .sqrt: x.squareRoot()
    case .abs: Swift.abs(x)
    case .floor: x.rounded(.down)
    case .ceiling: x.rounded(.up)
    }
  }
}

enum DatePart: Sendable { case year, month, day }

extension ArithmeticOperator {
  /// The result, NaN unless it is finite.
  @inline(__always)
  func callAsFunction(_ left: Double, _ right: Double) -> Double {
    let result: Double
    switch self {
    case .add: result = left + right
    case .subtract: result = left - right
    case .multiply: result = left * right
    case .divide: result = left / right
    case .remainder: result = Self.remainder(left, right)
    case .power:
      result = right == 2 ? left * left : right == 0.5 ? left.squareRoot() : Elementary.pow(left, right)
    }
    return result.isFinite ? result : .nan
  }

  /// The remainder with the sign of the divisor, as R's `%%`: -1 % 7 is 6.
  private static func remainder(_ left: Double, _ right: Double) -> Double {
    let remainder = left.truncatingRemainder(dividingBy: right)
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }
}

extension BoundNumber {
  /// The values of a range of rows.
  func values(_ rows: Range<Int>) -> [Double] {
    switch self {
    case .constant(let value): return Array(repeating: value, count: rows.count)
    case .column(let storage): return storage.numbers(rows)
    case .flag(let flag): return Rows.map(flag.values(rows)) { $0 > 1 ? .nan : Double($0) }
    case .negation(let operand): return Rows.map(operand.values(rows)) { -$0 }
    case .arithmetic(let operation, let left, let right):
      return Self.arithmetic(operation, left, right, rows)
    case .function(let function, let operand):
      return Rows.map(operand.values(rows)) { value in
        let result = function(value)
        return result.isFinite ? result : .nan
      }
    case .rounded(let operand, let digits):
      return Rows.map(operand.values(rows)) { DecimalRounding.round($0, digits: digits) }
    case .minimum(let operands): return Self.extreme(operands, rows) { $1 < $0 }
    case .maximum(let operands): return Self.extreme(operands, rows) { $1 > $0 }
    case .choice(let condition, let yes, let no):
      return Rows.choose(condition.values(rows), yes.values(rows), no.values(rows), missing: .nan)
    case .coalesce(let first, let second):
      return Rows.map(first.values(rows), second.values(rows)) { $0.isNaN ? $1 : $0 }
    case .levels(let text, let numbers):
      return numbers.withUnsafeBufferPointer { numbers in
        Rows.map(text.codes(rows)) { Int($0) < numbers.count && $0 >= 0 ? numbers[Int($0)] : .nan }
      }
    case .days(let later, let earlier):
      return Rows.map(later.values(rows), earlier.values(rows)) { later, earlier in
        later == BoundDate.missing || earlier == BoundDate.missing ? .nan : Double(later) - Double(earlier)
      }
    case .datePart(let part, let date):
      return Rows.map(date.values(rows)) { days in
        guard let date = CalendarDate(days: days) else { return .nan }
        switch part {
        case .year: return Double(date.year)
        case .month: return Double(date.month)
        case .day: return Double(date.day)
        }
      }
    }
  }

  private static func arithmetic(
    _ operation: ArithmeticOperator, _ left: BoundNumber, _ right: BoundNumber, _ rows: Range<Int>
  ) -> [Double] {
    if let constant = right.constant { return Rows.map(left.values(rows)) { operation($0, constant) } }
    if let constant = left.constant { return Rows.map(right.values(rows)) { operation(constant, $0) } }
    return Rows.map(left.values(rows), right.values(rows)) { operation($0, $1) }
  }

  /// Missing as soon as one operand is.
  private static func extreme(
    _ operands: [BoundNumber], _ rows: Range<Int>, replaces: (Double, Double) -> Bool
  ) -> [Double] {
    guard let first = operands.first else { return Array(repeating: .nan, count: rows.count) }
    return operands.dropFirst().reduce(first.values(rows)) { best, operand in
      Rows.map(best, operand.values(rows)) { best, next in
        best.isNaN || next.isNaN ? .nan : replaces(best, next) ? next : best
      }
    }
  }
}
