// The left side of a survival formula: which columns are time and event, and what they hold.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// Follow-up times and events of every row of a table, before rows with missing values are left out.
struct SurvivalTimes: Sendable {
  private(set) var columns: SurvivalColumns
  let timeRange: SourceRange
  let entryRange: SourceRange?
  let eventRange: SourceRange
  /// The column behind the time, for its label and unit; `nil` when it is computed.
  let timeColumn: Column?
  let timeWords: String
  let eventWords: String
  /// The same as readers see it: `died = 1`.
  let eventLabel: String
  /// The columns of time and event.
  let syntaxColumns: [String]
  /// Says where the outcome names no event, and therefore takes every row for one.
  let warnings: [Diagnostic]

  /// The outcome on the left side of a formula, written out or declared with the data set.
  init(_ formula: Formula, in dataSet: DataSet, threads: Int) throws {
    let syntax = try Self.syntax(of: formula, in: dataSet)
    columns = try syntax.evaluate(in: dataSet.table, threads: threads)
    let event = syntax.event ?? syntax.time
    timeRange = syntax.time.place
    entryRange = syntax.entry?.place
    eventRange = event.place
    let names = syntax.time.columnNames
    timeColumn = names.count == 1 ? names.first.flatMap { dataSet.table[$0] } : nil
    timeWords = syntax.time.words
    syntaxColumns = syntax.columnUses.map(\.name)
    eventWords = event.words
    eventLabel = dataSet.readable(event.words)
    // An outcome that was declared with the data set has been warned of there.
    if case .survival(let written) = formula.response?.form {
      warnings = Self.eventlessWarnings(written)
    } else {
      warnings = []
    }
    sharedWords = [syntax.entry?.words ?? "", timeWords, eventWords].joined(separator: "\u{0}")
  }

  /// What the outcome is made of, for those that share it; `nil` when time is counted from an origin of its own.
  private(set) var sharedWords: String?

  /// The same follow-up with time counted from a later origin.
  func counted(from origin: Double) -> SurvivalTimes {
    var times = self
    times.columns = columns.counted(from: origin)
    times.sharedWords = nil
    return times
  }

  /// The rows named, in the order named.
  func gathered(_ rows: [Int32]) -> SurvivalTimes {
    var times = self
    times.columns = columns.gathered(rows)
    return times
  }

  static func syntax(of formula: Formula, in dataSet: DataSet) throws(Diagnostic) -> SurvivalSyntax {
    let remedy = "write Surv(time, died == 1) ~ …, or name an outcome under 'outcomes:' of the data set"
    guard let response = formula.response else {
      throw Diagnostic(
        .formulaSyntax, "the formula has no left side", at: formula.source.range(), remedy: remedy)
    }
    switch response.form {
    case .survival(let syntax): return syntax
    case .name(let name):
      if let syntax = dataSet.outcomes[name] { return syntax }
      let near = NearMiss.remedy(for: name, among: dataSet.outcomes.keys.sorted())
      let isColumn = dataSet.table[name] != nil
      throw Diagnostic(
        .unknownColumn,
        isColumn
          ? "'\(name)' is a column, not a survival outcome" : "no outcome '\(name)' in '\(dataSet.id)'",
        at: response.sourceRange, remedy: near ?? remedy)
    case .columns, .expression:
      throw Diagnostic(
        .formulaSyntax, "a survival outcome is needed on the left side", at: response.sourceRange,
        remedy: remedy)
    }
  }

  /// Says that an outcome names no event, where it does not.
  static func eventlessWarnings(_ syntax: SurvivalSyntax) -> [Diagnostic] {
    guard syntax.event == nil else { return [] }
    let times = [syntax.entry?.words, syntax.time.words].compactMap(\.self).joined(separator: ", ")
    return [
      Diagnostic(
        .warning, .eventCoding, "the outcome names no event: every row counts as having it",
        at: syntax.sourceRange,
        remedy: "write Surv(\(times), died == 1), or Surv(\(times), true) if that is meant")
    ]
  }

  /// Says that no row has the event, where an analysis goes on all the same.
  func eventWarnings(hasEvent: Bool) -> [Diagnostic] {
    guard !hasEvent else { return warnings }
    return warnings + [
      Diagnostic(
        .warning, .noEvents, "no row has the event '\(eventWords)'", at: eventRange,
        remedy: "look at the coding of the event")
    ]
  }

  var label: String { timeColumn?.label ?? timeWords }
  var unit: String? { timeColumn?.metadata.unit }

  /// What a row needs to have an outcome.
  var requirements: [CompleteCases.Requirement] {
    var requirements = [CompleteCases.Requirement(label: label, isMissing: columns.isTimeMissing)]
    if let entry = columns.entry {
      requirements.append(CompleteCases.Requirement(label: "Entry", isMissing: entry.map(\.isNaN)))
    }
    requirements.append(
      CompleteCases.Requirement(label: eventWords, printed: eventLabel, isMissing: columns.isEventMissing))
    return requirements
  }

  /// "event: died = 1; counted as censored: 0, 2"
  var eventNote: String {
    let codes = columns.censoredValues
    guard codes.count > 1 else { return "" }
    return "event: \(eventLabel), counted as censored: \(codes.joined(separator: ", "))"
  }
}

extension Expression {
  /// Where the expression stands.
  var place: SourceRange { source.range(root.range) }
  /// The expression as the author wrote it.
  var words: String { source.slice(root.range).string }
}
