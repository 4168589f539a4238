// What is to be made of each field of a row while it is parsed.

/// The same for all parts of a file, whichever thread parses them.
struct ReadPlan: Sendable {
  /// How the cells of a field are collected. `text` suits every column and decides its type afterwards;
  /// the others are short cuts that give up (`abandoned`) at the first cell that does not fit.
  enum Mode: UInt8, Sendable {
    case skip, integer, decimal, date, text, abandoned
  }

  struct Field: Sendable {
    var mode: Mode
    /// Cells that mean "missing", as bytes; the empty cell always does.
    var missingTexts: [[UInt8]] = []
    /// Those of them that are numbers: a number column compares values, so that -9 is also -9.0.
    var missingNumbers: [Double] = []
    /// Whether numbers are numbers however they are written: leading zeros and too many digits included.
    var acceptsAnyNumber = false
  }

  var fields: [Field]
  var delimiter: UInt8
  var decimalMark: UInt8

  /// The fields to read again as text, all others skipped.
  func rereading(_ indices: Set<Int>) -> ReadPlan {
    var plan = self
    for index in plan.fields.indices { plan.fields[index].mode = indices.contains(index) ? .text : .skip }
    return plan
  }
}

/// What one part of a file holds.
struct ChunkRows: Sendable {
  /// Where its first row was taken to begin, and where the first row of the next part begins.
  var start: Int
  var end: Int
  var rowCount = 0
  /// Lines beyond one per row, at the end of the part.
  var extraLines = 0
  /// From these rows on (counted within the part) so many extra lines have gone by.
  var shifts: [RowLines.Shift] = []
  var faults: [RowFault] = []
  var faultCount = 0
  /// By field; `nil` for fields that are skipped or were abandoned.
  var segments: [ColumnSegment?] = []
  /// A guessed start led too far away: to be parsed again from the right one.
  var isAbandoned = false

  static let keptFaults = 20
}

/// A row that breaks the grammar.
struct RowFault: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case fieldCount(Int)
    case unclosedQuote
    case textAfterQuote
  }

  var kind: Kind
  var row: Int
  var offset: Int
}

/// A column's values within one part of the file.
struct ColumnSegment: Sendable {
  var storage: ColumnStorage
  /// Whether all numbers are whole.
  var isWhole = true
  /// For text: what the codes stand for.
  var texts: SegmentTexts?
}

/// Distinct texts of a segment. The entries point into the file's bytes or into `copies`.
final class SegmentTexts: @unchecked Sendable {
  // Safe to share: nothing changes after initialisation.
  let entries: [TextDictionary.Entry]
  private let copies: [UnsafeMutablePointer<UInt8>]

  init(entries: [TextDictionary.Entry], copies: [UnsafeMutablePointer<UInt8>]) {
    self.entries = entries
    self.copies = copies
  }

  deinit { for copy in copies { copy.deallocate() } }
}
