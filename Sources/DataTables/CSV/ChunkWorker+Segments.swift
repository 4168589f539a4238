// Parsing a part of a file: from the buffers to storage as narrow as the values allow.

extension ChunkWorker {
  /// The values of a field; `nil` if it was skipped or abandoned. Empties the field's list of copied texts.
  func segment(_ field: Int, rowCount: Int) -> ColumnSegment? {
    let state = states + field
    let integers = UnsafeMutableBufferPointer(start: state.pointee.integers, count: rowCount)
    switch state.pointee.mode {
    case .skip, .abandoned: return nil
    case .integer:
      removeMissingNumbers(plan.fields[field].missingNumbers, from: integers)
      return ColumnSegment(storage: Self.narrowed(integers))
    case .date: return ColumnSegment(storage: Self.narrowed(integers))
    case .decimal:
      let doubles = UnsafeMutableBufferPointer(start: state.pointee.doubles, count: rowCount)
      for missing in plan.fields[field].missingNumbers {
        for row in doubles.indices where doubles[row] == missing { doubles[row] = .nan }
      }
      return Self.decimals(doubles, scratch: integers)
    case .text:
      let count = state.pointee.dictionary.count
      let entries = Array(UnsafeBufferPointer(start: state.pointee.dictionary.entries, count: count))
      let texts = SegmentTexts(entries: entries, copies: state.pointee.copies)
      state.pointee.copies = []
      return ColumnSegment(storage: Self.codes(integers, levelCount: count), texts: texts)
    }
  }

  private func removeMissingNumbers(_ numbers: [Double], from values: UnsafeMutableBufferPointer<Int32>) {
    for number in numbers {
      guard let missing = Int32(exactly: number) else { continue }
      for row in values.indices where values[row] == missing { values[row] = ColumnStorage.missingInt32 }
    }
  }

  /// Doubles that are all whole and small are integers that somebody wrote with a decimal mark.
  private static func decimals(
    _ values: UnsafeMutableBufferPointer<Double>, scratch: UnsafeMutableBufferPointer<Int32>
  ) -> ColumnSegment {
    var isWhole = true
    var isNarrow = true
    for value in values where !value.isNaN {
      if value.rounded(.towardZero) != value {
        isWhole = false
        break
      }
      if abs(value) > 2_147_483_647 { isNarrow = false }
    }
    guard isWhole, isNarrow else {
      return ColumnSegment(storage: .double(Array(values)), isWhole: isWhole)
    }
    for row in values.indices {
      scratch[row] = values[row].isNaN ? ColumnStorage.missingInt32 : Int32(values[row])
    }
    return ColumnSegment(storage: narrowed(scratch))
  }

  private static func narrowed(_ values: UnsafeMutableBufferPointer<Int32>) -> ColumnStorage {
    var low = Int32.max
    var high = -Int32.max
    for value in values {
      // The missing value becomes the largest for the minimum and cannot be the maximum.
      low = min(low, value == ColumnStorage.missingInt32 ? Int32.max : value)
      high = max(high, value)
    }
    if low >= 0, high <= 254 {
      return .uint8(
        converted(values) { $0 == ColumnStorage.missingInt32 ? 255 : UInt8(truncatingIfNeeded: $0) })
    }
    if low >= -32767, high <= 32767 {
      return .int16(
        converted(values) {
          $0 == ColumnStorage.missingInt32 ? ColumnStorage.missingInt16 : Int16(truncatingIfNeeded: $0)
        })
    }
    return .int32(Array(values))
  }

  /// Codes, -1 missing: the same bytes are 255 and, as `Int16`, no code at all, so -1 needs translating once.
  private static func codes(_ values: UnsafeMutableBufferPointer<Int32>, levelCount: Int) -> ColumnStorage {
    if levelCount <= 255 { return .uint8(converted(values) { UInt8(truncatingIfNeeded: $0) }) }
    if levelCount <= 32768 {
      return .int16(converted(values) { $0 < 0 ? ColumnStorage.missingInt16 : Int16(truncatingIfNeeded: $0) })
    }
    return .int32(converted(values) { $0 < 0 ? ColumnStorage.missingInt32 : $0 })
  }

  @inline(__always)
  private static func converted<Value>(
    _ values: UnsafeMutableBufferPointer<Int32>, _ convert: (Int32) -> Value
  ) -> [Value] {
    Array(unsafeUninitializedCapacity: values.count) { buffer, count in
      for row in 0..<values.count { buffer.initializeElement(at: row, to: convert(values[row])) }
      count = values.count
    }
  }
}
