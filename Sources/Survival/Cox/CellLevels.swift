// The levels of few-valued covariates as bits by row: sums over the rows of a bucket without a jump.

import NumericalMethods

/// What sums over short stretches of rows need of the covariates that are held by cell.
struct CellLevels: Sendable {
  private let masks: LevelMasks
  /// Level after level, the columns of the design that are not zero in it and their values there.
  private let starts: [Int32]
  private let columns: [Int32]
  private let values: [Double]
  /// Whether levels are so few that a sum for each costs less than a row's own values.
  let isUsed: Bool

  /// Levels from which on rows are looked at one by one.
  private static let greatestCount = 64

  /// - Parameter table: scaled values of each column of the cells by cell.
  init(_ cells: ValueCells, codes: [UInt16], values table: [[Double]], threads: Int) {
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    var maskOfCell: [[Int16]] = []
    for variable in cells.variables {
      var maskOfLevel = [Int16](repeating: -1, count: variable.levelCount)
      for level in 0..<variable.levelCount {
        // Of the other variables, this cell has the first level.
        let cell = level * variable.stride
        let used = variable.places.filter { table[$0][cell] != 0 }
        guard !used.isEmpty, starts.count <= Self.greatestCount else { continue }
        maskOfLevel[level] = Int16(truncatingIfNeeded: starts.count - 1)
        for place in used {
          columns.append(Int32(truncatingIfNeeded: cells.columns[place]))
          values.append(table[place][cell])
        }
        starts.append(Int32(truncatingIfNeeded: columns.count))
      }
      maskOfCell.append((0..<cells.cellCount).map { maskOfLevel[variable.level(ofCell: $0)] })
    }
    isUsed = starts.count - 1 < Self.greatestCount
    masks = LevelMasks(
      codes: isUsed ? codes : [], maskOfCell: isUsed ? maskOfCell : [],
      count: isUsed ? starts.count - 1 : 0, threads: threads)
    self.starts = starts
    self.columns = columns
    self.values = values
  }

  /// output[column of the design] += Σ_i vector_i x_i over the rows of `range`.
  func addSums(
    _ vector: UnsafePointer<Double>, rows range: Range<Int>, to output: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Swift.max(masks.count, 1)) { sums in
      guard let base = sums.baseAddress else { return }
      masks.sums(vector, rows: range, to: base)
      starts.withUnsafeBufferPointer { starts in
        columns.withUnsafeBufferPointer { columns in
          values.withUnsafeBufferPointer { values in
            for mask in 0..<masks.count {
              for entry in Int(starts[mask])..<Int(starts[mask + 1]) {
                output[Int(columns[entry])] += base[mask] * values[entry]
              }
            }
          }
        }
      }
    }
  }
}
