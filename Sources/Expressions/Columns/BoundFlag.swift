// True, false or missing for each row.

import DataTables

/// A computation that yields 0, 1 or 255 (missing) for each row.
indirect enum BoundFlag: Sendable {
  case constant(UInt8)
  case column(ColumnStorage)
  /// A table of 256 answers, one for each value of a byte column: comparisons with a constant.
  case byteTable([UInt8], table: [UInt8])
  case compareConstant(ComparisonOperator, BoundNumber, Double)
  case compare(ComparisonOperator, BoundNumber, BoundNumber)
  case compareDates(ComparisonOperator, BoundDate, BoundDate)
  /// Texts compared by the rank of their levels in one common order.
  case compareTexts(ComparisonOperator, BoundText, [Int32], BoundText, [Int32])
  case compareFlags(equal: Bool, BoundFlag, BoundFlag)
  /// An answer for each level of a text.
  case levels(BoundText, [UInt8])
  /// Sorted numbers.
  case among(BoundNumber, [Double])
  case not(BoundFlag)
  case and(BoundFlag, BoundFlag)
  case or(BoundFlag, BoundFlag)
  case choice(BoundFlag, BoundFlag, BoundFlag)
  case coalesce(BoundFlag, BoundFlag)
  case numberIsMissing(BoundNumber)
  case flagIsMissing(BoundFlag)
  case textIsMissing(BoundText)
  case dateIsMissing(BoundDate)

  static let missing = ColumnStorage.missingUInt8
}

extension BoundFlag {
  func values(_ rows: Range<Int>) -> [UInt8] {
    switch self {
    case .constant(let value): return Array(repeating: value, count: rows.count)
    case .column(let storage): return storage.flags(rows)
    case .byteTable(let bytes, let table): return Self.lookUp(bytes, rows, table)
    case .compareConstant(let comparison, let number, let constant):
      return Self.compare(comparison, number, constant, rows)
    case .compare(let comparison, let left, let right):
      return Rows.map(left.values(rows), right.values(rows)) { left, right in
        left.isNaN || right.isNaN ? Self.missing : comparison.holds(left, right) ? 1 : 0
      }
    case .compareDates(let comparison, let left, let right):
      return Rows.map(left.values(rows), right.values(rows)) { left, right in
        left == BoundDate.missing || right == BoundDate.missing
          ? Self.missing : comparison.holds(left, right) ? 1 : 0
      }
    case .compareTexts(let comparison, let left, let leftRanks, let right, let rightRanks):
      return Rows.map(left.codes(rows), right.codes(rows)) { left, right in
        guard left >= 0, right >= 0, Int(left) < leftRanks.count, Int(right) < rightRanks.count else {
          return Self.missing
        }
        return comparison.holds(leftRanks[Int(left)], rightRanks[Int(right)]) ? 1 : 0
      }
    case .compareFlags(let equal, let left, let right):
      return Rows.map(left.values(rows), right.values(rows)) { left, right in
        left > 1 || right > 1 ? Self.missing : (left == right) == equal ? 1 : 0
      }
    case .levels(let text, let answers): return Self.levels(text, answers, rows)
    case .among(let number, let sorted):
      return Rows.map(number.values(rows)) { value in
        value.isNaN ? Self.missing : Self.contains(sorted, value) ? 1 : 0
      }
    case .not(let operand): return Rows.map(operand.values(rows)) { $0 > 1 ? Self.missing : 1 - $0 }
    case .and(let left, let right):
      return Rows.map(left.values(rows), right.values(rows)) { left, right in
        left == 0 || right == 0 ? 0 : left == 1 && right == 1 ? 1 : Self.missing
      }
    case .or(let left, let right):
      return Rows.map(left.values(rows), right.values(rows)) { left, right in
        left == 1 || right == 1 ? 1 : left == 0 && right == 0 ? 0 : Self.missing
      }
    case .choice(let condition, let yes, let no):
      return Rows.choose(condition.values(rows), yes.values(rows), no.values(rows), missing: Self.missing)
    case .coalesce(let first, let second):
      return Rows.map(first.values(rows), second.values(rows)) { $0 > 1 ? $1 : $0 }
    case .numberIsMissing(let operand): return Rows.map(operand.values(rows)) { $0.isNaN ? 1 : 0 }
    case .flagIsMissing(let operand): return Rows.map(operand.values(rows)) { $0 > 1 ? 1 : 0 }
    case .textIsMissing(let operand): return Rows.map(operand.codes(rows)) { $0 < 0 ? 1 : 0 }
    case .dateIsMissing(let operand):
      return Rows.map(operand.values(rows)) { $0 == BoundDate.missing ? 1 : 0 }
    }
  }

  /// Comparison of a column with a constant, without a copy of the column where it is stored narrowly.
  private static func compare(
    _ comparison: ComparisonOperator, _ number: BoundNumber, _ constant: Double, _ rows: Range<Int>
  ) -> [UInt8] {
    guard !constant.isNaN else { return Array(repeating: missing, count: rows.count) }
    // One loop per operator, so that the choice is made once and not in every row.
    switch comparison {
    case .equal: return compare(number, rows) { $0 == constant }
    case .notEqual: return compare(number, rows) { $0 != constant }
    case .less: return compare(number, rows) { $0 < constant }
    case .lessOrEqual: return compare(number, rows) { $0 <= constant }
    case .greater: return compare(number, rows) { $0 > constant }
    case .greaterOrEqual: return compare(number, rows) { $0 >= constant }
    }
  }

  @inline(__always)
  private static func compare(_ number: BoundNumber, _ rows: Range<Int>, _ holds: (Double) -> Bool) -> [UInt8]
  {
    if case .column(let storage) = number {
      switch storage {
      case .uint8(let values):
        return ColumnStorage.slice(values, rows) { $0 == 255 ? missing : holds(Double($0)) ? 1 : 0 }
      case .int16(let values):
        return ColumnStorage.slice(values, rows) { $0 == .min ? missing : holds(Double($0)) ? 1 : 0 }
      case .int32(let values):
        return ColumnStorage.slice(values, rows) { $0 == .min ? missing : holds(Double($0)) ? 1 : 0 }
      case .double(let values):
        return ColumnStorage.slice(values, rows) { $0.isNaN ? missing : holds($0) ? 1 : 0 }
      }
    }
    return Rows.map(number.values(rows)) { $0.isNaN ? missing : holds($0) ? 1 : 0 }
  }

  private static func lookUp(_ bytes: [UInt8], _ rows: Range<Int>, _ table: [UInt8]) -> [UInt8] {
    guard table.count == 256 else { return Array(repeating: missing, count: rows.count) }
    return table.withUnsafeBufferPointer { table in
      ColumnStorage.slice(bytes, rows) { table[Int($0)] }
    }
  }

  private static func levels(_ text: BoundText, _ answers: [UInt8], _ rows: Range<Int>) -> [UInt8] {
    answers.withUnsafeBufferPointer { answers in
      Rows.map(text.codes(rows)) { code in
        code >= 0 && Int(code) < answers.count ? answers[Int(code)] : missing
      }
    }
  }

  private static func contains(_ sorted: [Double], _ value: Double) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] == value { return true }
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
