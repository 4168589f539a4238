// Parsing a part of a file: the loop over rows and fields.

extension ChunkWorker {
  func parseRows(from start: Int, stop: Int, limit: Int) -> ChunkRows {
    let scanner = scanner
    let base = scanner.base
    let states = states
    let delimiter = scanner.delimiter
    let fieldCount = plan.fields.count
    // A mark that also separates fields can stand in quotes only, where the full grammar finds it.
    let mark = plan.decimalMark == delimiter ? 0xFF : plan.decimalMark
    let spread = UInt64(delimiter) &* 0x0101_0101_0101_0101
    let end = min(stop, scanner.count)
    var rows = ChunkRows(start: start, end: start)
    var position = start
    var row = 0
    var extra = 0
    var recorded = 0
    while position < end {
      if base[position] <= 0x20, let next = scanner.afterBlankLine(position) {
        position = next
        extra += 1
        continue
      }
      if row == capacity { grow(used: row) }
      if extra != recorded {
        rows.shifts.append(RowLines.Shift(row: row, offset: extra))
        recorded = extra
      }
      let rowStart = position
      var field = 0
      while true {
        let state = states + field
        switch state.pointee.mode {
        case .integer, .decimal:
          position = number(state, field, row, position, mark: mark, delimiter: delimiter)
        case .text: position = text(state, field, row, position, spread: spread)
        case .date: position = date(state, field, row, position)
        case .skip, .abandoned: position = skip(row, position, spread: spread)
        }
        let byte = base[position]
        if byte == delimiter, field + 1 < fieldCount {
          field += 1
          position += 1
          continue
        }
        if byte == delimiter { position = surplusFields(row, rowStart, position, fieldCount: fieldCount) }
        break
      }
      if field + 1 < fieldCount, position < scanner.count {
        report(.fieldCount(field + 1), row: row, offset: rowStart)
      }
      while field + 1 < fieldCount {
        field += 1
        setMissing(states + field, row)
      }
      if lineBreaks > 0 {
        extra += lineBreaks
        lineBreaks = 0
        if position > limit {
          rows.isAbandoned = true
          break
        }
      }
      row += 1
      position = position < scanner.count ? scanner.afterLineEnd(position) : scanner.count
    }
    rows.end = max(position, start)
    rows.rowCount = row
    rows.extraLines = extra
    return rows
  }

  /// Walks over fields beyond the header's and reports how many there are; returns where the row ends.
  @inline(never)
  private func surplusFields(_ row: Int, _ rowStart: Int, _ position: Int, fieldCount: Int) -> Int {
    var position = position
    var count = fieldCount
    while position < scanner.count, scanner.base[position] == scanner.delimiter {
      let field = scanner.field(at: position + 1)
      lineBreaks += field.lineBreaks
      if field.fault == .unclosedQuote { report(.unclosedQuote, row: row, offset: field.start - 1) }
      position = field.next
      count += 1
    }
    report(.fieldCount(count), row: row, offset: rowStart)
    return position
  }

  @inline(__always)
  func setMissing(_ state: UnsafeMutablePointer<FieldState>, _ row: Int) {
    switch state.pointee.mode {
    case .integer, .date: state.pointee.integers[row] = ColumnStorage.missingInt32
    case .text: state.pointee.integers[row] = -1
    case .decimal: state.pointee.doubles[row] = .nan
    case .skip, .abandoned: break
    }
  }

  // MARK: Cells

  /// A number: digits, perhaps a mark and more digits. Anything else is left to the full grammar.
  @inline(__always)
  private func number(
    _ state: UnsafeMutablePointer<FieldState>, _ field: Int, _ row: Int, _ start: Int, mark: UInt8,
    delimiter: UInt8
  ) -> Int {
    let base = scanner.base
    var position = start
    var byte = base[position]
    let isNegative = byte == 0x2D
    if isNegative {
      position += 1
      byte = base[position]
    }
    let firstDigit = position
    var mantissa: UInt64 = 0
    while byte &- 0x30 <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
      position += 1
      byte = base[position]
    }
    let wholeDigits = position - firstDigit
    if byte == delimiter || byte == 0x0A || byte == 0x0D {
      if wholeDigits == 0, !isNegative {
        setMissing(state, row)
        return position
      }
      if wholeDigits == 0 || wholeDigits > 15 || (wholeDigits > 1 && base[firstDigit] == 0x30) {
        return slowCell(state, field, row, start)
      }
      if state.pointee.mode == .integer, mantissa <= 0x7FFF_FFFF {
        let value = Int32(truncatingIfNeeded: mantissa)
        state.pointee.integers[row] = isNegative ? 0 &- value : value
      } else {
        if state.pointee.mode == .integer { becomeDecimal(state, rows: row) }
        let value = Double(mantissa)
        state.pointee.doubles[row] = isNegative ? 0 - value : value
      }
      return position
    }
    guard byte == mark else { return slowCell(state, field, row, start) }
    position += 1
    let firstDecimal = position
    byte = base[position]
    while byte &- 0x30 <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
      position += 1
      byte = base[position]
    }
    let decimals = position - firstDecimal
    guard byte == delimiter || byte == 0x0A || byte == 0x0D, wholeDigits + decimals > 0,
      wholeDigits + decimals <= 19,
      let magnitude = NumberParser.nearest(mantissa, -decimals)
    else { return slowCell(state, field, row, start) }
    if state.pointee.mode == .integer { becomeDecimal(state, rows: row) }
    state.pointee.doubles[row] = isNegative ? 0 - magnitude : magnitude
    return position
  }

  @inline(__always)
  private func date(
    _ state: UnsafeMutablePointer<FieldState>, _ field: Int, _ row: Int, _ start: Int
  ) -> Int {
    let base = scanner.base
    if scanner.endsField(base[start]) {
      state.pointee.integers[row] = ColumnStorage.missingInt32
      return start
    }
    // A date holds no line end, so that a day read here lies within the bytes.
    if case .day(let days) = CalendarDate.read(base + start, count: 10), scanner.endsField(base[start + 10]) {
      state.pointee.integers[row] = days
      return start + 10
    }
    return slowCell(state, field, row, start)
  }

  @inline(__always)
  private func text(
    _ state: UnsafeMutablePointer<FieldState>, _ field: Int, _ row: Int, _ start: Int, spread: UInt64
  ) -> Int {
    let base = scanner.base
    let end = fieldEnd(start, spread)
    if end == start {
      state.pointee.integers[row] = -1
      return end
    }
    // Blanks around the text and quotes are the full grammar's; 0x22 is the quote, the blanks lie below it.
    if base[start] <= 0x22 {
      guard base[start] == 0x22, let close = simpleQuote(start) else {
        return slowCell(state, field, row, start)
      }
      let length = close - start - 1
      let content = base + start + 1
      state.pointee.integers[row] =
        length == 0
        ? -1
        : state.pointee.dictionary.code(
          key: TextDictionary.key(content, length), start: content, length: length)
      return close + 1
    }
    if base[end - 1] <= 0x20 { return slowCell(state, field, row, start) }
    let length = end - start
    state.pointee.integers[row] = state.pointee.dictionary.code(
      key: TextDictionary.key(base + start, length), start: base + start, length: length)
    return end
  }

  @inline(__always)
  private func skip(_ row: Int, _ start: Int, spread: UInt64) -> Int {
    if scanner.base[start] <= 0x22, !scanner.endsField(scanner.base[start]) {
      if scanner.base[start] == 0x22, let close = simpleQuote(start) { return close + 1 }
      return slowSkip(row, start)
    }
    return fieldEnd(start, spread)
  }

  /// The first delimiter or line end from a position on, found eight bytes at a time.
  @inline(__always)
  private func fieldEnd(_ start: Int, _ spread: UInt64) -> Int {
    let raw = UnsafeRawPointer(scanner.base)
    var position = start
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let hits =
        Self.zeroBytes(word ^ spread) | Self.zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | Self.zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if hits != 0 { return position + hits.trailingZeroBitCount >> 3 }
      position += 8
    }
  }

  /// The closing quote of a field that opens here, if the field has no other quote and no line end.
  @inline(__always)
  private func simpleQuote(_ open: Int) -> Int? {
    let raw = UnsafeRawPointer(scanner.base)
    var position = open + 1
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let hits =
        Self.zeroBytes(word ^ 0x2222_2222_2222_2222) | Self.zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | Self.zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if hits != 0 {
        let found = position + hits.trailingZeroBitCount >> 3
        return scanner.base[found] == 0x22 && scanner.endsField(scanner.base[found + 1]) ? found : nil
      }
      position += 8
    }
  }

  /// The high bit of each byte that is zero; bits above the lowest may be wrong, the lowest never is.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
