// Follow-up as it lies in narrow columns: what estimators that only count need of the rows.

import NumericalMethods

/// A column of whole numbers, as wide as its values.
public enum NarrowColumn: Sendable {
  /// Whole numbers of one byte, from 0.
  case uint8([UInt8])
  /// Whole numbers of two bytes, below 0 as well.
  case int16([Int16])
  /// Whole numbers that need four.
  case int32([Int32])

  /// How many rows it has.
  public var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    }
  }

  /// The least and the greatest value; `nil` without values.
  var range: ClosedRange<Int>? {
    switch self {
    case .uint8(let values): Self.range(values)
    case .int16(let values): Self.range(values)
    case .int32(let values): Self.range(values)
    }
  }

  private static func range<Value: FixedWidthInteger>(_ values: [Value]) -> ClosedRange<Int>? {
    guard var low = values.first else { return nil }
    var high = low
    values.withUnsafeBufferPointer { values in
      for value in values {
        low = value < low ? value : low
        high = value > high ? value : high
      }
    }
    return Int(low)...Int(high)
  }
}

/// Right-censored follow-up of n rows in whole numbers, without weights, nothing missing.
///
/// Estimators that count (Kaplan–Meier, log-rank, Aalen–Johansen, Gray) need no order of the rows: `EventTally` takes
/// these columns as they were read, one or two bytes a value.
public struct NarrowFollowUp: Sendable {
  /// End of follow-up of each row.
  public let time: NarrowColumn
  /// What happened to each row, as any code of one byte.
  public let event: [UInt8]
  /// What each of the 256 codes counts as: 0 censored, 1 ..< `outcomeCount` the kinds of event; other numbers: neither.
  public let outcomes: [UInt8]
  /// 1 (censored) plus the number of kinds of event.
  public let outcomeCount: Int

  /// Follow-up with the stated columns.
  public init(time: NarrowColumn, event: [UInt8], outcomes: [UInt8], outcomeCount: Int) {
    self.time = time
    self.event = event
    self.outcomes = outcomes
    self.outcomeCount = outcomeCount
  }
}
