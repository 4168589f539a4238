// What can be wrong with the arrays given to a test.

/// A fault of the input, named by the part it plays. Rows are counted from 0.
public enum TestInputError: Error, Sendable, Hashable {
  /// A value is not a number (an infinite value too, where a mean is taken).
  case notFinite(TestRole, row: Int)
  /// Two arrays that belong together differ in length.
  case lengthMismatch(TestRole, expected: Int, got: Int)
  /// A count in a table is negative or not a whole number.
  case invalidCount(row: Int, column: Int)
  /// The table does not have the shape the test needs.
  case tableShape
  /// The confidence level is not between 0 and 1.
  case confidenceLevel(Double)
  /// A probability, proportion or person-time outside its range.
  case outsideRange(TestRole, row: Int)
}

/// Which argument is at fault.
public enum TestRole: String, Sendable, Hashable {
  /// The numbers of a one-sample or grouped test.
  case values
  /// The first of two samples or of a pair's values.
  case first
  /// The second of them.
  case second
  /// The group of each row.
  case group
  /// The weight of each row.
  case weights
  /// A count of events, successes or trials.
  case count
  /// The time over which events were counted.
  case personTime
  /// The probability or proportion to test against.
  case probability
}

enum Check {
  static func finite(_ values: [Double], _ role: TestRole) throws {
    if let row = values.firstIndex(where: { !$0.isFinite }) { throw TestInputError.notFinite(role, row: row) }
  }

  /// Infinite values have a rank; only what is not a number has none.
  static func rankable(_ values: [Double], _ role: TestRole) throws {
    if let row = values.firstIndex(where: \.isNaN) { throw TestInputError.notFinite(role, row: row) }
  }

  static func sameLength(_ first: [Double], _ second: [Double]) throws {
    guard first.count == second.count else {
      throw TestInputError.lengthMismatch(.second, expected: first.count, got: second.count)
    }
  }

  static func level(_ level: Double) throws {
    guard level > 0, level < 1 else { throw TestInputError.confidenceLevel(level) }
  }
}
