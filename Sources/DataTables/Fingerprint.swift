// What data a result rests on, in one short word that does not depend on row order.

import CKernels
import Crypto

/// A hash of the columns that a document uses: equal for equal rows in whatever order.
///
/// Each value is hashed to 128 bits under a key of its column's name and kind; the hashes of a row are added and
/// mixed by a permutation of 128 bits; the rows' results are added. SHA-256 over that sum, the number of rows, and
/// the columns' names and kinds is the fingerprint.
///
/// Two tables that differ share a fingerprint only if their sums agree in 128 bits, one chance in 3·10^38 for data
/// that were not made for it: within a column different numbers never have the same hash, texts enter through
/// SHA-256, the mixing is one-to-one, and a sum of different terms is as good as random. It is a check of
/// freshness, not a seal: against somebody who forges data stands the file's SHA-256 (`FileDigest`).
///
/// What does not matter: row order, columns that are not named, the order of columns and of levels, levels that
/// no row has, the storage, and whether whole numbers were typed `integer` or `number`.
public struct Fingerprint: Sendable, Hashable {
  /// 64 hexadecimal digits.
  public let full: String
  /// Rows it covers.
  public let rowCount: Int
  /// The columns it covers, in code-point order.
  public let columns: [String]

  /// The first 12 of the digits, for printing.
  public var short: String { String(full.prefix(12)) }

  /// - Parameters:
  ///   - table: the table, all rows of which count.
  ///   - names: the columns to cover (all by default); names without a column are passed over.
  ///   - threads: how many may work at once; no result depends on it.
  public init(_ table: DataTable, columns names: Set<String>? = nil, threads: Int = 1) {
    self = Self.all(table, columns: [names], threads: threads)[0]
  }

  /// The fingerprints of several sets of columns, in one pass over the rows: each value is hashed once.
  public static func all(_ table: DataTable, columns sets: [Set<String>?], threads: Int = 1) -> [Fingerprint]
  {
    let columns = table.columns.filter { column in sets.contains { $0?.contains(column.name) ?? true } }
      .sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
    let members = sets.map { names in
      columns.indices.filter { names?.contains(columns[$0].name) ?? true }
    }
    let sums = RowSums(columns.map { ColumnHasher($0) }, members, rowCount: table.rowCount, threads: threads)
    return zip(members, sums.totals).map { members, total in
      Fingerprint(total, columns: members.map { columns[$0] }, rowCount: table.rowCount)
    }
  }

  init(_ total: RowHash, columns: [Column], rowCount: Int) {
    var hash = SHA256()
    func update(_ text: String) {
      let bytes = Array(text.utf8)
      hash.update(data: Array("\(bytes.count):".utf8) + bytes)
    }
    update("meier data fingerprint 1")
    update("\(rowCount)")
    for column in columns {
      update(column.name)
      update(ColumnHasher.kind(column.type))
    }
    update("\(total.low) \(total.high)")
    full = Hexadecimal.text(hash.finalize())
    self.rowCount = rowCount
    self.columns = columns.map(\.name)
  }
}

/// Sums over the rows for several sets of columns.
private struct RowSums {
  let totals: [RowHash]

  private static let partSize = 1 << 15
  /// Rows whose hashes stay in the cache until all sets have used them.
  private static let blockSize = 1 << 9

  init(_ hashers: [ColumnHasher], _ sets: [[Int]], rowCount: Int, threads: Int) {
    let parts = (rowCount + Self.partSize - 1) / Self.partSize
    let sums = Parallel.map(parts, threads: threads) { part in
      let rows = part * Self.partSize..<min((part + 1) * Self.partSize, rowCount)
      return Self.sums(hashers, sets, rows)
    }
    // Addition modulo 2^64: the order does not matter.
    totals = sets.indices.map { set in
      sums.reduce(RowHash(low: 0, high: 0)) { $0 &+ RowHash(low: $1[2 * set], high: $1[2 * set + 1]) }
    }
  }

  /// Both lanes of each set's sum in turn.
  private static func sums(_ hashers: [ColumnHasher], _ sets: [[Int]], _ rows: Range<Int>) -> [UInt64] {
    var totals = [UInt64](repeating: 0, count: 2 * sets.count)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * blockSize * hashers.count + 1) { lanes in
      guard let base = lanes.baseAddress else { return }
      lanes.initialize(repeating: 0)
      func low(_ column: Int) -> UnsafeMutablePointer<UInt64> { base + 2 * column * blockSize }
      let pointers = sets.map { set in
        set.flatMap {
          [UnsafePointer(low($0)), UnsafePointer(low($0) + blockSize)] as [UnsafePointer<UInt64>?]
        }
      }
      var start = rows.lowerBound
      while start < rows.upperBound {
        let block = start..<min(start + blockSize, rows.upperBound)
        for (column, hasher) in hashers.enumerated() {
          hasher.fill(rows: block, low: low(column), high: low(column) + blockSize)
        }
        totals.withUnsafeMutableBufferPointer { totals in
          for set in sets.indices {
            hash_row_sums(
              pointers[set], sets[set].count, block.count, totals.baseAddress.map { $0 + 2 * set })
          }
        }
        start = block.upperBound
      }
    }
    return totals
  }
}

/// 128 bits as two lanes that are added separately.
struct RowHash: Sendable, Hashable {
  var low: UInt64
  var high: UInt64

  @inline(__always)
  static func &+ (left: RowHash, right: RowHash) -> RowHash {
    RowHash(low: left.low &+ right.low, high: left.high &+ right.high)
  }

  /// A one-to-one map of 128 bits in which every bit depends on every other.
  @inline(__always)
  var permuted: RowHash {
    let first = Self.mix(low ^ Self.mix(high &+ 0x9E37_79B9_7F4A_7C15))
    let second = Self.mix(high &+ first &* 0xD6E8_FEB8_6659_FD93)
    return RowHash(low: first ^ Self.mix(second ^ 0xA076_1D64_78BD_642F), high: second)
  }

  /// A one-to-one map of 64 bits (Stafford's variant 13 of the MurmurHash3 finaliser).
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

enum Hexadecimal {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
