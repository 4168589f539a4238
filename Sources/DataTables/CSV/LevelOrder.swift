// The order of levels that were found rather than declared.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum LevelOrder {
  /// Levels of the texts in order, and for each text its level's index (`Int32.min` for missing ones).
  ///
  /// In order of size if all are numbers, else by code point, which for UTF-8 is byte order. Texts that are
  /// canonically equivalent, such as an é written as one character and as two, look the same and are one
  /// level: the first of them in order.
  static func levels(
    of entries: [TextDictionary.Entry], readings: [CellReading]
  ) -> (levels: [String], codes: [Int32]) {
    var keys: [Key] = []
    keys.reserveCapacity(entries.count)
    var areNumbers = true
    for (index, reading) in readings.enumerated() where reading != .missing {
      if case .number = reading {} else { areNumbers = false }
      keys.append(Key(prefix: prefix(entries[index]), index: Int32(truncatingIfNeeded: index)))
    }
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return precedes(entries[Int(left.index)], entries[Int(right.index)])
    }
    if areNumbers {
      func size(_ key: Key) -> Double {
        if case .number(let number) = readings[Int(key.index)] { number.value } else { .nan }
      }
      // Stable, so that 1 and 1.0 stay in code-point order.
      let sizes = keys.map(size)
      keys = keys.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map { keys[$0] }
    }
    var levels: [String] = []
    levels.reserveCapacity(keys.count)
    var codes = Array(repeating: ColumnStorage.missingInt32, count: entries.count)
    var equivalents: [String: Int32] = [:]
    // Plain ASCII texts are equivalent to no other ASCII text.
    let mayRepeat = keys.contains { key in
      key.prefix & 0x8080_8080_8080_8080 != 0
        || entries[Int(key.index)].bytes.dropFirst(8).contains { $0 >= 0x80 }
    }
    for key in keys {
      let bytes = entries[Int(key.index)].bytes
      let level = String(decoding: bytes, as: UTF8.self)
      let next = Int32(truncatingIfNeeded: levels.count)
      if mayRepeat {
        if let known = equivalents[level] {
          codes[Int(key.index)] = known
          continue
        }
        equivalents[level] = next
      }
      codes[Int(key.index)] = next
      levels.append(level)
    }
    return (levels, codes)
  }

  private struct Key {
    var prefix: UInt64
    var index: Int32
  }

  /// The first eight bytes as a number that compares as they do, zeros beyond the end.
  private static func prefix(_ entry: TextDictionary.Entry) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 {
      prefix = prefix << 8 | (index < entry.length ? UInt64(entry.start[index]) : 0)
    }
    return prefix
  }

  private static func precedes(_ left: TextDictionary.Entry, _ right: TextDictionary.Entry) -> Bool {
    let order = memcmp(left.start, right.start, min(left.length, right.length))
    return order == 0 ? left.length < right.length : order < 0
  }
}
