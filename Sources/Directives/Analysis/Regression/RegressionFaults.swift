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
        remedy: "correct the data, or leave the rows out with 'where:'", notes: note(row))
    case .designNotFinite(let column, let row):
      let name = design.columns.indices.contains(column) ? design.columns[column].name : "a column"
      return Diagnostic(
        .notANumber, "'\(name)' is not a finite number in a row", at: range(ofColumn: column),
        remedy: "correct the data, or leave the rows out with 'where:'", notes: note(row))
    case .negativeWeight(let row):
      return Diagnostic(
        .invalidWeight, "negative weight in a row", at: weights, remedy: "weights count cases: 0 or more",
        notes: note(row))
    case .responseOutsideRange(let row, let requirement):
      let (words, remedy) = Self.words(requirement)
      return Diagnostic(
        .invalidArgument, "'\(response.label)' \(words)", at: response.range, remedy: remedy, notes: note(row)
      )
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

  /// The cell's row in the data file.
  private func note(_ row: Int) -> [Diagnostic.Note] {
    guard let origin = dataSet.table.origin, cases.rows.indices.contains(row) else { return [] }
    let tableRow = Int(cases.rows[row])
    return [
      Diagnostic.Note(
        "data row \(origin.fileRow(tableRow))",
        at: origin.location(row: tableRow, column: response.columnNames.first))
    ]
  }
}
