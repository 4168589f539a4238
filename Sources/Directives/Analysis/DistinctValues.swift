// The distinct numbers of a column and each row's place among them, without hashing millions of rows.

import NumericalMethods

/// Distinct values, ascending, and per row the index of its own; -1 for not-a-number.
struct DistinctValues: Sendable {
  let values: [Double]
  let codes: [Int32]

  init(_ numbers: [Double]) {
    if let (low, width) = Self.wholeRange(numbers) {
      (values, codes) = Self.counted(numbers, low: low, width: width)
    } else {
      (values, codes) = Self.sorted(numbers)
    }
  }

  /// Least value and number of steps to the greatest, where a table of all in between is worth while.
  private static func wholeRange(_ numbers: [Double]) -> (low: Double, width: Int)? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for number in numbers where !number.isNaN {
      guard number == number.rounded(.towardZero), number.magnitude < 0x1p53 else { return nil }
      low = Swift.min(low, number)
      high = Swift.max(high, number)
    }
    guard low <= high, high - low < Double(4 * numbers.count + 65_536) else { return nil }
    return (low, Int(high - low) + 1)
  }

  private static func counted(_ numbers: [Double], low: Double, width: Int) -> ([Double], [Int32]) {
    var places = [Int32](repeating: -1, count: width)
    for number in numbers where !number.isNaN { places[Int(number - low)] = 0 }
    var values: [Double] = []
    for place in places.indices where places[place] == 0 {
      places[place] = Int32(truncatingIfNeeded: values.count)
      values.append(low + Double(place))
    }
    return (values, numbers.map { $0.isNaN ? -1 : places[Int($0 - low)] })
  }

  private static func sorted(_ numbers: [Double]) -> ([Double], [Int32]) {
    var values: [Double] = []
    var codes = [Int32](repeating: -1, count: numbers.count)
    for row in RadixOrder.ascending(numbers) {
      let number = numbers[Int(row)]
      if number.isNaN { break }
      if values.last != number { values.append(number) }
      codes[Int(row)] = Int32(truncatingIfNeeded: values.count - 1)
    }
    return (values, codes)
  }
}
