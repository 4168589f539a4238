// The values of a column in order, equal ones together.

import DataTables
import NumericalMethods

/// Distinct values with their counts: quantiles and sums that do not depend on the order of rows.
struct SortedValues: Sendable {
  /// Ascending, without NaN.
  let distinct: [Double]
  /// How many values there are up to each distinct one, itself included.
  private let cumulative: [Int]

  var count: Int { cumulative.last ?? 0 }

  init(_ values: [Double]) {
    let ascending = RadixOrder.ascending(values).lazy.map { values[Int($0)] }.filter { !$0.isNaN }
    var distinct: [Double] = []
    var cumulative: [Int] = []
    for (position, value) in ascending.enumerated() {
      if distinct.last == value {
        cumulative[cumulative.count - 1] = position + 1
      } else {
        distinct.append(value)
        cumulative.append(position + 1)
      }
    }
    self.distinct = distinct
    self.cumulative = cumulative
  }

  /// The values of a column; narrow columns are counted, not sorted.
  init(_ column: Column) {
    switch column.storage {
    case .uint8(let values):
      self.init(counting: values.lazy.filter { $0 != ColumnStorage.missingUInt8 }.map { Int($0) })
    case .int16(let values):
      self.init(counting: values.lazy.filter { $0 != ColumnStorage.missingInt16 }.map { Int($0) })
    default: self.init(column.numbers())
    }
  }

  /// Whole numbers of 16 bits.
  private init(counting values: some Sequence<Int>) {
    var counts = Array(repeating: 0, count: 65_536)
    for value in values { counts[value + 32_768] += 1 }
    var distinct: [Double] = []
    var cumulative: [Int] = []
    var sum = 0
    for (slot, count) in counts.enumerated() where count > 0 {
      sum += count
      distinct.append(Double(slot - 32_768))
      cumulative.append(sum)
    }
    self.init(distinct: distinct, cumulative: cumulative)
  }

  private init(distinct: [Double], cumulative: [Int]) {
    self.distinct = distinct
    self.cumulative = cumulative
  }

  func count(at index: Int) -> Int {
    guard cumulative.indices.contains(index) else { return 0 }
    return cumulative[index] - (index > 0 ? cumulative[index - 1] : 0)
  }

  /// The order statistic at a position counted from 0, clamped to the ends; NaN without values.
  subscript(position: Int) -> Double {
    var low = 0
    var high = cumulative.count - 1
    guard high >= 0 else { return .nan }
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > position { high = middle } else { low = middle + 1 }
    }
    return distinct[low]
  }

  /// Type 7, as R's default; NaN without values.
  func quantile(_ probability: Double) -> Double {
    let position = Double(count - 1) * probability
    // R forgives a fuzz of four units of rounding.
    let low = (position + 4 * Double.ulpOfOne).rounded(.down)
    let share = position - low
    guard low.isFinite, count > 0 else { return .nan }
    let index = Int(low)
    guard abs(share) > 1e-12, index + 1 < count else { return self[index] }
    return (1 - share) * self[index] + share * self[index + 1]
  }

  /// The values within limits.
  func within(_ isInside: (Double) -> Bool) -> SortedValues {
    var kept: [Double] = []
    var sum = 0
    var cumulative: [Int] = []
    for (index, value) in distinct.enumerated() where isInside(value) {
      kept.append(value)
      sum += count(at: index)
      cumulative.append(sum)
    }
    return SortedValues(distinct: kept, cumulative: cumulative)
  }
}
