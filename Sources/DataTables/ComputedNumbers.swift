// Columns of numbers that are computed piece by piece: whole numbers never become a column of doubles.

/// Some rows of a column of numbers: whole numbers as such, others as they are.
public enum ComputedNumbers: Sendable {
  /// `Int32.min` is missing; the limits are those of the values.
  case whole([Int32], ClosedRange<Int32>?)
  /// NaN is missing.
  case doubles([Double])

  /// NaN and infinities are missing.
  public init(_ values: [Double]) {
    var (low, high) = (Int32.max, Int32.min)
    var isWhole = true
    let integers = [Int32](unsafeUninitializedCapacity: values.count) { integers, count in
      for (row, value) in values.enumerated() {
        var integer = ColumnStorage.missingInt32
        if value.isFinite {
          let whole = value.magnitude < 0x1p31 ? Int32(value) : ColumnStorage.missingInt32
          guard Double(whole) == value, whole != ColumnStorage.missingInt32 else {
            isWhole = false
            break
          }
          (low, high) = (min(low, whole), max(high, whole))
          integer = whole
        }
        integers.initializeElement(at: row, to: integer)
        count = row + 1
      }
    }
    self =
      isWhole
      ? .whole(integers, low <= high ? low...high : nil)
      : .doubles(values.map { $0.isFinite ? ($0 == 0 ? 0 : $0) : .nan })
  }

  fileprivate var count: Int {
    switch self {
    case .whole(let values, _): values.count
    case .doubles(let values): values.count
    }
  }

  fileprivate var doubles: [Double] {
    switch self {
    case .whole(let values, _): values.map { $0 == ColumnStorage.missingInt32 ? .nan : Double($0) }
    case .doubles(let values): values
    }
  }
}

extension Column {
  /// A column of numbers, its pieces in the order of the rows; whole numbers are stored narrowly and typed `integer`.
  public init(name: String, pieces: [ComputedNumbers], metadata: ColumnMetadata = ColumnMetadata()) {
    var whole: [[Int32]] = []
    var (low, high) = (Int32.max, Int32.min)
    for piece in pieces {
      guard case .whole(let values, let limits) = piece else { break }
      whole.append(values)
      if let limits { (low, high) = (min(low, limits.lowerBound), max(high, limits.upperBound)) }
    }
    guard whole.count == pieces.count else {
      let all = pieces.flatMap(\.doubles)
      let type: ColumnType = all.allSatisfy { $0.isNaN || $0.rounded() == $0 } ? .integer : .number
      self.init(name: name, type: type, storage: .double(all), metadata: metadata)
      return
    }
    func joined<Value>(_ missing: Value, _ narrow: (Int32) -> Value) -> [Value] {
      var all: [Value] = []
      all.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
      for values in whole {
        all += values.lazy.map { $0 == ColumnStorage.missingInt32 ? missing : narrow($0) }
      }
      return all
    }
    let storage: ColumnStorage
    if low > high || (low >= 0 && high <= 254) {
      storage = .uint8(joined(ColumnStorage.missingUInt8) { UInt8(truncatingIfNeeded: $0) })
    } else if low >= -32767, high <= 32767 {
      storage = .int16(joined(ColumnStorage.missingInt16) { Int16(truncatingIfNeeded: $0) })
    } else {
      storage = .int32(joined(ColumnStorage.missingInt32) { $0 })
    }
    self.init(name: name, type: .integer, storage: storage, metadata: metadata)
  }
}
