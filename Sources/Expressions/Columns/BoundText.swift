// Words for each row, as codes into levels that are known before any row is read.

import DataTables

/// A computation that yields a level's code for each row; -1 is missing.
struct BoundText: Sendable {
  let node: Node
  let levels: [String]
  /// Whether the order of the levels was chosen (dictionary, `cut`) and may be compared.
  let isOrdered: Bool
  /// The column this is, if it is a column and nothing else.
  var column: String?

  indirect enum Node: Sendable {
    case constant(Int32)
    case column(ColumnStorage)
    /// New codes for old ones; -1 for missing.
    case remapped(Node, [Int32])
    case choice(BoundFlag, Node, Node)
    case coalesce(Node, Node)
    /// The interval a number lies in.
    case cut(BoundNumber, Intervals)
    /// The position of a number in a sorted list.
    case position(BoundNumber, [Double])
    case flag(BoundFlag)
    case day(BoundDate, [Int32])
  }

  init(_ node: Node, levels: [String], isOrdered: Bool = false, column: String? = nil) {
    self.node = node
    self.levels = levels
    self.isOrdered = isOrdered
    self.column = column
  }

  static func constant(_ text: String) -> BoundText { BoundText(.constant(0), levels: [text]) }
  static let missing = BoundText(.constant(-1), levels: [])

  /// The text, if it is the same for every row.
  var constant: String? {
    guard case .constant(let code) = node, code >= 0, Int(code) < levels.count else { return nil }
    return levels[Int(code)]
  }

  func codes(_ rows: Range<Int>) -> [Int32] { node.codes(rows) }

  /// Other levels for the same rows: `change` gives each level's new text, `nil` for missing.
  func mapping(_ change: (String) -> String?) -> BoundText {
    var levels: [String] = []
    var codes: [String: Int32] = [:]
    let table = self.levels.map { level -> Int32 in
      guard let text = change(level) else { return -1 }
      if let code = codes[text] { return code }
      let code = Int32(truncatingIfNeeded: levels.count)
      codes[text] = code
      levels.append(text)
      return code
    }
    return BoundText(.remapped(node, table), levels: levels, isOrdered: isOrdered)
  }

  /// Two texts over one set of levels: the first's, then what the second adds.
  static func united(_ first: BoundText, _ second: BoundText) -> (first: Node, second: Node, levels: [String])
  {
    if first.levels == second.levels { return (first.node, second.node, first.levels) }
    var levels = first.levels
    var codes: [String: Int32] = [:]
    for (code, level) in levels.enumerated() { codes[level] = Int32(truncatingIfNeeded: code) }
    let table = second.levels.map { level -> Int32 in
      if let code = codes[level] { return code }
      let code = Int32(truncatingIfNeeded: levels.count)
      codes[level] = code
      levels.append(level)
      return code
    }
    return (first.node, .remapped(second.node, table), levels)
  }
}

extension BoundText.Node {
  func codes(_ rows: Range<Int>) -> [Int32] {
    switch self {
    case .constant(let code): return Array(repeating: code, count: rows.count)
    case .column(let storage): return storage.integers(rows, missing: -1)
    case .remapped(let inner, let table):
      return table.withUnsafeBufferPointer { table in
        Rows.map(inner.codes(rows)) { $0 >= 0 && Int($0) < table.count ? table[Int($0)] : -1 }
      }
    case .choice(let condition, let yes, let no):
      return Rows.choose(condition.values(rows), yes.codes(rows), no.codes(rows), missing: -1)
    case .coalesce(let first, let second):
      return Rows.map(first.codes(rows), second.codes(rows)) { $0 < 0 ? $1 : $0 }
    case .cut(let number, let intervals): return Rows.map(number.values(rows)) { intervals.index(of: $0) }
    case .position(let number, let sorted):
      return Rows.map(number.values(rows)) { value in
        let position = Intervals.firstIndex(notBelow: value, in: sorted)
        return !value.isNaN && position < sorted.count && sorted[position] == value
          ? Int32(truncatingIfNeeded: position) : -1
      }
    case .flag(let flag): return Rows.map(flag.values(rows)) { $0 > 1 ? -1 : Int32($0) }
    case .day(let date, let sorted):
      return Rows.map(date.values(rows)) { day in
        let position = Intervals.firstIndex(notBelow: day, in: sorted)
        return day != BoundDate.missing && position < sorted.count && sorted[position] == day
          ? Int32(truncatingIfNeeded: position) : -1
      }
    }
  }
}
