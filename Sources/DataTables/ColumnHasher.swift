// The values of a column as 128-bit hashes under the column's own key.

import CKernels
import Crypto

struct ColumnHasher: Sendable {
  private let storage: ColumnStorage
  private let missing: RowHash
  /// The hash of each level of a text; empty for other types.
  private let levels: [RowHash]
  /// The column's key and the hash of a missing value, as the kernels take them.
  private let keys: [UInt64]
  /// Of columns in bytes: the hash of each of the 256 values, low lanes before high ones.
  private let byBytes: [UInt64]

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
    let levels = column.levels.map { level in
      let digest = Self.digest(level)
      return RowHash(low: RowHash.mix(digest.low ^ key.low), high: RowHash.mix(digest.high ^ key.high))
    }
    self.missing = missing
    self.levels = levels
    storage = column.storage
    keys = [key.low, key.high, missing.low, missing.high]
    guard case .uint8 = column.storage else {
      byBytes = []
      return
    }
    let hashes = (0..<256).map { byte in
      if byte == Int(ColumnStorage.missingUInt8) { return missing }
      if column.type.hasLevels { return levels.indices.contains(byte) ? levels[byte] : missing }
      return Self.hash(Double(byte), key)
    }
    byBytes = hashes.map(\.low) + hashes.map(\.high)
  }

  /// The hashes of some rows, into the first places of the two lanes.
  func fill(rows: Range<Int>, low: UnsafeMutablePointer<UInt64>, high: UnsafeMutablePointer<UInt64>) {
    guard rows.lowerBound >= 0, rows.upperBound <= storage.count else { return }
    let first = rows.lowerBound
    if levels.isEmpty {
      switch storage {
      case .uint8(let values): fill(values, first, rows.count, byBytes, hash_bytes, low, high)
      case .int16(let values): fill(values, first, rows.count, keys, hash_int16, low, high)
      case .int32(let values): fill(values, first, rows.count, keys, hash_int32, low, high)
      case .double(let values): fill(values, first, rows.count, keys, hash_doubles, low, high)
      }
      return
    }
    switch storage {
    case .uint8(let values): fill(values, first, rows.count, byBytes, hash_bytes, low, high)
    case .int16(let values): fill(codes: values, rows, low, high)
    case .int32(let values): fill(codes: values, rows, low, high)
    case .double: for position in 0..<rows.count { set(missing, position, low, high) }
    }
  }

  /// One value's hash, as its definition has it.
  func hash(_ number: Double?, level: String?) -> RowHash {
    let key = RowHash(low: keys[0], high: keys[1])
    if let level {
      let digest = Self.digest(level)
      return RowHash(low: RowHash.mix(digest.low ^ key.low), high: RowHash.mix(digest.high ^ key.high))
    }
    return number.map { Self.hash($0, key) } ?? missing
  }

  private typealias Kernel<Value> = (
    UnsafePointer<Value>?, Int, UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>?,
    UnsafeMutablePointer<UInt64>?
  ) -> Void

  private func fill<Value>(
    _ values: [Value], _ first: Int, _ count: Int, _ table: [UInt64], _ kernel: Kernel<Value>,
    _ low: UnsafeMutablePointer<UInt64>, _ high: UnsafeMutablePointer<UInt64>
  ) {
    values.withUnsafeBufferPointer { values in
      if let start = values.baseAddress { kernel(start + first, count, table, low, high) }
    }
  }

  private func fill<Code: FixedWidthInteger>(
    codes: [Code], _ rows: Range<Int>, _ low: UnsafeMutablePointer<UInt64>,
    _ high: UnsafeMutablePointer<UInt64>
  ) {
    for (position, row) in rows.enumerated() {
      let code = Int(codes[row])
      set(levels.indices.contains(code) ? levels[code] : missing, position, low, high)
    }
  }

  @inline(__always)
  private func set(
    _ hash: RowHash, _ position: Int, _ low: UnsafeMutablePointer<UInt64>,
    _ high: UnsafeMutablePointer<UInt64>
  ) {
    low[position] = hash.low
    high[position] = hash.high
  }

  /// One-to-one in each lane, so that different numbers of a column never meet. `hash_doubles` does the same.
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
