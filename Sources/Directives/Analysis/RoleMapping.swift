// From what the statistical core finds wrong with an array to the line that supplied it.

import DataTables
import Diagnostics
import Survival

/// Turns the role at fault into the range of the option that supplied it, with notes at the cells of the data file.
struct RoleMapping: Sendable {
  let dataSet: DataSet
  /// Row of the analysis → row of the data set's table; asked for when something is wrong.
  private let tableRows: @Sendable () -> [Int32]
  let formula: SourceRange
  var time: SourceRange?
  var entry: SourceRange?
  var event: SourceRange?
  var weights: SourceRange?
  /// Covariates by the name that the core knows them by.
  var covariates: [String: SourceRange] = [:]
  /// Options by name.
  var options: [String: SourceRange] = [:]

  init(
    dataSet: DataSet, rows: @autoclosure @escaping @Sendable () -> [Int32], formula: SourceRange,
    time: SourceRange? = nil, entry: SourceRange? = nil, event: SourceRange? = nil,
    weights: SourceRange? = nil, covariates: [String: SourceRange] = [:]
  ) {
    self.dataSet = dataSet
    tableRows = rows
    self.formula = formula
    self.time = time
    self.entry = entry
    self.event = event
    self.weights = weights
    self.covariates = covariates
  }

  /// Runs `body`; what it finds wrong with its arrays becomes a diagnostic.
  func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as SurvivalInputError {
      throw diagnostic(error)
    }
  }

  func diagnostic(_ error: SurvivalInputError) -> Diagnostic {
    let (code, message, remedy) = words(error)
    return Diagnostic(code, message, at: range(error.role), remedy: remedy, notes: notes(error))
  }

  private func range(_ role: SurvivalInputError.Role) -> SourceRange {
    switch role {
    case .time: time ?? formula
    case .entry: entry ?? time ?? formula
    case .event: event ?? formula
    case .weights: weights ?? formula
    case .covariate(let name): covariates[name] ?? formula
    case .times: options["times"] ?? formula
    case .probabilities: options["quantiles"] ?? formula
    case .restrictionTime: options["restricted-mean"] ?? formula
    case .scores: options["trend"] ?? formula
    case .option(let name): options[name] ?? formula
    case .groups, .strata, .clusters, .subjects, .offset, .confidenceLevel, .cause, .exponent: formula
    }
  }

  /// The first rows at fault, at their cells.
  private func notes(_ error: SurvivalInputError) -> [Diagnostic.Note] {
    guard let origin = dataSet.table.origin, !error.rows.isEmpty else { return [] }
    let rows = tableRows()
    return error.rows.prefix(3).compactMap { row in
      guard rows.indices.contains(row) else { return nil }
      let tableRow = Int(rows[row])
      return Diagnostic.Note(
        "data row \(origin.fileRow(tableRow))", at: origin.location(row: tableRow, column: column(error.role))
      )
    }
  }

  private func column(_ role: SurvivalInputError.Role) -> String? {
    let range: SourceRange? =
      switch role {
      case .time: time
      case .entry: entry
      case .weights: weights
      default: nil
      }
    return range.map(\.text).flatMap { dataSet.table[$0] == nil ? nil : $0 }
  }

  private func words(_ error: SurvivalInputError) -> (DiagnosticCode, String, String?) {
    let count = error.rows.count
    let rows = count == 1 ? "1 row" : "\(count) rows"
    switch (error.role, error.fault) {
    case (.time, .negative):
      return (
        .negativeTime, "negative time in \(rows)", "correct the data, or leave the rows out with 'where:'"
      )
    case (.time, .notFinite): return (.notANumber, "time that is not a number in \(rows)", nil)
    case (.entry, .endNotAfterStart):
      return (
        .endBeforeStart, "the end of follow-up is not after its start in \(rows)",
        "correct the data, or leave the rows out with 'where:'"
      )
    case (.weights, .negative): return (.invalidWeight, "negative weight in \(rows)", nil)
    case (.weights, .unsupported(let what)):
      return (.invalidWeight, "this analysis does not take \(what)", nil)
    case (.entry, .unsupported(let what)):
      return (
        .invalidArgument, "this analysis does not take \(what)",
        "use an outcome without a start of follow-up; kaplan-meier, cumulative-incidence and cox take one"
      )
    case (.groups, .tooFew(let minimum, let found)):
      return (
        .oneGroup,
        "at least \(minimum) groups with rows are needed to compare, the formula makes \(found) group",
        "name another grouping column, or look at the conditions under 'where:'"
      )
    case (.event, .empty):
      return (.noEvents, "no events: nothing can be estimated", "look at the coding of the event")
    case (.covariate(let name), .notFinite):
      return (.notANumber, "'\(name)' is not a finite number in \(rows)", nil)
    default: return (.invalidArgument, "\(error.role.words): \(error.fault.words)", nil)
    }
  }
}

extension SurvivalInputError.Role {
  var words: String {
    switch self {
    case .covariate(let name): name
    case .option(let name): name
    case .restrictionTime: "restriction time"
    case .confidenceLevel: "confidence level"
    default: "\(self)"
    }
  }
}

extension SurvivalInputError.Fault {
  var words: String {
    switch self {
    case .lengthMismatch: "the number of values differs from the number of rows"
    case .notFinite: "not a finite number"
    case .negative: "negative"
    case .endNotAfterStart: "the end is not after the start"
    case .codeOutOfRange: "a code without a name"
    case .empty: "nothing to estimate from"
    case .outOfRange: "outside the range where the method is defined"
    case .tooFew(let minimum, let found): "at least \(minimum) are needed, there are \(found)"
    case .unsupported(let what): "\(what) is not supported"
    }
  }
}
