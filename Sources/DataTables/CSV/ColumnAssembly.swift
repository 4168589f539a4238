// Joining the parts of a column.

enum ColumnAssembly {
  /// Storage as wide as the widest part, in the order of the parts.
  static func joined(_ parts: [ColumnStorage], rowCount: Int) -> ColumnStorage {
    var width = 0
    for part in parts {
      switch part {
      case .uint8: break
      case .int16: width = max(width, 1)
      case .int32: width = max(width, 2)
      case .double: width = 3
      }
    }
    switch width {
    case 0:
      return .uint8(
        filled(parts, rowCount) { part, target in
          if case .uint8(let values) = part { copy(values, to: target) { $0 } }
        })
    case 1:
      return .int16(
        filled(parts, rowCount) { part, target in
          switch part {
          case .uint8(let values):
            copy(values, to: target) {
              $0 == ColumnStorage.missingUInt8 ? ColumnStorage.missingInt16 : Int16($0)
            }
          case .int16(let values): copy(values, to: target) { $0 }
          default: break
          }
        })
    case 2:
      return .int32(
        filled(parts, rowCount) { part, target in
          switch part {
          case .uint8(let values):
            copy(values, to: target) {
              $0 == ColumnStorage.missingUInt8 ? ColumnStorage.missingInt32 : Int32($0)
            }
          case .int16(let values):
            copy(values, to: target) {
              $0 == ColumnStorage.missingInt16 ? ColumnStorage.missingInt32 : Int32($0)
            }
          case .int32(let values): copy(values, to: target) { $0 }
          case .double: break
          }
        })
    default:
      return .double(
        filled(parts, rowCount) { part, target in
          switch part {
          case .uint8(let values):
            copy(values, to: target) { $0 == ColumnStorage.missingUInt8 ? .nan : Double($0) }
          case .int16(let values):
            copy(values, to: target) { $0 == ColumnStorage.missingInt16 ? .nan : Double($0) }
          case .int32(let values):
            copy(values, to: target) { $0 == ColumnStorage.missingInt32 ? .nan : Double($0) }
          case .double(let values): copy(values, to: target) { $0 }
          }
        })
    }
  }

  /// Text codes of the parts translated part by part: `tables[k][code]`, `missing` for missing codes.
  static func translated(
    _ parts: [ColumnStorage], tables: [[Int32]], missing: Int32, rowCount: Int, into range: ClosedRange<Int32>
  ) -> ColumnStorage {
    func join<Value: FixedWidthInteger>(_ type: Value.Type, _ absent: Value) -> [Value] {
      var index = 0
      return filled(parts, rowCount) { part, target in
        let table = tables[index].map { $0 == missing ? absent : Value(truncatingIfNeeded: $0) }
        index += 1
        table.withUnsafeBufferPointer { table in
          switch part {
          case .uint8(let codes):
            copy(codes, to: target) { Int($0) < table.count ? table[Int($0)] : absent }
          case .int16(let codes):
            copy(codes, to: target) { $0 >= 0 && Int($0) < table.count ? table[Int($0)] : absent }
          case .int32(let codes):
            copy(codes, to: target) { $0 >= 0 && Int($0) < table.count ? table[Int($0)] : absent }
          case .double: break
          }
        }
      }
    }
    if range.lowerBound >= 0, range.upperBound <= 254 {
      return .uint8(join(UInt8.self, ColumnStorage.missingUInt8))
    }
    if range.lowerBound >= -32767, range.upperBound <= 32767 {
      return .int16(join(Int16.self, ColumnStorage.missingInt16))
    }
    return .int32(join(Int32.self, ColumnStorage.missingInt32))
  }

  /// An array filled part by part; `fill` must write as many values as the part has.
  static func filled<Value>(
    _ parts: [ColumnStorage], _ rowCount: Int,
    _ fill: (ColumnStorage, UnsafeMutableBufferPointer<Value>) -> Void
  ) -> [Value] {
    Array(unsafeUninitializedCapacity: rowCount) { buffer, count in
      count = 0
      for part in parts where count + part.count <= rowCount {
        fill(part, UnsafeMutableBufferPointer(rebasing: buffer[count..<count + part.count]))
        count += part.count
      }
    }
  }

  @inline(__always)
  private static func copy<Source, Value>(
    _ values: [Source], to target: UnsafeMutableBufferPointer<Value>, _ convert: (Source) -> Value
  ) {
    values.withUnsafeBufferPointer { values in
      for index in 0..<min(values.count, target.count) {
        target.initializeElement(at: index, to: convert(values[index]))
      }
    }
  }
}
