// The elimination behind PivotedQR.

import CKernels

/// Working state of `dqrdc2`: reflections column by column, negligible columns cycled to the end.
struct HouseholderReduction {
  var elements: Matrix
  var auxiliary: [Double]
  var pivot: [Int]
  var rank = 0
  /// Norm of each column at its last full computation, and its original norm.
  private var recentNorm: [Double]
  private var originalNorm: [Double]

  init(_ matrix: Matrix) {
    elements = matrix
    pivot = Array(0..<matrix.columnCount)
    let rows = matrix.rowCount
    auxiliary = (0..<matrix.columnCount).map { index in
      matrix.withUnsafeElements { HouseholderReduction.norm($0, index * rows, rows) }
    }
    recentNorm = auxiliary
    originalNorm = auxiliary.map { $0 == 0 ? 1 : $0 }
  }

  /// Euclidean norm without overflow for ordinary scales; rescaled when the plain sum leaves the range.
  private static func norm(_ values: UnsafeBufferPointer<Double>, _ start: Int, _ count: Int) -> Double {
    guard count > 0, let base = values.baseAddress else { return 0 }
    let column = base + start
    let square = kernel_dot(column, column, count)
    if square > 1e-280, square < 1e280 { return square.squareRoot() }
    var greatest = 0.0
    for row in 0..<count { greatest = Swift.max(greatest, column[row].magnitude) }
    guard greatest > 0, greatest.isFinite else { return square.isNaN ? .nan : greatest }
    var sum = 0.0
    for row in 0..<count {
      let scaled = column[row] / greatest
      sum += scaled * scaled
    }
    return greatest * sum.squareRoot()
  }

  mutating func reduce(tolerance: Double) {
    let rows = elements.rowCount
    let columns = elements.columnCount
    var end = columns
    for step in 0..<Swift.min(rows, columns) {
      // Each cycle shortens the candidates by one, so this ends. A column that is not finite is set aside too.
      while step < end, !(auxiliary[step] >= originalNorm[step] * tolerance) {
        moveToEnd(step)
        end -= 1
      }
      if step == rows - 1 { break }
      reflect(step)
    }
    rank = Swift.min(end, rows)
  }

  private mutating func moveToEnd(_ column: Int) {
    let rows = elements.rowCount
    let last = elements.columnCount - 1
    elements.withUnsafeMutableElements { buffer in
      guard let base = buffer.baseAddress else { return }
      for index in column..<last {
        for row in 0..<rows { swap(&base[row + index * rows], &base[row + (index + 1) * rows]) }
      }
    }
    pivot.append(pivot.remove(at: column))
    auxiliary.append(auxiliary.remove(at: column))
    recentNorm.append(recentNorm.remove(at: column))
    originalNorm.append(originalNorm.remove(at: column))
  }

  private mutating func reflect(_ step: Int) {
    let rows = elements.rowCount
    let columns = elements.columnCount
    let rest = rows - step - 1
    var norm = elements.withUnsafeElements { Self.norm($0, step * rows + step, rows - step) }
    guard norm != 0 else { return }
    if elements[step, step] < 0 { norm = -norm }
    elements.withUnsafeMutableElements { buffer in
      guard let base = buffer.baseAddress else { return }
      let column = base + step * rows + step
      for row in 0...rest { column[row] /= norm }
      column[0] += 1
      for index in (step + 1)..<Swift.max(columns, step + 1) {
        let other = base + index * rows + step
        let factor = -(column[0] * other[0] + kernel_dot(column + 1, other + 1, rest)) / column[0]
        other[0] += factor * column[0]
        kernel_axpy(factor, column + 1, other + 1, rest)
      }
    }
    for index in (step + 1)..<Swift.max(columns, step + 1) where auxiliary[index] != 0 {
      let share = elements[step, index].magnitude / auxiliary[index]
      let left = Swift.max(0, 1 - share * share)
      if left < 1e-6 {
        auxiliary[index] = elements.withUnsafeElements { Self.norm($0, index * rows + step + 1, rest) }
        recentNorm[index] = auxiliary[index]
      } else {
        auxiliary[index] *= left.squareRoot()
      }
    }
    auxiliary[step] = elements[step, step]
    elements[step, step] = -norm
  }
}
