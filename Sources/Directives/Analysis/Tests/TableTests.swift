// Tests of contingency tables.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import Presentation

extension TestFrame {
  func tableTest(_ report: inout TestReport) throws {
    let (rowColumn, columnColumn) = try two()
    var (rows, columns) = (LeveledColumn(rowColumn), LeveledColumn(columnColumn))
    // The same answers on both sides, those included that one side never gave.
    if kind == .mcnemar {
      guard !Set(rows.levels).isDisjoint(with: columns.levels) else {
        throw Diagnostic(
          .invalidArgument,
          "the two variables have no value in common, McNemar's test needs the same answers",
          at: variables[1].range, remedy: "use chi-squared for two different questions")
      }
      (rows, columns) = LeveledColumn.sharing(rows, columns)
    }
    let table = try translating {
      try ContingencyTable(
        rows: rows.codes, columns: columns.codes, rowCount: rows.levels.count,
        columnCount: columns.levels.count)
    }
    guard table.total > 0 else {
      throw Diagnostic(.noRows, "no row has both variables", at: variables[0].range)
    }
    // Levels that only leave empty margins because nobody declared them are no part of the question.
    let keptRows = rows.levels.indices.filter { rows.isDeclared || table.rowTotals[$0] > 0 }
    let keptColumns = columns.levels.indices.filter { columns.isDeclared || table.columnTotals[$0] > 0 }
    let used = try translating {
      try ContingencyTable(counts: keptRows.map { row in keptColumns.map { table.counts[row][$0] } })
    }
    let margins = Margins(
      rows: keptRows.map { rows.levels[$0] }, columns: keptColumns.map { columns.levels[$0] })
    // McNemar's test has every answer on both sides, whether or not both sides gave it.
    if kind != .mcnemar {
      report.warnings +=
        rows.emptyLevels(keeping: keptRows.filter { table.rowTotals[$0] > 0 }, at: variables[0].range)
        + columns.emptyLevels(
          keeping: keptColumns.filter { table.columnTotals[$0] > 0 }, at: variables[1].range)
    }
    addCounts(used, margins, heading: rows.label, spanning: columns.label, &report)
    switch kind {
    case .fisher: try fisher(used, &report)
    case .mcnemar: try mcNemar(used, &report)
    default: chiSquared(used, margins, &report)
    }
    report.addCounts(table.total, missing: rows.codes.count - table.total)
  }

  struct Margins {
    let rows: [String]
    let columns: [String]
  }

  private func addCounts(
    _ table: ContingencyTable, _ margins: Margins, heading: String, spanning: String,
    _ report: inout TestReport
  ) {
    report.columns =
      [TableColumn(heading, alignment: .left)] + margins.columns.map { TableColumn($0, group: spanning) }
    for (row, name) in margins.rows.enumerated() {
      let total = Double(table.rowTotals[row])
      report.rows.append(
        TableRow([.text(name)] + table.counts[row].map { .countPercent(Double($0), of: total) }))
      for (column, other) in margins.columns.enumerated() {
        report.values.add(
          ".observed[\(ResultPath.quoted(name)), \(ResultPath.quoted(other))]",
          count: table.counts[row][column])
      }
    }
    report.notes.append("percentages of rows")
  }

  private func chiSquared(_ table: ContingencyTable, _ margins: Margins, _ report: inout TestReport) {
    let isCorrected = (correct ?? true) && table.rowCount == 2 && table.columnCount == 2
    let test = ChiSquaredTest.test(table, continuityCorrection: correct ?? true)
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom), pValue: test.pValue)
    for (row, name) in margins.rows.enumerated() where test.expected.indices.contains(row) {
      for (column, other) in margins.columns.enumerated() where test.expected[row].indices.contains(column) {
        report.add(
          ".expected[\(ResultPath.quoted(name)), \(ResultPath.quoted(other))]", test.expected[row][column])
      }
    }
    report.notes.append(
      report.sentence(
        "χ² test" + (isCorrected ? " with continuity correction" : ""), "χ²", test.statistic,
        [Double(test.degreesOfFreedom)], test.pValue))
    if test.statistic == nil {
      report.notes.append("a level without rows, or a single level, leaves the test without a value")
    } else if let least = test.leastExpected, least < 5 {
      report.notes.append(
        "least expected count \(report.text(least)): the approximation is doubtful, Fisher's test is exact")
    }
  }

  private func fisher(_ table: ContingencyTable, _ report: inout TestReport) throws {
    var test = try translating { try FisherExactTest.test(table, confidenceLevel: confidenceLevel) }
    var manner = "Fisher's exact test"
    if test.status == .tooLarge {
      test = try translating { try FisherExactTest.simulated(table, seed: 1) }
      manner = "Fisher's test, simulated with 10,000 tables (seed 1)"
    }
    report.add(".p", test.pValue, .pValue)
    report.notes.append(
      "\(manner) \(report.style.pSentence(Quantity(test.pValue, otherwise: .notEstimable)))")
    guard table.rowCount == 2, table.columnCount == 2 else { return }
    report.addEstimate(test.oddsRatio, test.limits, .ratio)
    report.add(".sample_odds_ratio", test.sampleOddsRatio, .ratio)
    report.notes.append(
      "conditional odds ratio "
        + report.style.sentence(report.estimate(test.oddsRatio, test.limits), .ratio))
  }

  private func mcNemar(_ table: ContingencyTable, _ report: inout TestReport) throws {
    let test = try translating { try McNemarTest.test(table, continuityCorrection: correct ?? true) }
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom), pValue: test.pValue)
    for (index, count) in test.discordant.enumerated() {
      report.values.add(".discordant(\(index + 1))", count: count)
    }
    report.notes.append(
      report.sentence(
        "McNemar's test" + ((correct ?? true) && table.rowCount == 2 ? " with continuity correction" : ""),
        "χ²", test.statistic, [Double(test.degreesOfFreedom)], test.pValue))
    if let exact = test.exactPValue {
      report.add(".exact.p", exact, .pValue)
      report.notes.append("exact \(report.style.pSentence(Quantity(exact)))")
    }
  }
}
