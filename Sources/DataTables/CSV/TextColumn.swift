// From the texts of a column to its type, levels and values.

/// A column whose parts were collected as text.
struct TextColumn {
  let name: String
  /// Codes by part, and for each part the distinct text behind each of its codes.
  let parts: [ColumnStorage]
  let texts: [SegmentTexts]
  let rowCount: Int
  /// Distinct texts of the whole column, numbered in order of first appearance.
  let entries: [TextDictionary.Entry]
  /// `numbers[k][code]`: the index into `entries` of a code of part k.
  let numbers: [[Int32]]
  let readings: [CellReading]

  init(name: String, segments: [ColumnSegment], rowCount: Int, field: ReadPlan.Field, mark: UInt8) {
    self.name = name
    self.rowCount = rowCount
    parts = segments.map(\.storage)
    texts = segments.compactMap(\.texts)
    var dictionary = TextDictionary(slotBits: 8)
    defer { dictionary.deallocate() }
    var numbers: [[Int32]] = []
    for texts in texts {
      numbers.append(texts.entries.map { dictionary.code(key: $0.key, start: $0.start, length: $0.length) })
    }
    self.numbers = numbers
    entries = Array(UnsafeBufferPointer(start: dictionary.entries, count: dictionary.count))
    readings = entries.map {
      CellReading.read(
        $0.bytes, mark: mark, missing: field.missingTexts, missingNumbers: field.missingNumbers)
    }
  }

  /// How many cells are what. Columns of nothing but words, the usual ones, are not counted row by row.
  func tally() -> CellTally {
    var tally = CellTally()
    if readings.allSatisfy({ $0 == .word || $0 == .missing }) {
      tally.words = readings.reduce(0) { $0 + ($1 == .word ? 1 : 0) }
      return tally
    }
    for (reading, count) in zip(readings, counts()) { tally.add(reading, count: count) }
    return tally
  }

  /// Rows by distinct text.
  func counts() -> [Int] {
    var counts = Array(repeating: 0, count: entries.count)
    for (part, numbers) in zip(parts, numbers) {
      for code in part.integers(missing: -1) where code >= 0 && Int(code) < numbers.count {
        counts[Int(numbers[Int(code)])] += 1
      }
    }
    return counts
  }

  /// The first rows whose text is one of those marked and how many there are.
  func rows(marked: [Bool], limit: Int) -> (first: [Int], count: Int) {
    var first: [Int] = []
    var count = 0
    var start = 0
    for (part, numbers) in zip(parts, numbers) {
      for (offset, code) in part.integers(missing: -1).enumerated()
      where code >= 0 && Int(code) < numbers.count {
        let number = Int(numbers[Int(code)])
        guard marked[number] else { continue }
        count += 1
        if first.count < limit { first.append(start + offset) }
      }
      start += part.count
    }
    return (first, count)
  }

  /// One value for each distinct text, spread over the rows; `Int32.min` is missing.
  func storage(_ values: [Int32]) -> ColumnStorage {
    var low = Int32.max
    var high = Int32.min
    for value in values where value != ColumnStorage.missingInt32 {
      low = min(low, value)
      high = max(high, value)
    }
    return ColumnAssembly.translated(
      parts, tables: numbers.map { $0.map { values[Int($0)] } }, missing: ColumnStorage.missingInt32,
      rowCount: rowCount, into: low <= high ? low...high : 0...0)
  }

  /// The same for doubles, NaN missing.
  func doubles(_ values: [Double]) -> [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(rowCount)
    for (part, numbers) in zip(parts, numbers) {
      for code in part.integers(missing: -1) {
        rows.append(code >= 0 && Int(code) < numbers.count ? values[Int(numbers[Int(code)])] : .nan)
      }
    }
    return rows
  }
}
