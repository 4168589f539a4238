// Loops over chunks of rows that box nothing.

import DataTables
import NumericalMethods

enum Rows {
  /// Rows evaluated at once: a chunk of doubles stays in the second-level cache.
  static let chunkSize = 8192

  @inline(__always)
  static func map<A, R>(_ a: [A], _ body: (A) -> R) -> [R] {
    Array(unsafeUninitializedCapacity: a.count) { output, count in
      a.withUnsafeBufferPointer { a in
        for row in 0..<a.count { output.initializeElement(at: row, to: body(a[row])) }
      }
      count = a.count
    }
  }

  @inline(__always)
  static func map<A, B, R>(_ a: [A], _ b: [B], _ body: (A, B) -> R) -> [R] {
    let rows = min(a.count, b.count)
    return Array(unsafeUninitializedCapacity: rows) { output, count in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          for row in 0..<rows { output.initializeElement(at: row, to: body(a[row], b[row])) }
        }
      }
      count = rows
    }
  }

  /// Per row the first value where the flag is 1, the second where it is 0, else missing.
  @inline(__always)
  static func choose<Value>(_ flags: [UInt8], _ yes: [Value], _ no: [Value], missing: Value) -> [Value] {
    let rows = min(flags.count, yes.count, no.count)
    return Array(unsafeUninitializedCapacity: rows) { output, count in
      for row in 0..<rows {
        let flag = flags[row]
        output.initializeElement(at: row, to: flag == 1 ? yes[row] : flag == 0 ? no[row] : missing)
      }
      count = rows
    }
  }

  /// What each chunk of a table's rows comes to, in order.
  static func pieces<Piece: Sendable>(
    _ count: Int, threads: Int, _ piece: @Sendable (Range<Int>) -> Piece
  ) -> [Piece] {
    let chunks = FixedChunks(count: count, size: chunkSize)
    return Parallel.map(chunks: chunks.count, threads: threads) { piece(chunks[$0]) }
  }

  /// All rows of a table, chunk by chunk on several threads, in order.
  static func collect<Value: Sendable>(
    _ count: Int, threads: Int, _ chunk: @Sendable (Range<Int>) -> [Value]
  ) -> [Value] {
    let chunks = FixedChunks(count: count, size: chunkSize)
    if chunks.count == 1, let rows = chunks.first { return chunk(rows) }
    var all: [Value] = []
    all.reserveCapacity(count)
    // A batch at a time, so that the pieces never double the memory of the whole.
    let batch = max(threads, 1) * 16
    var first = 0
    while first < chunks.count {
      let start = first
      let size = min(batch, chunks.count - start)
      for piece in Parallel.map(chunks: size, threads: threads, { chunk(chunks[start + $0]) }) {
        all += piece
      }
      first += size
    }
    return all
  }
}

extension ColumnStorage {
  /// Numbers of a range of rows, NaN where missing.
  func numbers(_ rows: Range<Int>) -> [Double] {
    switch self {
    case .uint8(let values): Self.slice(values, rows) { $0 == Self.missingUInt8 ? .nan : Double($0) }
    case .int16(let values): Self.slice(values, rows) { $0 == Self.missingInt16 ? .nan : Double($0) }
    case .int32(let values): Self.slice(values, rows) { $0 == Self.missingInt32 ? .nan : Double($0) }
    case .double(let values): Self.slice(values, rows) { $0 }
    }
  }

  /// Codes or days of a range of rows, `missing` where missing.
  func integers(_ rows: Range<Int>, missing: Int32) -> [Int32] {
    switch self {
    case .uint8(let values): Self.slice(values, rows) { $0 == Self.missingUInt8 ? missing : Int32($0) }
    case .int16(let values): Self.slice(values, rows) { $0 == Self.missingInt16 ? missing : Int32($0) }
    case .int32(let values): Self.slice(values, rows) { $0 == Self.missingInt32 ? missing : $0 }
    case .double(let values): Self.slice(values, rows) { Int32(exactly: $0) ?? missing }
    }
  }

  /// Flags of a range of rows: 0, 1, 255.
  func flags(_ rows: Range<Int>) -> [UInt8] {
    switch self {
    case .uint8(let values): Self.slice(values, rows) { $0 }
    default: Rows.map(numbers(rows)) { $0.isNaN ? Self.missingUInt8 : $0 == 0 ? 0 : 1 }
    }
  }

  @inline(__always)
  static func slice<Value, R>(_ values: [Value], _ rows: Range<Int>, _ body: (Value) -> R) -> [R] {
    let rows = rows.clamped(to: 0..<values.count)
    return Array(unsafeUninitializedCapacity: rows.count) { output, count in
      values.withUnsafeBufferPointer { values in
        var position = 0
        for row in rows {
          output.initializeElement(at: position, to: body(values[row]))
          position += 1
        }
      }
      count = rows.count
    }
  }
}
