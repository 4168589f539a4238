// Follow-up times and events taken from the columns of a table.

import DataTables
import Diagnostics
import Expressions

/// What `Surv(…)` says about each row of a table.
public struct SurvivalColumns: Sendable {
  /// NaN where missing.
  public let time: [Double]
  public let entry: [Double]?
  /// 1 event, 0 censored, 255 missing.
  public let event: [UInt8]
  /// The column whose value decides the event, if it is one column against one value.
  public let eventColumn: String?
  /// Other values met in that column: they count as censored.
  public let censoredValues: [String]

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
    let levels = ColumnLevels(column, rows: (0..<column.count).map { Int32(truncatingIfNeeded: $0) })
    var isPresent = Array(repeating: false, count: levels.count)
    for code in levels.codes where code >= 0 && Int(code) < isPresent.count { isPresent[Int(code)] = true }
    let others = isPresent.indices.lazy.filter { isPresent[$0] }.map(levels.text).filter { $0 != value }
    return (column.name, Array(others.prefix(20)))
  }
}
