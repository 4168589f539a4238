// `split:`: the follow-up of each row cut at times, so that effects may change from one interval to the next.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// What to cut, where, and what the intervals are called.
struct FollowUpSplit: Sendable {
  /// The name of the outcome that is split.
  let outcome: SourceText
  let place: Place
  /// The column that says which interval a row is of.
  let interval: SourceText
  /// Names of the intervals; made from the times when `nil`.
  let labels: [String]?
  let range: SourceRange

  enum Place: Sendable {
    /// The same times for everybody, ascending.
    case times([Double])
    /// A time for each row; rows where it is missing are of the first interval throughout.
    case own(Expression)
  }

  /// The columns that hold the parts of the outcome.
  var start: String { outcome.string + "_start" }
  var stop: String { outcome.string + "_stop" }
  var event: String { outcome.string + "_event" }
  var madeColumns: [String] { [start, stop, event, interval.string] }

  /// What must be in the table before the rows are split, besides the outcome itself.
  var columnUses: [Expression.NameUse] { if case .own(let time) = place { time.columnUses } else { [] } }

  /// The names of the intervals, in the order of time.
  var levels: [String] {
    if let labels { return labels }
    guard case .times(let times) = place, let first = times.first, let last = times.last else {
      return ["before", "after"]
    }
    let texts = times.map(ShortestNumber.text)
    return ["up to \(ShortestNumber.text(first))"] + zip(texts, texts.dropFirst()).map { "\($0) to \($1)" }
      + ["over \(ShortestNumber.text(last))"]
  }

  /// The rows in parts: each with its (start, stop], the event with the last part, and the interval it lies in.
  ///
  /// A time at which somebody is cut belongs to the interval before it, as in (start, stop]. Rows without a time, an entry or
  /// an event stay as they are, without an interval.
  ///
  /// - Parameter columns: follow-up of the table's rows.
  /// - Returns: the table with the new columns, and the outcome in their terms.
  func applied(
    to table: DataTable, _ columns: SurvivalColumns, timeColumn: Column?, threads: Int
  ) throws -> (table: DataTable, outcome: SurvivalSyntax) {
    let own: [Double]? =
      if case .own(let time) = place { try time.numbers(in: table, threads: threads) } else { nil }
    let common: [Double] = if case .times(let times) = place { times } else { [] }
    let (time, entry, events) = (columns.time, columns.entry, columns.event)
    var rows: [Int32] = []
    var starts: [Double] = []
    var stops: [Double] = []
    var flags: [UInt8] = []
    var intervals: [Int32] = []
    for row in 0..<table.rowCount {
      let begin = entry.map { $0[row] } ?? 0
      func add(_ start: Double, _ stop: Double, _ event: UInt8, _ interval: Int) {
        rows.append(Int32(clamping: row))
        starts.append(start)
        stops.append(stop)
        flags.append(event)
        intervals.append(Int32(clamping: interval))
      }
      guard !time[row].isNaN, !begin.isNaN, events[row] <= 1 else {
        add(begin, time[row], events[row], -1)
        continue
      }
      let cuts = own.map { $0[row].isNaN ? [] : [$0[row]] } ?? common
      let passed = cuts.prefix { $0 <= begin }.count
      var position = begin
      var interval = passed
      for cut in cuts[passed...] where cut < time[row] {
        add(position, cut, 0, interval)
        position = cut
        interval += 1
      }
      add(position, time[row], events[row], interval)
    }
    var metadata = ColumnMetadata(label: timeColumn?.label, unit: timeColumn?.metadata.unit)
    metadata.digits = timeColumn?.metadata.digits
    var split = table.filtered(keeping: rows)
    split = try split.adding(
      Column(name: start, numbers: starts, metadata: ColumnMetadata(unit: metadata.unit)))
    split = try split.adding(Column(name: stop, numbers: stops, metadata: metadata))
    split = try split.adding(Column(name: event, flagBytes: flags))
    split = try split.adding(
      Column(
        name: interval.string, codes: intervals, levels: levels, type: .factor,
        metadata: table[interval.string]?.metadata ?? ColumnMetadata()))
    return (split, try syntax())
  }

  /// `Surv(os_start, os_stop, os_event)`, every byte of it standing where the outcome is named.
  private func syntax() throws(DiagnosticList) -> SurvivalSyntax {
    let range = outcome.range()
    return try SurvivalSyntax.parse(
      SourceText(
        bytes: Array("Surv(\(start), \(stop), \(event))".utf8), file: range.file,
        offsets: [range.bytes.lowerBound]))
  }

  /// All of it in one line, to know it again.
  var text: String {
    "\(outcome.string) at \(words): \(interval.string) \(levels.map { "\($0.utf8.count):\($0)" }.joined())"
  }

  /// "90 and 180", "transplant"
  var words: String {
    switch place {
    case .times(let times):
      let texts = times.map(ShortestNumber.text)
      guard let last = texts.last, texts.count > 1 else { return texts.joined() }
      return texts.dropLast().joined(separator: ", ") + " and " + last
    case .own(let time): return time.words
    }
  }
}

extension OptionKind where Value == FollowUpSplit {
  private static let what = "a split such as {outcome: os, at: [90, 180]}"

  /// `{outcome: os, at: [90, 180], interval: period, labels: [early, middle, late]}`
  static var followUpSplit: Self {
    OptionKind(
      what,
      parts: [
        OptionPart(
          name: "outcome", kind: "the name of an outcome", defaultText: "", summary: "what is split"),
        OptionPart(
          name: "at", kind: "times, or an expression over columns", defaultText: "",
          summary: "where: the same times for all, or each row's own"),
        OptionPart(
          name: "interval", kind: "a name", defaultText: "interval",
          summary: "the column that says which interval it is"),
        OptionPart(
          name: "labels", kind: "a list of texts", defaultText: "from the times",
          summary: "names of the intervals, one more than times"),
      ],
      decode: { tree, reader in
        guard let mapping = tree.mapping else { return expected(what, at: tree, &reader) }
        let keys = ["outcome", "at", "interval", "labels"]
        for entry in mapping.entries where !keys.contains(entry.key.string) {
          reader.report(
            Diagnostic(
              .unknownOption, "'split' has no entry '\(entry.key.string)'", at: entry.key.range(),
              remedy: NearMiss.remedy(for: entry.key.string, among: keys)
                ?? "entries: \(keys.joined(separator: ", "))"))
        }
        guard let outcome = mapping["outcome"]?.scalar, !outcome.isNull, let at = mapping["at"] else {
          return expected(what, at: tree, &reader)
        }
        guard let place = place(at, &reader) else { return nil }
        let interval = mapping["interval"]?.scalar?.text
        if let problem = interval.flatMap({ Identifier.problem($0, as: "a column of intervals") }) {
          reader.report(problem)
        }
        let labels = mapping["labels"].flatMap { OptionKind<String>.text.list.decode($0, &reader) }
        let split = FollowUpSplit(
          outcome: outcome.text, place: place,
          interval: interval
            ?? SourceText(
              bytes: Array("interval".utf8), file: outcome.range.file,
              offsets: [outcome.range.bytes.lowerBound]),
          labels: labels, range: mapping.range)
        let count: Int = if case .times(let times) = place { times.count + 1 } else { 2 }
        if let labels, labels.count != count || Set(labels).count != count {
          reader.report(
            Diagnostic(
              .invalidOption, "\(count) intervals need as many different labels, here are \(labels.count)",
              at: mapping["labels"]?.range ?? mapping.range))
        }
        return split
      })
  }

  private static func place(_ tree: OptionTree, _ reader: inout OptionReader) -> FollowUpSplit.Place? {
    if tree.sequence == nil, let text = tree.scalar?.string, Double(text) == nil {
      return OptionKind<Expression>.expression.decode(tree, &reader).map { .own($0) }
    }
    guard let times = OptionKind<Double>.number().list.decode(tree, &reader) else { return nil }
    guard !times.isEmpty, zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
      reader.report(Diagnostic(.invalidOption, "the times of a split ascend", at: tree.range))
      return nil
    }
    return .times(times)
  }
}
