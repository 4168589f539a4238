// The left side of a regression formula: numbers, or successes and failures.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// The response on every row of a table, before rows with missing values are left out.
struct RegressionResponse: Sendable {
  enum Values: Sendable {
    /// NaN where missing; flags as 0 and 1.
    case numbers([Double])
    /// `cbind(successes, failures)`.
    case counts(successes: [Double], failures: [Double])
  }

  /// Of all rows of the table; none once they have been gathered.
  private(set) var values: Values
  let label: String
  let range: SourceRange
  /// Whether it stands for an event rather than a number.
  let isBinary: Bool
  /// Columns behind the response: `.` does not mean them.
  let columnNames: [String]
  /// Which value counts as the event, where it is a level: "outcome Poor".
  var eventNote: String?

  /// - Parameter isBinary: a text column may stand for an event.
  init(_ formula: Formula, in dataSet: DataSet, isBinary: Bool, threads: Int) throws {
    guard let response = formula.response else {
      throw Diagnostic(
        .formulaSyntax, "the formula has no left side", at: formula.source.range(),
        remedy: isBinary ? "write died == 1 ~ age + sex" : "write outcome ~ age + sex")
    }
    range = response.sourceRange
    self.isBinary = isBinary
    switch response.form {
    case .survival:
      throw Self.survival(response)
    case .name(let name):
      if dataSet.table[name] == nil, dataSet.outcomes[name] != nil { throw Self.survival(response) }
      let column = try dataSet.column(name, at: response.sourceRange)
      columnNames = [name]
      label = column.label
      (values, eventNote) = try Self.values(column, at: response.sourceRange, isBinary: isBinary)
    case .expression(let expression):
      columnNames = expression.columnNames
      label = dataSet.printedName(of: expression)
      values = .numbers(try expression.numbers(in: dataSet.table, threads: threads))
    case .columns(let expressions):
      guard isBinary, expressions.count == 2 else {
        throw Diagnostic(
          .formulaSyntax, "cbind() stands for successes and failures of a binomial model",
          at: response.sourceRange, remedy: "name one column on the left side")
      }
      columnNames = expressions.flatMap(\.columnNames)
      label = dataSet.printedName(of: expressions[0])
      values = .counts(
        successes: try expressions[0].numbers(in: dataSet.table, threads: threads),
        failures: try expressions[1].numbers(in: dataSet.table, threads: threads))
    }
  }

  private static func survival(_ response: FormulaResponse) -> Diagnostic {
    Diagnostic(
      .formulaSyntax, "a survival outcome has no place in this model", at: response.sourceRange,
      remedy: "use cox or parametric-survival, or name the event: died == 1 ~ …")
  }

  private static func values(_ column: Column, at range: SourceRange, isBinary: Bool) throws(Diagnostic) -> (
    Values, String?
  ) {
    guard column.type.hasLevels else { return (.numbers(column.numbers()), nil) }
    let counts = column.levelCounts()
    let used = column.levels.indices.filter { counts[$0] > 0 }
    let first = used.first.map { column.levels[$0] } ?? ""
    guard isBinary else {
      throw Diagnostic(
        .expressionType, "'\(column.name)' holds words, a number is needed", at: range,
        remedy: "name a column of numbers on the left side")
    }
    let reference =
      column.referenceCode.map { Int($0) }.flatMap { used.contains($0) ? $0 : nil } ?? used.first
    guard used.count == 2, let reference, let event = used.first(where: { $0 != reference }) else {
      throw Diagnostic(
        .eventCoding, "'\(column.name)' has \(used.count) levels, an event has two", at: range,
        remedy: "write \(column.name) == \(ResultPath.quoted(used.last.map { column.levels[$0] } ?? first))")
    }
    let codes = column.factorCodes()
    return (
      .numbers(codes.map { $0 < 0 ? Double.nan : Int($0) == event ? 1 : 0 }),
      "event \(column.label) = \(column.levels[event])"
    )
  }

  /// What a row needs to have a response.
  var requirements: [CompleteCases.Requirement] {
    switch values {
    case .numbers(let numbers): [.init(label: label, isMissing: numbers.map(\.isNaN))]
    case .counts(let successes, let failures):
      [.init(label: label, isMissing: zip(successes, failures).map { $0.isNaN || $1.isNaN })]
    }
  }

  /// The same without its values, which whoever gathered them holds.
  var described: RegressionResponse {
    var response = self
    response.values = .numbers([])
    return response
  }

  func gathered(_ rows: [Int32]) -> Values {
    switch values {
    case .numbers(let numbers): .numbers(numbers.gathered(rows))
    case .counts(let successes, let failures):
      .counts(successes: successes.gathered(rows), failures: failures.gathered(rows))
    }
  }
}
