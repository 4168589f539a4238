// Follow-up times and events taken from the columns of a table.

import DataTables
import Diagnostics
import Expressions
import NumericalMethods

/// What `Surv(…)` says about each row of a table.
public struct SurvivalColumns: Sendable {
  /// NaN where missing.
  public var time: [Double] {
    switch source {
    case .computed(let time, _): time
    case .narrow(let narrow, let expanded): expanded.time.value { narrow.time.numbers() }
    }
  }
  /// Begin of observation in the unit of `time`; NaN where missing, `nil` when everybody is observed from 0.
  public let entry: [Double]?
  /// 1 event, 0 censored, 255 missing.
  public var event: [UInt8] {
    switch source {
    case .computed(_, let event): event
    case .narrow(let narrow, let expanded):
      expanded.event.value { narrow.event.map { narrow.answers[Int($0)] } }
    }
  }
  /// The columns behind times and events, where they are used as they were read: without delayed entry, one or two
  /// bytes a time, one byte an event.
  public var narrow: Narrow? { if case .narrow(let narrow, _) = source { narrow } else { nil } }
  /// The column whose value decides the event, if it is one column against one value.
  public let eventColumn: String?
  /// Other values met in that column: they count as censored.
  public let censoredValues: [String]

  private let source: Source

  /// Whole numbers in bytes and what the bytes mean.
  public struct Narrow: Sendable {
    /// The column of follow-up times, as it was read.
    public let time: Column
    /// For each row a code, which `answers` tells the meaning of.
    public let event: [UInt8]
    /// For each of the 256 bytes 1, 0, or 255 for missing.
    public let answers: [UInt8]
  }

  private enum Source: Sendable {
    case computed([Double], [UInt8])
    case narrow(Narrow, Expanded)
  }

  /// The columns as doubles and flags, made for those who ask.
  private struct Expanded: Sendable {
    let time = OnceValue<[Double]>()
    let event = OnceValue<[UInt8]>()
  }

  init(
    time: [Double], entry: [Double]?, event: [UInt8], eventColumn: String?, censoredValues: [String]
  ) {
    source = .computed(time, event)
    self.entry = entry
    self.eventColumn = eventColumn
    self.censoredValues = censoredValues
  }

  init(_ narrow: Narrow, eventColumn: String?, censoredValues: [String]) {
    source = .narrow(narrow, Expanded())
    entry = nil
    self.eventColumn = eventColumn
    self.censoredValues = censoredValues
  }

  /// Rows without a time; empty where every row has one.
  public var isTimeMissing: [Bool] {
    if let narrow { return narrow.time.missingCount == 0 ? [] : narrow.time.missingMask() }
    return time.map(\.isNaN)
  }

  /// Rows for which the event is not known; empty where it is for every row.
  public var isEventMissing: [Bool] {
    if let narrow {
      let counts = ByteCounts.of(narrow.event)
      if !(0..<256).contains(where: { counts[$0] > 0 && narrow.answers[$0] > 1 }) { return [] }
    }
    return event.map { $0 > 1 }
  }

  /// The same rows with time counted from a later origin; who entered before it enters at it.
  public func counted(from origin: Double) -> SurvivalColumns {
    SurvivalColumns(
      time: time.map { $0 - origin },
      entry: entry.map { entry in entry.map { $0.isNaN ? $0 : Swift.max($0 - origin, 0) } }, event: event,
      eventColumn: eventColumn, censoredValues: censoredValues)
  }

  /// The rows named, in the order named.
  public func gathered(_ rows: [Int32]) -> SurvivalColumns {
    func part<Value>(_ values: [Value]) -> [Value] {
      rows.compactMap { values.indices.contains(Int($0)) ? values[Int($0)] : nil }
    }
    return SurvivalColumns(
      time: part(time), entry: entry.map(part), event: part(event), eventColumn: eventColumn,
      censoredValues: censoredValues)
  }

  /// Whether a row has all it needs.
  public func isComplete(_ row: Int) -> Bool {
    row >= 0 && row < time.count && row < event.count && !time[row].isNaN && event[row] <= 1
      && !(entry.map { row < $0.count ? $0[row].isNaN : true } ?? false)
  }
}

extension SurvivalSyntax {
  /// Times and events of every row.
  ///
  /// The event must be a condition (`died == 1`) or a column that holds nothing but 0 and 1, or true and
  /// false.
  ///
  /// - Throws: unknown columns, types that do not suit, and `event-coding` for an event coded otherwise.
  public func evaluate(in table: DataTable, threads: Int = 1) throws(DiagnosticList) -> SurvivalColumns {
    if let narrow = narrow(in: table) {
      let (column, values) = censored(in: table)
      return SurvivalColumns(narrow, eventColumn: column, censoredValues: values)
    }
    var diagnostics: [Diagnostic] = []
    func attempt<Value>(_ body: () throws(DiagnosticList) -> Value) -> Value? {
      do throws(DiagnosticList) {
        return try body()
      } catch {
        diagnostics += error.diagnostics
        return nil
      }
    }
    let times = attempt { () throws(DiagnosticList) in try time.numbers(in: table, threads: threads) }
    let entries = entry.map { entry in
      attempt { () throws(DiagnosticList) in try entry.numbers(in: table, threads: threads) }
    }
    let events: [UInt8]?
    if let event {
      events = attempt { () throws(DiagnosticList) in try Self.events(event, in: table, threads: threads) }
    } else {
      events = Array(repeating: 1, count: table.rowCount)
    }
    guard diagnostics.isEmpty, let times, let events else { throw DiagnosticList(diagnostics) }
    let (column, values) = censored(in: table)
    return SurvivalColumns(
      time: times, entry: entries ?? nil, event: events, eventColumn: column, censoredValues: values)
  }

  private static func events(
    _ event: Expression, in table: DataTable, threads: Int
  ) throws(DiagnosticList) -> [UInt8] {
    switch try event.type(in: table) {
    case .flag: return try event.flags(in: table, threads: threads)
    case .number:
      let values = try event.numbers(in: table, threads: threads)
      if values.allSatisfy({ $0 == 0 || $0 == 1 || $0.isNaN }) {
        return values.map { $0.isNaN ? 255 : UInt8($0) }
      }
      let distinct = Set(values.lazy.filter { !$0.isNaN }.prefix(100_000)).sorted()
      let text = event.source.slice(event.root.range).string
      // Which of two codes is the event is for the author to say: 1 and 2 are in use both ways round.
      let choices = distinct.prefix(2).map { "\(text) == \(ShortestNumber.text($0))" }
      throw DiagnosticList([
        Diagnostic(
          .error, .eventCoding,
          "'\(text)' holds other values than 0 and 1: which of them is the event is not said",
          at: event.source.range(event.root.range),
          remedy: distinct.count == 2
            ? "write \(choices.joined(separator: " or ")), whichever is the event"
            : "write \(text) == … with the code of the event",
          values: distinct.prefix(10).map(ShortestNumber.text))
      ])
    case .text, .date:
      let text = event.source.slice(event.root.range).string
      throw DiagnosticList([
        Diagnostic(
          .error, .eventCoding, "'\(text)' does not say which of its values is the event",
          at: event.source.range(event.root.range), remedy: "write \(text) == \"…\"")
      ])
    }
  }

  /// The columns themselves, where nothing has to be computed and everything is known to be in order.
  private func narrow(in table: DataTable) -> SurvivalColumns.Narrow? {
    guard entry == nil, let event, let column = time.plainColumn(in: table), column.type == .integer else {
      return nil
    }
    if case .double = column.storage { return nil }
    if let flags = event.byteFlags(in: table) {
      return SurvivalColumns.Narrow(time: column, event: flags.bytes, answers: flags.answers)
    }
    guard let codes = event.plainColumn(in: table), codes.type == .integer,
      case .uint8(let bytes) = codes.storage
    else { return nil }
    let counts = ByteCounts.of(bytes)
    guard !(2..<255).contains(where: { counts[$0] > 0 }) else { return nil }
    return SurvivalColumns.Narrow(
      time: column, event: bytes, answers: [0, 1] + Array(repeating: ColumnStorage.missingUInt8, count: 254))
  }

  /// The distinct values of a column, ascending, levels in their order.
  private static func values(of column: Column) -> [String] {
    let levels: ColumnLevels
    if case .uint8(let bytes) = column.storage {
      // The rows of a column of bytes come down to a few: one for each value that occurs.
      let counts = ByteCounts.of(bytes)
      let few = (0..<255).filter { counts[$0] > 0 }
      let distinct = column.distinct(bytes: few.map { UInt8($0) })
      levels = ColumnLevels(distinct, rows: few.indices.map { Int32($0) })
    } else {
      levels = ColumnLevels(column, rows: (0..<column.count).map { Int32(truncatingIfNeeded: $0) })
    }
    var isPresent = Array(repeating: false, count: levels.count)
    for code in levels.codes where code >= 0 && Int(code) < isPresent.count { isPresent[Int(code)] = true }
    return isPresent.indices.filter { isPresent[$0] }.map(levels.text)
  }

  /// The column and its other values, when the event is `column == value`.
  private func censored(in table: DataTable) -> (String?, [String]) {
    guard case .comparison(.equal, let left, let right)? = event?.root.kind else { return (nil, []) }
    func name(_ node: Expression.Node) -> String? {
      if case .reference(let reference) = node.kind, reference.steps.isEmpty { return reference.name }
      return nil
    }
    func constant(_ node: Expression.Node) -> String? {
      switch node.kind {
      case .number(let value): ShortestNumber.text(value)
      case .text(let text): text
      case .flag(let flag): flag ? "true" : "false"
      default: nil
      }
    }
    guard let column = (name(left) ?? name(right)).flatMap({ table[$0] }),
      let value = constant(left) ?? constant(right)
    else { return (nil, []) }
    let meant = column.type.hasLevels ? column.metadata.label(ofCode: value) ?? value : value
    let others = Self.values(of: column).filter { $0 != meant }
    return (column.name, Array(others.prefix(20)))
  }
}
