// The one table of rules by which a column's type follows from its cells.

/// What one cell can be taken for.
enum CellReading: Sendable, Equatable {
  case missing
  case number(ParsedNumber)
  case day(Int32)
  /// Written as a date, but the calendar has no such day.
  case impossibleDay
  case flag(Bool)
  case word

  /// Reads a cell; blanks around its content count for nothing here.
  static func read(
    _ content: UnsafeBufferPointer<UInt8>, mark: UInt8, missing: [[UInt8]], missingNumbers: [Double]
  ) -> CellReading {
    var lower = 0
    var upper = content.count
    while lower < upper, content[lower] == 0x20 || content[lower] == 0x09 { lower += 1 }
    while upper > lower, content[upper - 1] == 0x20 || content[upper - 1] == 0x09 { upper -= 1 }
    let bytes = UnsafeBufferPointer(rebasing: content[lower..<upper])
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return .missing }
    if missing.contains(where: { $0.elementsEqual(bytes) }) { return .missing }
    switch CalendarDate.read(base, count: bytes.count) {
    case .day(let days): return .day(days)
    case .impossible: return .impossibleDay
    case .notADate: break
    }
    if let number = NumberParser.parse(bytes, mark: mark) {
      // An identifier 09 is not the missing code 9.
      return !number.hasLeadingZero && missingNumbers.contains(number.value) ? .missing : .number(number)
    }
    for (word, value) in flagWords where word.utf8.elementsEqual(bytes) { return .flag(value) }
    return .word
  }

  private static let flagWords: [(StaticText, Bool)] = [
    ("true", true), ("false", false), ("TRUE", true), ("FALSE", false), ("True", true), ("False", false),
  ].map { (StaticText($0), $1) }

  private struct StaticText: Sendable {
    let utf8: [UInt8]
    init(_ text: String) { utf8 = Array(text.utf8) }
  }
}

/// How many cells of a column are what.
struct CellTally: Sendable, Equatable {
  var numbers = 0
  var days = 0
  var impossibleDays = 0
  var flags = 0
  var words = 0
  /// Among the numbers: plain digits, those of them that begin with a superfluous zero, and those from 2^53 on.
  var plainIntegers = 0
  var leadingZeros = 0
  var longIntegers = 0
  var fewestDigits = Int.max
  var mostDigits = 0

  var values: Int { numbers + days + impossibleDays + flags + words }

  mutating func add(_ reading: CellReading, count: Int) {
    switch reading {
    case .missing: break
    case .day: days += count
    case .impossibleDay: impossibleDays += count
    case .flag: flags += count
    case .word: words += count
    case .number(let number):
      numbers += count
      guard number.isPlainInteger, count > 0 else { return }
      plainIntegers += count
      fewestDigits = min(fewestDigits, number.digits)
      mostDigits = max(mostDigits, number.digits)
      if number.hasLeadingZero { leadingZeros += count }
      if number.isTooLongToCount { longIntegers += count }
    }
  }
}

/// The published rules of type inference.
public enum TypeRules {
  enum Inferred: Sendable, Equatable {
    case number, flag, date, text
  }

  /// Below so many numbers (or days), words among them make a column of words.
  static let fewestForFault = 5

  /// The type of a column; cells that do not fit it are errors.
  static func infer(_ tally: CellTally) -> Inferred {
    let values = tally.values
    if values == 0 { return .number }
    let areIdentifiers =
      tally.plainIntegers == tally.numbers
      && (tally.longIntegers > 0 || (tally.leadingZeros > 0 && tally.fewestDigits == tally.mostDigits))
    if tally.numbers == values { return areIdentifiers ? .text : .number }
    if tally.flags == values { return .flag }
    if tally.days + tally.impossibleDays == values { return .date }
    func nearlyAll(_ count: Int) -> Bool { count >= fewestForFault && count * 10 >= values * 9 }
    if nearlyAll(tally.numbers), !areIdentifiers { return .number }
    if nearlyAll(tally.days) { return .date }
    return .text
  }

  /// What is odd about some cells of a column of words: the others, three in four or more, are numbers, or dates.
  static func oddCells(_ tally: CellTally) -> CSVFaults.Misfit? {
    func most(_ count: Int) -> Bool { count >= 2 && count * 4 >= tally.values * 3 && count < tally.values }
    // Codes such as 007 are words, whatever stands beside them.
    if most(tally.numbers), tally.leadingZeros == 0, tally.longIntegers == 0 { return .number }
    return most(tally.days) ? .date(.yearMonthDay) : nil
  }

  /// The rules as the manual prints them.
  public static let markdown = """
    | The cells that are not missing | Type |
    |:--|:--|
    | none | number |
    | all numbers, as in `7`, `-0.5`, `.5`, `1e-3` | integer if all are whole, else number |
    | all whole numbers of one width, some with leading zeros (`007`), or some beyond 2^53 | text: they are identifiers |
    | all `true` or `false` (also `TRUE`, `True`) | flag |
    | all written `YYYY-MM-DD` | date; a day that the calendar does not have is an error |
    | at least 90 % numbers, and at least 5 | number; each of the others is an error |
    | at least 90 % dates, and at least 5 | date; each of the others is an error |
    | at least 75 % numbers, or dates | text, its levels in code-point order; a warning (`mixed-column`) names the other cells |
    | anything else | text, its levels in code-point order |

    Empty cells, `NA` and the declared missing codes are missing. Blanks around a cell count for nothing, nor does
    quoting. `0` and `1` are numbers. `NaN`, `Inf`, `0x1A`, `1,234`, `5 %`, `<0.1` and numbers beyond the range of a
    double are words. The decimal mark is the point, or the comma in a file that is not separated by commas.
    A type declared for a column (`types:`), the way its days are written (`dates:`), and levels listed for it in the
    dictionary stand above these rules: then every cell that does not fit is an error.
    """
}
