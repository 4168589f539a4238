// Parsing a part of a file: cells that need the full grammar.

extension ChunkWorker {
  /// Quotes, blanks, missing codes, exponents, many digits: whatever the fast paths do not settle.
  @inline(never)
  func slowCell(_ state: UnsafeMutablePointer<FieldState>, _ field: Int, _ row: Int, _ start: Int) -> Int {
    let found = fullField(row, start)
    let length = max(0, found.end - found.start)
    let content = UnsafeBufferPointer(start: scanner.base + found.start, count: length)
    if state.pointee.mode == .text {
      state.pointee.integers[row] = length == 0 ? -1 : code(state, found, content)
      return found.next
    }
    let trimmed = found.isQuoted ? trimming(content) : content
    if trimmed.isEmpty || plan.fields[field].missingTexts.contains(where: { $0.elementsEqual(trimmed) }) {
      setMissing(state, row)
    } else if state.pointee.mode == .date {
      if let days = CalendarDate.days(iso: trimmed) {
        state.pointee.integers[row] = days
      } else {
        state.pointee.mode = .abandoned
      }
    } else if let number = NumberParser.parse(trimmed, mark: plan.decimalMark),
      plan.fields[field].acceptsAnyNumber || !(number.hasLeadingZero || number.isTooLongToCount)
    {
      store(number.value, state, row)
    } else {
      state.pointee.mode = .abandoned
    }
    return found.next
  }

  @inline(never)
  func slowSkip(_ row: Int, _ start: Int) -> Int { fullField(row, start).next }

  private func fullField(_ row: Int, _ start: Int) -> FieldScanner.Field {
    let found = scanner.field(at: start)
    lineBreaks += found.lineBreaks
    switch found.fault {
    case .unclosedQuote: report(.unclosedQuote, row: row, offset: found.start - 1)
    case .textAfterQuote: report(.textAfterQuote, row: row, offset: found.end + 1)
    case nil: break
    }
    return found
  }

  private func trimming(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var lower = 0
    var upper = bytes.count
    while lower < upper, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
    while upper > lower, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[lower..<upper])
  }

  private func code(
    _ state: UnsafeMutablePointer<FieldState>, _ found: FieldScanner.Field,
    _ content: UnsafeBufferPointer<UInt8>
  ) -> Int32 {
    guard found.hasDoubledQuotes else {
      let start = scanner.base + found.start
      return state.pointee.dictionary.code(
        key: TextDictionary.key(start, content.count), start: start, length: content.count)
    }
    let bytes = scanner.content(found)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 8)
    for (index, byte) in bytes.enumerated() { copy[index] = byte }
    (copy + bytes.count).update(repeating: 0, count: 8)
    let known = state.pointee.dictionary.count
    let code = state.pointee.dictionary.code(
      key: TextDictionary.key(copy, bytes.count), start: UnsafePointer(copy), length: bytes.count)
    if state.pointee.dictionary.count > known { state.pointee.copies.append(copy) } else { copy.deallocate() }
    return code
  }

  private func store(_ value: Double, _ state: UnsafeMutablePointer<FieldState>, _ row: Int) {
    if state.pointee.mode == .integer {
      if let integer = Int32(exactly: value), integer != ColumnStorage.missingInt32 {
        state.pointee.integers[row] = integer
        return
      }
      becomeDecimal(state, rows: row)
    }
    state.pointee.doubles[row] = value
  }

  @inline(never)
  func becomeDecimal(_ state: UnsafeMutablePointer<FieldState>, rows: Int) {
    let integers = state.pointee.integers
    let doubles = state.pointee.doubles
    for row in 0..<rows {
      doubles[row] = integers[row] == ColumnStorage.missingInt32 ? .nan : Double(integers[row])
    }
    state.pointee.mode = .decimal
  }
}

extension ParsedNumber {
  /// A whole number from 2^53 on, which two different texts may share.
  var isTooLongToCount: Bool { isPlainInteger && abs(value) >= 9_007_199_254_740_992 }
}
