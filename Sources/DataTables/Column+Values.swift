// Reading a column's values.

extension Column {
  /// Whether the row has no value. Rows outside the column count as missing.
  public func isMissing(_ row: Int) -> Bool { storage.value(row) == nil }

  /// One entry per row, `true` where the value is missing.
  public func missingMask() -> [Bool] {
    switch storage {
    case .uint8(let values): values.map { $0 == ColumnStorage.missingUInt8 }
    case .int16(let values): values.map { $0 == ColumnStorage.missingInt16 }
    case .int32(let values): values.map { $0 == ColumnStorage.missingInt32 }
    case .double(let values): values.map(\.isNaN)
    }
  }

  /// Numbers as they are, flags as 0 and 1, dates as days since 1970-01-01; NaN where missing.
  /// Text and factors have no numbers: every entry is NaN.
  public func numbers() -> [Double] {
    type.hasLevels ? Array(repeating: .nan, count: count) : storage.doubles()
  }

  /// The number of one row, read as `numbers()` does; `nil` where missing.
  public func number(_ row: Int) -> Double? { type.hasLevels ? nil : storage.value(row) }

  /// For text and factors the index into `levels`, else nothing: -1 where missing or without levels.
  public func factorCodes() -> [Int32] {
    type.hasLevels ? storage.integers(missing: -1) : Array(repeating: -1, count: count)
  }

  /// The level of one row; `nil` where missing or for columns without levels.
  public func level(_ row: Int) -> String? {
    guard type.hasLevels, let code = storage.value(row).map({ Int($0) }), code < levels.count else {
      return nil
    }
    return levels[code]
  }

  /// 0, 1, and 255 where missing; all 255 unless the column holds flags.
  public func flags() -> [UInt8] {
    if type == .flag, case .uint8(let values) = storage { return values }
    return Array(repeating: ColumnStorage.missingUInt8, count: count)
  }

  /// Days since 1970-01-01, `Int32.min` where missing; all missing unless the column holds dates.
  public func dates() -> [Int32] {
    type == .date
      ? storage.integers(missing: ColumnStorage.missingInt32)
      : Array(repeating: ColumnStorage.missingInt32, count: count)
  }

  /// A row's value as a reader would write it; `nil` where missing.
  public func text(_ row: Int) -> String? {
    guard let value = storage.value(row) else { return nil }
    switch type {
    case .text, .factor: return level(row)
    case .flag: return value == 0 ? "false" : "true"
    case .date: return Int32(exactly: value).flatMap { CalendarDate(days: $0) }?.text
    case .integer, .number: return NumberText.shortest(value)
    }
  }

  /// Smallest and largest number, flag or day; `nil` without values and for text and factors.
  public func range() -> ClosedRange<Double>? {
    if type.hasLevels { return nil }
    var low = Double.infinity
    var high = -Double.infinity
    for value in storage.doubles() where !value.isNaN {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : nil
  }

  /// How often each level occurs, in the order of `levels`.
  public func levelCounts() -> [Int] {
    var counts = Array(repeating: 0, count: levels.count)
    for code in factorCodes() where code >= 0 && Int(code) < counts.count { counts[Int(code)] += 1 }
    return counts
  }
}
