// Which separator and decimal mark a file uses, found out from its beginning.

/// How one file is written.
struct CSVDialect: Sendable, Equatable {
  var delimiter: CSVDelimiter
  var decimalMark: DecimalMark
  /// Whether a decimal was seen that settles the mark; if not, a later cell may.
  var decimalMarkIsCertain: Bool
  /// Where the header line begins: after a byte-order mark and a spreadsheet's `sep=;` line.
  var headerStart: Int
  /// The line, from 1, of the header start.
  var headerLine: Int

  private static let sampledRows = 100
  private static let sampledBytes = 1 << 18

  /// Looks at the first rows only; the options decide what they declare.
  ///
  /// The separator is the one that splits the header and gives the most sampled rows the header's number of
  /// fields. Where no separator occurs in the header the file has a single column. The decimal mark is the
  /// comma if, in a file not separated by commas, sampled cells read `2,5` and none reads `2.5`.
  init(_ bytes: FileBytes, options: CSVOptions) {
    var start =
      bytes.count >= 3 && bytes.base[0] == 0xEF && bytes.base[1] == 0xBB && bytes.base[2] == 0xBF ? 3 : 0
    headerLine = 1
    var announced: CSVDelimiter?
    if let line = Self.separatorLine(bytes, at: start) {
      announced = line.delimiter
      start = line.next
      headerLine = 2
    }
    headerStart = start
    let sample = Sample(bytes: bytes, start: start)
    let delimiter = options.delimiter ?? announced ?? sample.delimiter()
    self.delimiter = delimiter
    if let declared = options.decimalMark {
      decimalMark = declared
      decimalMarkIsCertain = true
    } else if delimiter == .comma {
      decimalMark = .point
      decimalMarkIsCertain = true
    } else {
      let seen = sample.decimals(delimiter)
      decimalMark = seen.commas > 0 && seen.points == 0 ? .comma : .point
      decimalMarkIsCertain = seen.commas + seen.points > 0
    }
  }

  /// The line `sep=;` with which spreadsheets announce the separator.
  private static func separatorLine(_ bytes: FileBytes, at start: Int) -> (
    delimiter: CSVDelimiter, next: Int
  )? {
    guard start + 6 <= bytes.count else { return nil }
    let line = UnsafeBufferPointer(start: bytes.base + start, count: 6)
    guard line.prefix(4).elementsEqual("sep=".utf8), line[5] == 0x0A || line[5] == 0x0D,
      let delimiter = CSVDelimiter.allCases.first(where: { $0.byte == line[4] })
    else { return nil }
    return (
      delimiter,
      FieldScanner(base: bytes.base, count: bytes.count, delimiter: line[4]).afterLineEnd(start + 5)
    )
  }

  /// The first rows of a file.
  private struct Sample {
    let bytes: FileBytes
    let start: Int

    /// Calls `body` with each field of the sampled rows, the header first, as (row, field).
    func forEachField(_ delimiter: CSVDelimiter, _ body: (FieldScanner, Int, FieldScanner.Field) -> Void) {
      let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: delimiter.byte)
      var position = start
      var row = 0
      while position < bytes.count, row <= CSVDialect.sampledRows,
        row == 0 || position - start < CSVDialect.sampledBytes
      {
        if let next = scanner.afterBlankLine(position) {
          position = next
          continue
        }
        while true {
          let field = scanner.field(at: position)
          body(scanner, row, field)
          if field.next >= bytes.count { return }
          if scanner.isLineEnd(bytes.base[field.next]) {
            position = scanner.afterLineEnd(field.next)
            break
          }
          position = field.next + 1
        }
        row += 1
      }
    }

    func delimiter() -> CSVDelimiter {
      var best: (delimiter: CSVDelimiter, agreement: Double, fields: Int)?
      for candidate in CSVDelimiter.allCases {
        var counts: [Int] = []
        forEachField(candidate) { _, row, _ in
          if row == counts.count { counts.append(0) }
          counts[counts.count - 1] += 1
        }
        guard let header = counts.first, header > 1 else { continue }
        let rows = counts.dropFirst()
        let agreeing = rows.reduce(0) { $0 + ($1 == header ? 1 : 0) }
        let agreement = rows.isEmpty ? 1 : Double(agreeing) / Double(rows.count)
        if let best, (best.agreement, best.fields) >= (agreement, header) { continue }
        best = (candidate, agreement, header)
      }
      if let best { return best.delimiter }
      // A single column: its commas are no separators if they are decimal marks.
      return decimals(.semicolon).commas > 0 ? .semicolon : .comma
    }

    /// How many cells below the header are decimals with a comma, and with a point.
    func decimals(_ delimiter: CSVDelimiter) -> (commas: Int, points: Int) {
      var commas = 0
      var points = 0
      forEachField(delimiter) { scanner, row, field in
        guard row > 0, field.end > field.start else { return }
        let content = UnsafeBufferPointer(start: scanner.base + field.start, count: field.end - field.start)
        if NumberParser.isDecimal(content, mark: 0x2C) { commas += 1 }
        if NumberParser.isDecimal(content, mark: 0x2E) { points += 1 }
      }
      return (commas, points)
    }
  }
}
