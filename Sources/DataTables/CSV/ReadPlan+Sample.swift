// Guessing from a few rows how each field had best be collected.

extension ReadPlan {
  private static let sampledRows = 100

  /// A wrong guess costs time, never a different result.
  init(bytes: FileBytes, header: CSVHeader, wanted: [Bool], dialect: CSVDialect, options: CSVOptions) {
    delimiter = dialect.delimiter.byte
    decimalMark = dialect.decimalMark.byte
    fields = []
    let guesses = Self.guesses(bytes, header: header, dialect: dialect, options: options)
    for (index, name) in header.names.enumerated() {
      guard wanted[index] else {
        fields.append(Field(mode: .skip))
        continue
      }
      let metadata = options.dictionary[name]
      // What the dictionary lists as a level is one, even `NA`.
      let missing = (options.missingCodes + (metadata?.missingCodes ?? [])).filter {
        !(metadata?.spellings?.joined().contains($0) ?? false)
      }
      var field = Field(mode: .text, missingTexts: missing.filter { !$0.isEmpty }.map { Array($0.utf8) })
      let mark = decimalMark
      field.missingNumbers = field.missingTexts.compactMap { text in
        text.withUnsafeBufferPointer {
          NumberParser.parse($0, mark: mark) ?? NumberParser.parse($0, mark: 0x2E)
        }?
        .value
      }
      field.acceptsAnyNumber = options.types[name] == .number
      if metadata?.levels == nil, options.dates[name] == nil {
        switch options.types[name] {
        case .number: field.mode = .integer
        case .date: field.mode = .date
        case .text, .factor, .flag: break
        case nil: field.mode = guesses[index]
        }
      }
      fields.append(field)
    }
  }

  private static func guesses(
    _ bytes: FileBytes, header: CSVHeader, dialect: CSVDialect, options: CSVOptions
  ) -> [Mode] {
    var tallies = Array(repeating: CellTally(), count: header.names.count)
    let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: dialect.delimiter.byte)
    let missing = options.missingCodes.map { Array($0.utf8) }
    var position = header.dataStart
    var row = 0
    while position < bytes.count, row < sampledRows {
      if let next = scanner.afterBlankLine(position) {
        position = next
        continue
      }
      var index = 0
      while true {
        let field = scanner.field(at: position)
        if index < tallies.count {
          let content = UnsafeBufferPointer(
            start: bytes.base + field.start, count: max(0, field.end - field.start))
          let reading = CellReading.read(
            content, mark: dialect.decimalMark.byte, missing: missing, missingNumbers: [])
          tallies[index].add(reading, count: 1)
        }
        index += 1
        if field.next >= bytes.count { return modes(tallies) }
        position = field.next + 1
        if scanner.isLineEnd(bytes.base[field.next]) {
          position = scanner.afterLineEnd(field.next)
          break
        }
      }
      row += 1
    }
    return modes(tallies)
  }

  private static func modes(_ tallies: [CellTally]) -> [Mode] {
    tallies.map { tally in
      if tally.values == 0 { return .text }
      if tally.numbers == tally.values, tally.leadingZeros == 0, tally.longIntegers == 0 { return .integer }
      return tally.days == tally.values ? .date : .text
    }
  }
}
