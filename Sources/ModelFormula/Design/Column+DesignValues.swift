// The numbers of a column in some rows, as narrow as a design can use them.

import DataTables
import NumericalMethods

extension Column {
  /// Rows from which on a column of few small numbers is held by code.
  private static let leastRowCount = 4096
  private static let greatestValueCount = 12

  /// The numbers of some rows, NaN where missing; few values in many rows by code.
  func designValues(rows: [Int32]) -> DesignValues {
    guard rows.count >= Self.leastRowCount, !type.hasLevels else { return .dense(numbers(rows: rows)) }
    if case .int16(let words) = storage {
      let gathered = rows.gathering(words, missing: ColumnStorage.missingInt16)
      let values = WholeNumbers.words(gathered)
      return values.takesMoreValues(than: Self.greatestValueCount)
        && !(missingCount > 0 && gathered.contains(ColumnStorage.missingInt16))
        ? .whole(values) : .dense(numbers(rows: rows))
    }
    guard case .uint8(let bytes) = storage else { return .dense(numbers(rows: rows)) }
    let gathered = rows.gathering(bytes, missing: ColumnStorage.missingUInt8)
    let counts = ByteCounts.of(gathered)
    let found = (0..<256).filter { counts[$0] > 0 }
    guard counts[Int(ColumnStorage.missingUInt8)] == 0 else { return .dense(numbers(rows: rows)) }
    guard found.count <= Self.greatestValueCount else { return .whole(.bytes(gathered)) }
    let table = found.map { Double($0) }
    if found == Array(0..<found.count) { return .few(codes: gathered, table: table) }
    var places = [UInt8](repeating: 0, count: 256)
    for (place, value) in found.enumerated() { places[value] = UInt8(truncatingIfNeeded: place) }
    return .few(codes: gathered.map { places[Int($0)] }, table: table)
  }
}

extension [Int32] {
  /// What an array holds at these rows, the array itself where they are all of its rows in order; `missing` outside of it.
  func gathering<Value>(_ values: [Value], missing: Value) -> [Value] {
    if count == values.count, indices.allSatisfy({ Int(self[$0]) == $0 }) { return values }
    return values.withUnsafeBufferPointer { values in
      map { $0 >= 0 && Int($0) < values.count ? values[Int($0)] : missing }
    }
  }
}
