// Rows of a population that differ in something, each with the number of rows that it stands for.

import NumericalMethods

/// The rows of a population in an order that shows nothing of the file's, identical ones merged.
///
/// What is averaged over the population is a weighted mean over these rows. Columns of few values are one cell number a
/// row, the others lie about their mean.
struct DistinctRows: Sendable {
  /// The design's columns in these rows, and what else enters the linear predictor.
  let columns: [ColumnValues]
  let offset: [Double]?
  /// The weight of all rows.
  let total: Double
  private let weights: [Double]
  private let cells: ValueCells
  private let dense: [(column: Int, mean: Double, values: [Double])]
  private let threads: Int

  /// Distinct rows m.
  var rowCount: Int { weights.count }

  /// - Parameters:
  ///   - design: columns of n rows.
  ///   - offset: n numbers, if any.
  ///   - given: weights of the n rows; equal by default.
  ///   - threads: how many may work at once; no result depends on it.
  ///
  /// Cost: one sort of the rows by what they hold.
  init(_ design: [ColumnValues], rowCount: Int, offset: [Double]?, weights given: [Double]?, threads: Int) {
    let keys = ContentOrder.keys(
      rowCount: rowCount, dense: design, cells: nil, others: [offset, given].compactMap(\.self),
      threads: threads)
    let order = ContentOrder(keys: keys, threads: threads).order().map { Int($0) }
    let firsts = Self.firsts(order, design, offset)
    let rows = firsts.map { order[$0] }
    columns = ColumnValues.gathered(design, rows)
    self.offset = offset.map { offset in rows.map { offset[$0] } }
    weights = firsts.indices.map { index in
      let end = index + 1 < firsts.count ? firsts[index + 1] : order.count
      guard let given else { return Double(end - firsts[index]) }
      return CompensatedSum.of(order[firsts[index]..<end].lazy.map { given[$0] })
    }
    total = given.map { given in CompensatedSum.of(order.lazy.map { given[$0] }) } ?? Double(rowCount)
    self.threads = threads
    cells =
      ValueCells(columns: columns, rowCount: rows.count, threads: threads) ?? ValueCells(rowCount: rows.count)
    let (columns, cells) = (columns, cells)
    dense = columns.indices.filter { !cells.columns.contains($0) }.map { column in
      let numbers = columns[column].numbers
      let mean = WeightedGram.sum(numbers, threads: threads) / Double(Swift.max(numbers.count, 1))
      return (column, mean, numbers.map { $0 - mean })
    }
  }

  /// Places in the order at which rows begin that differ from those before.
  private static func firsts(_ order: [Int], _ columns: [ColumnValues], _ offset: [Double]?) -> [Int] {
    var differs = [Bool](repeating: false, count: order.count)
    if !differs.isEmpty { differs[0] = true }
    func mark(_ isSame: (Int, Int) -> Bool) {
      for place in order.indices.dropFirst() where !differs[place] {
        differs[place] = !isSame(order[place - 1], order[place])
      }
    }
    for column in columns {
      switch column {
      case .dense(let values): mark { values[$0] == values[$1] }
      case .whole(let values): mark { values[$0] == values[$1] }
      case .coded(let codes, _): mark { codes[$0] == codes[$1] }
      case .narrow(let codes, _): mark { codes[$0] == codes[$1] }
      }
    }
    if let offset { mark { offset[$0] == offset[$1] } }
    return order.indices.filter { differs[$0] }
  }

  /// What a mean of survival and its derivatives need: Σ w S, Σ w S f, and Σ w S f (x − centre) for every column, with S =
  /// exp(−hazard f) and f the factors of the rows' hazards. One pass, which keeps nothing by row.
  func survivalSums(
    hazard: Double, factors: [Double], centre: [Double]
  ) -> (survival: Double, slopes: Double, columns: [Double]) {
    let found = ColumnPointers.with(dense.map(\.values)) { pointers in
      factors.withUnsafeBufferPointer { factors in
        weights.withUnsafeBufferPointer { own in
          nonisolated(unsafe) let (factors, own) = (factors, own)
          return DesignSums.over(
            ColumnPointers(pointers, rowCount: rowCount), codes: cells.codes, cellCount: cells.cellCount,
            needsGram: false, threads: threads
          ) { rows, survival, slopes in
            let first = rows.lowerBound
            for index in 0..<rows.count { survival[index] = -hazard * factors[first + index] }
            let part = UnsafeMutableBufferPointer(start: survival, count: rows.count)
            Elementary.exp(UnsafeBufferPointer(part), into: part)
            for index in 0..<rows.count {
              let share = survival[index] * own[first + index]
              survival[index] = share
              slopes[index] = share * factors[first + index]
            }
            return WeightedGram.sum(survival, count: rows.count)
          }
        }
      }
    }
    let byCell = (0..<cells.cellCount).map { found.cells?.vector($0) ?? 0 }
    let slopes = CompensatedSum.of(byCell)
    var sums = [Double](repeating: 0, count: columns.count)
    for (place, entry) in dense.enumerated() {
      sums[entry.column] = found.columnSums[place] + (entry.mean - centre[entry.column]) * slopes
    }
    for (column, table) in zip(cells.columns, cells.tables) {
      sums[column] = CompensatedSum.of(table.indices.lazy.map { (table[$0] - centre[column]) * byCell[$0] })
    }
    return (CompensatedSum.of(found.extras), slopes, sums)
  }
}
