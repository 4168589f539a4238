// Columns made in memory rather than read.

extension Column {
  /// A column of numbers; NaN and infinities are missing. Whole numbers are stored narrowly and typed `integer`.
  public init(name: String, numbers: [Double], metadata: ColumnMetadata = ColumnMetadata()) {
    var whole = true
    var narrow: [Int32] = []
    narrow.reserveCapacity(numbers.count)
    for value in numbers {
      if !value.isFinite {
        narrow.append(ColumnStorage.missingInt32)
      } else if let integer = Int32(exactly: value), integer != ColumnStorage.missingInt32 {
        narrow.append(integer)
      } else {
        whole = false
        break
      }
    }
    if whole {
      self.init(name: name, type: .integer, storage: .narrowing(narrow), metadata: metadata)
    } else {
      let finite = numbers.map { $0.isFinite ? ($0 == 0 ? 0 : $0) : .nan }
      let type: ColumnType = finite.allSatisfy { $0.isNaN || $0.rounded() == $0 } ? .integer : .number
      self.init(name: name, type: type, storage: .double(finite), metadata: metadata)
    }
  }

  /// A column of true and false.
  public init(name: String, flags: [Bool?], metadata: ColumnMetadata = ColumnMetadata()) {
    let values = flags.map { flag in flag.map { $0 ? UInt8(1) : 0 } ?? ColumnStorage.missingUInt8 }
    self.init(name: name, type: .flag, storage: .uint8(values), metadata: metadata)
  }

  /// A column of flags given as 0, 1 and 255 for missing; other bytes count as true.
  public init(name: String, flagBytes: [UInt8], metadata: ColumnMetadata = ColumnMetadata()) {
    let values = flagBytes.map { $0 == ColumnStorage.missingUInt8 ? $0 : min($0, 1) }
    self.init(name: name, type: .flag, storage: .uint8(values), metadata: metadata)
  }

  /// A column of words, levels in code-point order.
  public init(name: String, texts: [String?], metadata: ColumnMetadata = ColumnMetadata()) {
    // Of texts that are canonically equivalent, and so the same to Swift, the first in order is the level.
    var distinct: [String: String] = [:]
    for text in texts {
      guard let text else { continue }
      guard let known = distinct[text] else {
        distinct[text] = text
        continue
      }
      if text.unicodeScalars.lexicographicallyPrecedes(known.unicodeScalars) { distinct[text] = text }
    }
    let levels = distinct.values.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    var codes: [String: Int32] = [:]
    for (code, level) in levels.enumerated() { codes[level] = Int32(truncatingIfNeeded: code) }
    self.init(
      name: name, codes: texts.map { text in text.flatMap { codes[$0] } ?? -1 }, levels: levels, type: .text,
      metadata: metadata)
  }

  /// A column of codes into levels; a code outside the levels is missing.
  ///
  /// `type` is `.factor` where the order of the levels means something, `.text` where it does not.
  public init(
    name: String, codes: [Int32], levels: [String], type: ColumnType = .factor,
    metadata: ColumnMetadata = ColumnMetadata()
  ) {
    self.init(
      name: name, type: type.hasLevels ? type : .factor,
      storage: .codes(codes, levelCount: levels.count), levels: levels, metadata: metadata)
  }

  /// A column of days since 1970-01-01; `Int32.min`, and days outside the years 1 to 9999, are missing.
  public init(name: String, days: [Int32], metadata: ColumnMetadata = ColumnMetadata()) {
    let known = days.map { CalendarDate(days: $0) == nil ? ColumnStorage.missingInt32 : $0 }
    self.init(name: name, type: .date, storage: .int32(known), metadata: metadata)
  }
}
