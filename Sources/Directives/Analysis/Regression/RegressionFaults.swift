// From what the regression core finds wrong with an array to the line that supplied it.

import Diagnostics
import Regression

extension RegressionFrame {
  /// Runs `body`; what it finds wrong with its arrays becomes a diagnostic.
  func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as RegressionInputError {
      throw diagnostic(error)
    }
  }

  private func diagnostic(_ error: RegressionInputError) -> Diagnostic {
    let formula = formula.source.range()
    let weights = weightsRange ?? formula
    switch error {
    case .noObservations:
      return Diagnostic(
        .noRows, "no row with a positive weight is left to fit", at: weights,
        remedy: "look at the weights and the conditions under 'where:'")
    case .notFinite(let role, let row):
      return Diagnostic(
        .notANumber, "the \(role.rawValue) is not a finite number in a row", at: range(of: role),
        remedy: "correct the data, or leave the rows out with 'where:'",
        notes: note(row) { !(numbers(role)?[$0] ?? 0).isFinite })
    case .designNotFinite(let column, let row):
      let name = design.columns.indices.contains(column) ? design.columns[column].name : "a column"
      let numbers = design.columns.indices.contains(column) ? design.columns[column].values.numbers() : []
      return Diagnostic(
        .notANumber, "'\(name)' is not a finite number in a row", at: range(ofColumn: column),
        remedy: "correct the data, or leave the rows out with 'where:'",
        notes: note(row) { numbers.indices.contains($0) && !numbers[$0].isFinite })
    case .negativeWeight(let row):
      return Diagnostic(
        .invalidWeight, "negative weight in a row", at: weights, remedy: "weights count cases: 0 or more",
        notes: note(row) { (numbers(.weights)?[$0] ?? 0) < 0 })
    case .responseOutsideRange(let row, let requirement):
      let (words, remedy) = Self.words(requirement)
      return Diagnostic(
        .invalidArgument, "'\(response.label)' \(words)", at: response.range, remedy: remedy,
        notes: note(row) { row in
          (self.weights?[row] ?? 1) > 0
            && [RegressionRole.response, .successes, .failures].contains {
              requirement.isBroken(by: numbers($0)?[row] ?? 0.5)
            }
        })
    case .lengthMismatch, .confidenceLevel:
      return Diagnostic(.invalidArgument, "the model cannot be fitted to these arrays", at: formula)
    case .clusters:
      return Diagnostic(
        .invalidArgument, "a clustered variance needs at least two clusters", at: formula,
        remedy: "leave 'cluster' out")
    }
  }

  private func range(of role: RegressionRole) -> SourceRange {
    switch role {
    case .weights: weightsRange ?? formula.source.range()
    case .offset: offsetExpression?.place ?? formula.source.range()
    case .response, .successes, .failures: response.range
    }
  }

  private static func words(_ requirement: ResponseRequirement) -> (String, String) {
    switch requirement {
    case .betweenZeroAndOne:
      ("holds values other than 0 and 1", "name the event: column == value ~ …")
    case .notNegative: ("holds negative values, counts are needed", "choose another family")
    case .positive:
      ("holds values that are not positive", "choose another family, or leave the rows out with 'where:'")
    }
  }

  private func numbers(_ role: RegressionRole) -> [Double]? {
    switch (role, values) {
    case (.weights, _): weights
    case (.offset, _): offset
    case (.response, .numbers(let numbers)): numbers
    case (.successes, .counts(let successes, _)): successes
    case (.failures, .counts(_, let failures)): failures
    default: nil
    }
  }

  /// The cell's row in the data file: the first there that has the fault, since the fit sees rows in another order.
  private func note(_ row: Int, where isFaulty: (Int) -> Bool) -> [Diagnostic.Note] {
    guard let origin = dataSet.table.origin, cases.rows.indices.contains(row) else { return [] }
    let tableRows = cases.rows.indices.filter { $0 == row || isFaulty($0) }.map { Int(cases.rows[$0]) }
    let first = tableRows.min { origin.fileRow($0) < origin.fileRow($1) } ?? Int(cases.rows[row])
    return [
      Diagnostic.Note(
        "data row \(origin.fileRow(first))",
        at: origin.location(row: first, column: response.columnNames.first))
    ]
  }
}

extension ResponseRequirement {
  fileprivate func isBroken(by value: Double) -> Bool {
    switch self {
    case .betweenZeroAndOne: value < 0 || value > 1
    case .notNegative: value < 0
    case .positive: value <= 0
    }
  }
}
