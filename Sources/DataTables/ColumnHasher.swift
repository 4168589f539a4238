// The values of a column as 128-bit hashes under the column's own key.

import Crypto

struct ColumnHasher: Sendable {
  private let storage: ColumnStorage
  private let key: RowHash
  private let missing: RowHash
  /// For text: the hash of each level. For bytes: of each of the 256 values.
  private let table: [RowHash]

  /// What values of a type are compared as.
  static func kind(_ type: ColumnType) -> String {
    switch type {
    case .integer, .number: "number"
    case .flag: "flag"
    case .text, .factor: "text"
    case .date: "date"
    }
  }

  init(_ column: Column) {
    let key = Self.digest("\(Self.kind(column.type)) \(column.name)")
    let missing = Self.digest("missing \(Self.kind(column.type)) \(column.name)")
    self.key = key
    self.missing = missing
    storage = column.storage
    if column.type.hasLevels {
      table = column.levels.map { level in
        let digest = Self.digest(level)
        return RowHash(low: RowHash.mix(digest.low ^ key.low), high: RowHash.mix(digest.high ^ key.high))
      }
    } else if case .uint8 = column.storage {
      table = (0...254).map { Self.hash(Double($0), key) }
    } else {
      table = []
    }
  }

  /// Adds the hashes of some rows to the two lanes, which are as long as the range or longer.
  func add(
    rows: Range<Int>, _ low: UnsafeMutableBufferPointer<UInt64>, _ high: UnsafeMutableBufferPointer<UInt64>
  ) {
    switch storage {
    case .uint8(let values):
      var all = table
      while all.count < 256 { all.append(missing) }
      add(values, rows, low, high) { all[Int($0)] }
    case .int16(let values):
      add(values, rows, low, high) { value in
        value == ColumnStorage.missingInt16
          ? missing : table.isEmpty ? Self.hash(Double(value), key) : level(Int(value))
      }
    case .int32(let values):
      add(values, rows, low, high) { value in
        value == ColumnStorage.missingInt32
          ? missing : table.isEmpty ? Self.hash(Double(value), key) : level(Int(value))
      }
    case .double(let values):
      add(values, rows, low, high) { $0.isNaN ? missing : Self.hash($0, key) }
    }
  }

  private func level(_ code: Int) -> RowHash { code >= 0 && code < table.count ? table[code] : missing }

  @inline(__always)
  private func add<Value>(
    _ values: [Value], _ rows: Range<Int>, _ low: UnsafeMutableBufferPointer<UInt64>,
    _ high: UnsafeMutableBufferPointer<UInt64>, _ hash: (Value) -> RowHash
  ) {
    guard rows.upperBound <= values.count else { return }
    var index = 0
    for row in rows {
      let hash = hash(values[row])
      low[index] = low[index] &+ hash.low
      high[index] = high[index] &+ hash.high
      index += 1
    }
  }

  /// One-to-one in each lane, so that different numbers of a column never meet.
  @inline(__always)
  private static func hash(_ value: Double, _ key: RowHash) -> RowHash {
    let bits = value == 0 ? 0 : value.bitPattern
    return RowHash(low: RowHash.mix(bits ^ key.low), high: RowHash.mix(bits &+ key.high))
  }

  private static func digest(_ text: String) -> RowHash {
    var lanes: [UInt64] = [0, 0]
    for (index, byte) in SHA256.hash(data: Array(text.utf8)).prefix(16).enumerated() {
      lanes[index / 8] = lanes[index / 8] << 8 | UInt64(byte)
    }
    return RowHash(low: lanes[0], high: lanes[1])
  }
}
