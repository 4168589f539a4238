// The rows an analysis is asked for, of which there must be one.

import Diagnostics
import Expressions

extension DataSet {
  /// The rows that a condition keeps.
  ///
  /// - Throws: `no-rows` at the condition that keeps none, or at `range` when there was none before.
  func selecting(
    _ condition: Expression?, to purpose: String = "analyse", at range: SourceRange, threads: Int
  ) throws -> DataSet {
    let selected = try filtered(by: condition, threads: threads)
    guard selected.table.rowCount == 0 else { return selected }
    guard table.rowCount > 0, let condition else {
      throw Diagnostic(
        .noRows, "'\(id)' has no rows to \(purpose)", at: range,
        remedy: "look at the file of '\(id)', and at the conditions that it puts on its rows")
    }
    throw Diagnostic(
      .noRows, "no row of '\(id)' meets the condition", at: condition.place,
      remedy: "nothing is left to \(purpose): 'meier describe' shows the ranges and levels of the columns")
  }
}

extension DirectiveContext {
  /// The rows of the data set under `data:` that `where:` keeps, of which there is at least one.
  func selectedRows(_ options: ResolvedOptions, to purpose: String = "analyse") throws -> DataSet {
    let reference = try options[CommonOptions.data]
    return try dataSet(reference.id, at: reference.range)
      .selecting(
        try options[CommonOptions.condition], to: purpose, at: reference.range, threads: threads)
  }
}
