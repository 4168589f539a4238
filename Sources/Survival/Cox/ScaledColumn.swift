// One column of a design in scanning order, centred within strata and divided by its spread.

import NumericalMethods

/// A column as `ScaledCovariates` holds it, and what was done to it.
struct ScaledColumn: Sendable {
  let stored: StoredColumn
  /// What was taken out in each stratum.
  let centres: [Double]
  let spread: Double

  /// Numbers, one per row of the layout, whose rows are arranged by an order that does not depend on the file's.
  init(_ column: ColumnValues, layout: RiskSetLayout, threads: Int) {
    let rows = layout.rows
    let chunks = FixedChunks(count: rows.count, size: Self.pieceSize)
    var centres = [Double](repeating: 0, count: layout.stratumCount)
    var spread = 1.0
    let values = [Double](unsafeUninitializedCapacity: rows.count) { buffer, count in
      count = rows.count
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      Parallel.forEach(chunks: chunks.count, threads: threads) {
        Self.gather(column, rows: rows, chunks[$0], into: target)
      }
      for stratum in centres.indices {
        centres[stratum] = Self.centre(target, layout.rows(ofStratum: stratum), threads: threads)
      }
      spread = Self.scale(target, count: rows.count, threads: threads)
    }
    self.init(stored: .numbers(values), centres: centres, spread: spread)
  }

  /// One byte per row that was gathered from `codes`; every step is that of the numbers, to the last bit.
  init(_ codes: [UInt8], _ table: [Double], threads: Int) {
    var table = table
    let origin = codes.first.map { table[Int($0)] } ?? 0
    for code in table.indices { table[code] -= origin }
    var centre = origin
    let mean = Self.sum(codes, threads: threads) { [table] in table[$0] } / Double(codes.count)
    if mean != 0, mean.isFinite {
      for code in table.indices { table[code] -= mean }
      centre = origin + mean
    }
    var spread = 1.0
    let greatest = Self.present(codes).reduce(0) { Swift.max($0, table[$1].magnitude) }
    if greatest > 0, greatest.isFinite {
      let squares = Self.sum(codes, threads: threads) { [table] in
        let share = table[$0] / greatest
        return share * share
      }
      let root = greatest * (squares / Double(codes.count)).squareRoot()
      if (1 / root).isFinite {
        spread = root
        for code in table.indices { table[code] *= 1 / root }
      }
    }
    self.init(stored: .coded(codes: codes, table: table), centres: [centre], spread: spread)
  }

  private init(stored: StoredColumn, centres: [Double], spread: Double) {
    self.stored = stored
    self.centres = centres
    self.spread = spread
  }

  /// Codes that occur.
  private static func present(_ codes: [UInt8]) -> [Int] {
    var isPresent = [Bool](repeating: false, count: 256)
    for code in codes { isPresent[Int(code)] = true }
    return isPresent.indices.filter { isPresent[$0] }
  }

  private static func sum(_ codes: [UInt8], threads: Int, _ value: (Int) -> Double) -> Double {
    let values = (0..<256).map(value)
    return codes.withUnsafeBufferPointer { codes in
      values.withUnsafeBufferPointer { values in
        nonisolated(unsafe) let (codes, values) = (codes, values)
        return sum(count: codes.count, threads: threads) { rows in
          var sum = 0.0
          for row in rows { sum += values[Int(codes[row])] }
          return sum
        }
      }
    }
  }

  private static func gather(
    _ column: ColumnValues, rows: [Int32], _ range: Range<Int>, into target: UnsafeMutablePointer<Double>
  ) {
    rows.withUnsafeBufferPointer { rows in
      switch column {
      case .whole(let values):
        values.write(UnsafeBufferPointer(rebasing: rows[range]), to: target + range.lowerBound)
      case .dense(let values):
        values.withUnsafeBufferPointer { values in
          for place in range { target[place] = values[Int(rows[place])] }
        }
      case .coded(let codes, let table):
        codes.withUnsafeBufferPointer { codes in
          table.withUnsafeBufferPointer { table in
            for place in range { target[place] = table[Int(codes[Int(rows[place])])] }
          }
        }
      case .narrow(let codes, let table):
        codes.withUnsafeBufferPointer { codes in
          table.withUnsafeBufferPointer { table in
            for place in range { target[place] = table[Int(codes[Int(rows[place])])] }
          }
        }
      }
    }
  }

  /// Takes out the first value before the mean, so that a constant leaves exact zeros.
  private static func centre(
    _ column: UnsafeMutablePointer<Double>, _ range: Range<Int>, threads: Int
  ) -> Double {
    guard !range.isEmpty else { return 0 }
    nonisolated(unsafe) let values = column + range.lowerBound
    let origin = values[0]
    let sum = sum(count: range.count, threads: threads) { rows in
      var sum = 0.0
      for row in rows {
        values[row] -= origin
        sum += values[row]
      }
      return sum
    }
    let mean = sum / Double(range.count)
    guard mean != 0, mean.isFinite else { return origin }
    _ = Self.sum(count: range.count, threads: threads) { rows in
      for row in rows { values[row] -= mean }
      return 0
    }
    return origin + mean
  }

  /// Divides a column by its root mean square and returns that.
  private static func scale(_ column: UnsafeMutablePointer<Double>, count: Int, threads: Int) -> Double {
    nonisolated(unsafe) let values = column
    let chunks = FixedChunks(count: count, size: pieceSize)
    let greatest =
      Parallel.map(chunks: chunks.count, threads: threads) { chunk in
        var greatest = 0.0
        for row in chunks[chunk] {
          let magnitude = values[row].magnitude
          greatest = magnitude > greatest ? magnitude : greatest
        }
        return greatest
      }.max() ?? 0
    guard greatest > 0, greatest.isFinite else { return 1 }
    let squares = sum(count: count, threads: threads) { rows in
      var squares = 0.0
      for row in rows {
        let share = values[row] / greatest
        squares += share * share
      }
      return squares
    }
    let spread = greatest * (squares / Double(count)).squareRoot()
    let factor = 1 / spread
    guard factor.isFinite else { return 1 }
    _ = sum(count: count, threads: threads) { rows in
      for row in rows { values[row] *= factor }
      return 0
    }
    return spread
  }

  private static let pieceSize = 1 << 14

  /// The sum of a function of stretches of rows, in their order.
  private static func sum(count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Double) -> Double {
    let chunks = FixedChunks(count: count, size: pieceSize)
    return Parallel.map(chunks: chunks.count, threads: threads) { body(chunks[$0]) }.reduce(0, +)
  }
}
