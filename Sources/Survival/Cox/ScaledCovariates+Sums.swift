// Products of the design with vectors: the only loops that read the whole design.

import NumericalMethods

extension ScaledCovariates {
  /// output[i] += Σ_j coefficient_j x_ij for every row in scanning order.
  func addLinearPredictor(_ coefficients: [Double], to output: inout [Double], threads: Int) {
    guard output.count == rowCount, coefficients.count == columnCount else { return }
    let chunks = FixedChunks(count: rowCount, size: 8192)
    output.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      dense.withReader { columns in
        let own = denseColumns.map { coefficients[$0] }
        Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
          let rows = chunks[chunk]
          columns.addLinearPredictor(own, rows: rows, into: target + rows.lowerBound)
        }
      }
      guard let cells else { return }
      let predictors = cells.predictors(coefficients)
      predictors.withUnsafeBufferPointer { predictors in
        cells.codes.withUnsafeBufferPointer { codes in
          nonisolated(unsafe) let (predictors, codes) = (predictors, codes)
          Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
            for row in chunks[chunk] { target[row] += predictors[Int(codes[row])] }
          }
        }
      }
    }
  }

  /// Linear predictors of stretches of rows: output[i − start] += Σ_j coefficient_j x_ij, in no array of their own.
  func withPredictor<Result>(
    _ coefficients: [Double],
    _ body: (@Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void) -> Result
  ) -> Result {
    dense.withReader { columns in
      let own = denseColumns.map { coefficients[$0] }
      guard let cells else {
        return body { columns.addLinearPredictor(own, rows: $0, into: $1) }
      }
      return cells.predictors(coefficients).withUnsafeBufferPointer { predictors in
        cells.codes.withUnsafeBufferPointer { codes in
          nonisolated(unsafe) let (predictors, codes) = (predictors, codes)
          return body { rows, output in
            columns.addLinearPredictor(own, rows: rows, into: output)
            for row in rows { output[row - rows.lowerBound] += predictors[Int(codes[row])] }
          }
        }
      }
    }
  }

  /// output[j] += Σ_i vector_i x_ij over the rows of `range`; `vector` starts at its first row.
  func addSums(
    _ vector: UnsafePointer<Double>, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>
  ) {
    for (stored, column) in zip(dense.columns, denseColumns) {
      switch stored {
      case .numbers(let values):
        values.withUnsafeBufferPointer { values in
          guard let base = values.baseAddress else { return }
          output[column] += Self.dot(base + range.lowerBound, vector, range.count)
        }
      case .coded(let codes, let table):
        codes.withUnsafeBufferPointer { codes in
          table.withUnsafeBufferPointer { table in
            guard let codes = codes.baseAddress, let table = table.baseAddress else { return }
            output[column] += Self.dot(codes + range.lowerBound, table, vector, range.count)
          }
        }
      }
    }
    guard let cells else { return }
    cells.addSums(vector, rows: range, to: output)
  }

  /// X'v and X' diag(w) X in one pass; `fill` writes w and v of some rows, from their first on.
  func sums(
    threads: Int,
    _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> (vector: [Double], gram: Matrix) {
    let found = dense.withReader {
      DesignSums.over($0, codes: cells?.codes, cellCount: cells?.cellCount ?? 0, threads: threads) {
        fill($0, $1, $2)
        return 0
      }
    }
    guard let cells, let totals = found.cells else { return (found.columnSums, found.gram) }
    var sums = [Double](repeating: 0, count: columnCount)
    var gram = Matrix(rowCount: columnCount, columnCount: columnCount)
    for (i, row) in denseColumns.enumerated() {
      sums[row] = found.columnSums[i]
      for (j, column) in denseColumns.enumerated() { gram[row, column] = found.gram[i, j] }
    }
    for cell in 0..<cells.cellCount {
      let entries = Int(cells.starts[cell])..<Int(cells.starts[cell + 1])
      for entry in entries {
        let row = cells.columns[Int(cells.positions[entry])]
        let value = cells.values[entry]
        sums[row] += value * totals.vector(cell)
        for (position, column) in denseColumns.enumerated() {
          gram[row, column] += value * totals.dense(cell, position)
        }
        let weighted = value * totals.weight(cell)
        for other in entries.lowerBound...entry {
          gram[row, cells.columns[Int(cells.positions[other])]] += weighted * cells.values[other]
        }
      }
    }
    mirror(&gram, cells.columns)
    return (sums, gram)
  }

  /// Completes what was only added up on one side of the diagonal.
  private func mirror(_ gram: inout Matrix, _ cellColumns: [Int]) {
    for (i, row) in cellColumns.enumerated() {
      for column in cellColumns[..<i] { gram[column, row] = gram[row, column] }
      for column in denseColumns { gram[column, row] = gram[row, column] }
    }
  }

  static func withColumns<Result>(
    _ elements: [Double], columnCount: Int, rowCount: Int, _ body: (ColumnPointers) -> Result
  ) -> Result {
    elements.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return body(ColumnPointers([], rowCount: rowCount)) }
      return body(ColumnPointers((0..<columnCount).map { base + $0 * rowCount }, rowCount: rowCount))
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

extension ScaledCovariates {
  /// The same of a column of bytes: the lanes, and so the bits, are those of its numbers.
  @inline(__always)
  static func dot(
    _ codes: UnsafePointer<UInt8>, _ table: UnsafePointer<Double>, _ other: UnsafePointer<Double>,
    _ count: Int
  ) -> Double {
    var row = 0
    var tail = 0.0
    if count >= 8 {
      var lanes = SIMD8<Double>()
      let right = UnsafeRawPointer(other)
      while row + 8 <= count {
        let left = SIMD8<Double>(
          table[Int(codes[row])], table[Int(codes[row + 1])], table[Int(codes[row + 2])],
          table[Int(codes[row + 3])], table[Int(codes[row + 4])], table[Int(codes[row + 5])],
          table[Int(codes[row + 6])], table[Int(codes[row + 7])])
        lanes += left * right.loadUnaligned(fromByteOffset: row * 8, as: SIMD8<Double>.self)
        row += 8
      }
      let halves = lanes.lowHalf + lanes.highHalf
      let quarters = halves.lowHalf + halves.highHalf
      tail = quarters[0] + quarters[1]
    }
    while row < count {
      tail += table[Int(codes[row])] * other[row]
      row += 1
    }
    return tail
  }
}

extension CovariateCells {
  /// output[column of the design] += Σ_i vector_i x_i over the rows of `range`.
  @inline(__always)
  func addSums(
    _ vector: UnsafePointer<Double>, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>
  ) {
    if range.count >= 16, levels.isUsed {
      levels.addSums(vector, rows: range, to: output)
      return
    }
    codes.withUnsafeBufferPointer { codes in
      starts.withUnsafeBufferPointer { starts in
        columnOfEntry.withUnsafeBufferPointer { columns in
          values.withUnsafeBufferPointer { values in
            for row in range {
              let cell = Int(codes[row])
              let weight = vector[row - range.lowerBound]
              for entry in Int(starts[cell])..<Int(starts[cell + 1]) {
                output[Int(columns[entry])] += weight * values[entry]
              }
            }
          }
        }
      }
    }
  }
}
