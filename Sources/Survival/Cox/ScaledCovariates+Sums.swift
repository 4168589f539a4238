// Products of the design with vectors over a block of rows: the only loops that read the whole design.

import NumericalMethods

extension ScaledCovariates {
  /// The columns, for sums over all rows.
  func withColumns<Result>(_ body: (ColumnPointers) -> Result) -> Result {
    elements.withUnsafeBufferPointer { buffer in
      Self.withColumns(buffer, columnCount: columnCount, rowCount: rowCount, body)
    }
  }

  static func withColumns<Result>(
    _ elements: UnsafeBufferPointer<Double>, columnCount: Int, rowCount: Int,
    _ body: (ColumnPointers) -> Result
  ) -> Result {
    guard let base = elements.baseAddress else { return body(ColumnPointers([], rowCount: rowCount)) }
    return body(ColumnPointers((0..<columnCount).map { base + $0 * rowCount }, rowCount: rowCount))
  }

  /// output[i] += Σ_j coefficient_j x_ij for every row in scanning order.
  func addLinearPredictor(_ coefficients: [Double], to output: inout [Double], threads: Int) {
    guard output.count == rowCount, coefficients.count == columnCount else { return }
    output.withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress else { return }
      withColumns {
        WeightedGram.addLinearPredictor($0, coefficients: coefficients, into: target, threads: threads)
      }
    }
  }

  /// output[j · stride] += Σ_i vector_i x_ij over the rows of `range`; `vector` starts at its first row.
  func addSums(
    _ vector: UnsafePointer<Double>, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>,
    stride: Int = 1
  ) {
    elements.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for index in 0..<columnCount {
        output[index * stride] += Self.dot(base + index * rowCount + range.lowerBound, vector, range.count)
      }
    }
  }

  /// Eight fixed lanes, so that the sum has the same bits everywhere.
  @inline(__always)
  static func dot(_ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ count: Int) -> Double {
    var row = 0
    var tail = 0.0
    if count >= 8 {
      var lanes = SIMD8<Double>()
      let left = UnsafeRawPointer(one)
      let right = UnsafeRawPointer(other)
      while row + 8 <= count {
        lanes +=
          left.loadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
          * right.loadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
        row += 8
      }
      let halves = lanes.lowHalf + lanes.highHalf
      let quarters = halves.lowHalf + halves.highHalf
      tail = quarters[0] + quarters[1]
    }
    while row < count {
      tail += one[row] * other[row]
      row += 1
    }
    return tail
  }
}
