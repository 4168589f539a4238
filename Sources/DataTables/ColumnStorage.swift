// How a column's values lie in memory: as narrow as they allow.

/// One value per row, missing values as a sentinel inside.
///
/// Numbers are the values themselves; flags 0 and 1; text and factors codes into the levels; dates days
/// since 1970-01-01. The public cases let other modules write loops that never box a value.
public enum ColumnStorage: Sendable {
  /// 0 to 254; 255 is missing.
  case uint8([UInt8])
  /// -32767 to 32767; `Int16.min` is missing.
  case int16([Int16])
  /// `Int32.min` is missing.
  case int32([Int32])
  /// NaN is missing.
  case double([Double])

  /// The missing value among `uint8`.
  public static let missingUInt8 = UInt8.max
  /// The missing value among `int16`.
  public static let missingInt16 = Int16.min
  /// The missing value among `int32`.
  public static let missingInt32 = Int32.min

  /// Number of rows.
  public var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .double(let values): values.count
    }
  }

  var missingCount: Int {
    switch self {
    case .uint8(let values): countOf(Self.missingUInt8, in: values)
    case .int16(let values): countOf(Self.missingInt16, in: values)
    case .int32(let values): countOf(Self.missingInt32, in: values)
    case .double(let values): count(values) { $0.isNaN }
    }
  }

  private func countOf<Value: Equatable>(_ value: Value, in values: [Value]) -> Int {
    count(values) { $0 == value }
  }

  /// Blocks small enough for counts of a byte, so that many values are looked at together.
  @inline(__always)
  private func count<Value>(_ values: [Value], where isCounted: (Value) -> Bool) -> Int {
    values.withUnsafeBufferPointer { values in
      var total = 0
      var start = 0
      while start < values.count {
        let end = min(start &+ 255, values.count)
        var here: UInt8 = 0
        for row in start..<end { here &+= isCounted(values[row]) ? 1 : 0 }
        total &+= Int(here)
        start = end
      }
      return total
    }
  }

  /// The value of a row; `nil` where it is missing or there is no such row.
  func value(_ row: Int) -> Double? {
    guard row >= 0, row < count else { return nil }
    switch self {
    case .uint8(let values): return values[row] == Self.missingUInt8 ? nil : Double(values[row])
    case .int16(let values): return values[row] == Self.missingInt16 ? nil : Double(values[row])
    case .int32(let values): return values[row] == Self.missingInt32 ? nil : Double(values[row])
    case .double(let values): return values[row].isNaN ? nil : values[row]
    }
  }

  /// All values as doubles, NaN where missing.
  func doubles() -> [Double] {
    switch self {
    case .uint8(let values):
      return values.map { $0 == Self.missingUInt8 ? .nan : Double($0) }
    case .int16(let values):
      return values.map { $0 == Self.missingInt16 ? .nan : Double($0) }
    case .int32(let values):
      return values.map { $0 == Self.missingInt32 ? .nan : Double($0) }
    case .double(let values): return values
    }
  }

  /// All values as `Int32`, `missing` where missing. Doubles that are no `Int32` count as missing.
  func integers(missing: Int32) -> [Int32] {
    switch self {
    case .uint8(let values): return values.map { $0 == Self.missingUInt8 ? missing : Int32($0) }
    case .int16(let values): return values.map { $0 == Self.missingInt16 ? missing : Int32($0) }
    case .int32(let values):
      return missing == Self.missingInt32 ? values : values.map { $0 == Self.missingInt32 ? missing : $0 }
    case .double(let values): return values.map { Int32(exactly: $0) ?? missing }
    }
  }

  /// The rows named, in the order named. Rows outside the column are left out.
  func gathering(_ rows: [Int32]) -> ColumnStorage {
    func gather<Value>(_ values: [Value]) -> [Value] {
      Array(unsafeUninitializedCapacity: rows.count) { gathered, count in
        for row in rows where row >= 0 && Int(row) < values.count {
          gathered.initializeElement(at: count, to: values[Int(row)])
          count += 1
        }
      }
    }
    switch self {
    case .uint8(let values): return .uint8(gather(values))
    case .int16(let values): return .int16(gather(values))
    case .int32(let values): return .int32(gather(values))
    case .double(let values): return .double(gather(values))
    }
  }
}

extension ColumnStorage {
  /// The narrowest storage for whole numbers given as `Int32`, `Int32.min` missing.
  static func narrowing(_ values: [Int32]) -> ColumnStorage {
    var low = Int32.max
    var high = Int32.min
    for value in values where value != missingInt32 {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high || (low >= 0 && high <= 254) {
      return .uint8(values.map { $0 == missingInt32 ? missingUInt8 : UInt8(truncatingIfNeeded: $0) })
    }
    if low >= -32767, high <= 32767 {
      return .int16(values.map { $0 == missingInt32 ? missingInt16 : Int16(truncatingIfNeeded: $0) })
    }
    return .int32(values)
  }

  /// Codes into `levelCount` levels; a code outside them is missing.
  static func codes(_ codes: [Int32], levelCount: Int) -> ColumnStorage {
    let limit = Int32(clamping: levelCount)
    func known(_ code: Int32) -> Bool { code >= 0 && code < limit }
    if levelCount <= 255 {
      return .uint8(codes.map { known($0) ? UInt8(truncatingIfNeeded: $0) : missingUInt8 })
    }
    if levelCount <= 32768 {
      return .int16(codes.map { known($0) ? Int16(truncatingIfNeeded: $0) : missingInt16 })
    }
    return .int32(codes.map { known($0) ? $0 : missingInt32 })
  }
}
