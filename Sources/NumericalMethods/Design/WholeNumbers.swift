// Whole numbers of a design's column, as narrow as they were read.

/// Numbers of one or two bytes that stand for themselves; none is missing.
public enum WholeNumbers: Sendable {
  /// 0 to 255.
  case bytes([UInt8])
  /// −32768 to 32767.
  case words([Int16])

  /// Number of rows.
  public var count: Int {
    switch self {
    case .bytes(let values): values.count
    case .words(let values): values.count
    }
  }

  /// The number of one row, which must be in range.
  public subscript(row: Int) -> Double {
    switch self {
    case .bytes(let values): Double(values[row])
    case .words(let values): Double(values[row])
    }
  }

  /// All of them, one per row.
  public var numbers: [Double] { map(0) { $0 } }

  /// What a function makes of each, after a shift has been taken from it.
  func map(_ shift: Double, _ body: (Double) -> Double) -> [Double] {
    switch self {
    case .bytes(let values): values.map { body(Double($0) - shift) }
    case .words(let values): values.map { body(Double($0) - shift) }
    }
  }

  /// Those of the rows named, in the order named; every row must be in range.
  public func gathered(_ rows: [Int]) -> WholeNumbers {
    switch self {
    case .bytes(let values): .bytes(rows.map { values[$0] })
    case .words(let values): .words(rows.map { values[$0] })
    }
  }

  /// Writes those of some rows, named by their numbers, one after the other.
  public func write(_ rows: UnsafeBufferPointer<Int32>, to target: UnsafeMutablePointer<Double>) {
    switch self {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        for place in rows.indices { target[place] = Double(values[Int(rows[place])]) }
      }
    case .words(let values):
      values.withUnsafeBufferPointer { values in
        for place in rows.indices { target[place] = Double(values[Int(rows[place])]) }
      }
    }
  }

  /// Writes those of a stretch of rows, one after the other.
  public func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    switch self {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        for (place, row) in rows.enumerated() { target[place] = Double(values[row]) }
      }
    case .words(let values):
      values.withUnsafeBufferPointer { values in
        for (place, row) in rows.enumerated() { target[place] = Double(values[row]) }
      }
    }
  }

  /// Adds multiples of them to one number per row.
  public func add(times factor: Double, to output: inout [Double]) {
    switch self {
    case .bytes(let values): for row in values.indices { output[row] += factor * Double(values[row]) }
    case .words(let values): for row in values.indices { output[row] += factor * Double(values[row]) }
    }
  }

  /// Σ w x / Σ w; `nil` where all are −1, 0 or 1. Without weights the sum is exact.
  ///
  /// - Parameters:
  ///   - weights: w, one per row; `nil` where all are 1.
  ///   - total: Σ w.
  ///   - threads: how many may work at once; no result depends on it.
  public func mean(weights: [Double]?, total: Double, threads: Int) -> Double? {
    switch self {
    case .bytes(let values):
      values.contains { $0 > 1 } ? Self.sum(values, weights, threads) / total : nil
    case .words(let values):
      values.contains { $0 < -1 || $0 > 1 } ? Self.sum(values, weights, threads) / total : nil
    }
  }

  private static func sum<Value: FixedWidthInteger & Sendable>(
    _ values: [Value], _ weights: [Double]?, _ threads: Int
  ) -> Double {
    let chunks = FixedChunks(count: values.count, size: 1 << 15)
    guard let weights else {
      return Double(
        Parallel.map(chunks: chunks.count, threads: threads) { chunk in
          values.withUnsafeBufferPointer { values in
            var sum: Int32 = 0
            for row in chunks[chunk] { sum &+= Int32(truncatingIfNeeded: values[row]) }
            return Int(sum)
          }
        }.reduce(0, +))
    }
    var sum = CompensatedSum()
    for part in Parallel.map(
      chunks: chunks.count, threads: threads,
      { chunk in
        var sum = CompensatedSum()
        for row in chunks[chunk] { sum.add(weights[row] * Double(values[row])) }
        return sum
      })
    { sum.add(part) }
    return sum.value
  }

  /// Whether they take more different values than stated, looking no further than needed.
  public func takesMoreValues(than limit: Int) -> Bool {
    switch self {
    case .bytes(let values): Self.count(values, limit) > limit
    case .words(let values): Self.count(values, limit) > limit
    }
  }

  private static func count<Value: Hashable>(_ values: [Value], _ limit: Int) -> Int {
    var found: Set<Value> = []
    for value in values where !found.contains(value) {
      found.insert(value)
      if found.count > limit { break }
    }
    return found.count
  }
}
