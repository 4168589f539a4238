// Table 1 as it is printed.

import HypothesisTests
import Presentation

/// Lays a summary out: a line per number, a heading and a line per level for the rest.
struct SummaryTable {
  let frame: SummaryFrame
  let style: JournalStyle
  let showsOverall: Bool
  let missing: SummaryDirective.MissingRows
  let percent: SummaryDirective.PercentBase
  let statistics: SummaryDirective.Statistics
  let showsDifference: Bool
  /// One list per variable; `nil` without a column of P values.
  let tests: [[(test: SummaryTest, pValue: Double?)]]?

  func table(caption: String) -> Table {
    func heading(_ name: String, _ count: Int) -> TableColumn {
      TableColumn("\(name) (N = \(style.text(Quantity(count), .count)))")
    }
    var columns = [TableColumn("", alignment: .left)]
    if showsOverall { columns.append(heading(frame.groups.isEmpty ? "All" : "Overall", frame.rowCount)) }
    columns += frame.groups.map { heading($0.name, $0.rowCount) }
    if showsDifference { columns.append(TableColumn("Standardised difference")) }
    if tests != nil { columns.append(TableColumn("P")) }
    var rows: [TableRow] = []
    for (index, variable) in frame.variables.enumerated() { rows += lines(of: variable, index) }
    return Table(caption: caption, columns: columns, rows: rows, notes: notes)
  }

  // MARK: Lines

  private func lines(of variable: SummaryFrame.Variable, _ index: Int) -> [TableRow] {
    let unit = variable.column.metadata.unit.map { ", \($0)" } ?? ""
    var rows: [TableRow] = []
    let missingCounts: [Int]
    switch variable.content {
    case .numbers(let groups, let counts), .dates(let groups, let counts):
      let words =
        variable.column.type == .date
        ? ", median (range)" : statistics == .median ? ", median (Q1–Q3)" : ", mean (SD)"
      let cells = samples(groups).map { cell($0, isDate: variable.column.type == .date) }
      rows.append(
        TableRow([.text(variable.column.label + unit + words)] + cells + comparison(variable, index)))
      missingCounts = counts
    case .levels(let levels, let counts, let own):
      missingCounts = own
      if variable.isFlag, let position = levels.firstIndex(of: "true") {
        rows.append(
          TableRow([.text(variable.column.label)] + share(position, counts) + comparison(variable, index)))
      } else {
        let width = (showsOverall ? 1 : 0) + frame.groups.count
        rows.append(
          TableRow(
            [.text(variable.column.label)] + Array(repeating: .empty, count: width)
              + comparison(variable, index),
            role: .header))
        for (position, level) in levels.enumerated() {
          rows.append(TableRow([.text(level)] + share(position, counts), indent: 1))
        }
      }
    }
    let isShown = missing == .always || (missing == .whenPresent && missingCounts.contains { $0 > 0 })
    if isShown {
      let counts =
        (showsOverall ? [missingCounts.reduce(0, +)] : []) + (frame.groups.isEmpty ? [] : missingCounts)
      rows.append(TableRow([.text("Missing")] + counts.map { .count($0) }, indent: 1))
    }
    return rows
  }

  private func samples(_ groups: [[Double]]) -> [NumericSample] {
    (showsOverall ? [NumericSample(groups.flatMap { $0 })] : [])
      + (frame.groups.isEmpty ? [] : groups.map { NumericSample($0) })
  }

  private func cell(_ sample: NumericSample, isDate: Bool) -> TableCell {
    guard sample.count > 0 else { return .text("–") }
    if isDate {
      func date(_ value: Double) -> String { style.text(Quantity(value.rounded()), ValueFormat(.date)) }
      return .text("\(date(sample.median)) (\(date(sample.minimum)) to \(date(sample.maximum)))")
    }
    let digits = digits(of: sample)
    if statistics == .mean {
      return .pair(
        Quantity(sample.mean), Quantity(sample.standardDeviation), ValueFormat(.number, digits: digits))
    }
    return .estimate(
      Estimate(sample.median, lower: sample.quantile(0.25), upper: sample.quantile(0.75)),
      ValueFormat(.number, digits: digits))
  }

  /// Whole numbers for values beyond a hundred, one decimal from ten, else two.
  private func digits(of sample: NumericSample) -> Int {
    let size = max(abs(sample.median), abs(sample.quantile(0.75)))
    return size >= 100 ? 0 : size >= 10 ? 1 : 2
  }

  private func share(_ level: Int, _ counts: [[Int]]) -> [TableCell] {
    let all = counts.reduce(0) { $0 + $1[level] }
    var cells: [TableCell] = []
    if showsOverall {
      let total = percent == .column ? counts.joined().reduce(0, +) : all
      cells.append(.countPercent(Double(all), of: Double(total)))
    }
    guard !frame.groups.isEmpty else { return cells }
    for own in counts {
      cells.append(.countPercent(Double(own[level]), of: Double(percent == .column ? own.reduce(0, +) : all)))
    }
    return cells
  }

  private func comparison(_ variable: SummaryFrame.Variable, _ index: Int) -> [TableCell] {
    var cells: [TableCell] = []
    if showsDifference {
      cells.append(
        .quantity(
          Quantity(frame.standardisedDifference(variable), otherwise: .notEstimable),
          ValueFormat(.number, digits: 2)))
    }
    if let tests { cells.append(.pValue(Quantity(tests[index].first?.pValue, otherwise: .notEstimable))) }
    return cells
  }

  // MARK: Notes

  private var notes: [String] {
    var notes: [String] = []
    let hasNumbers = frame.variables.contains { if case .numbers = $0.content { true } else { false } }
    let hasLevels = frame.variables.contains { if case .levels = $0.content { true } else { false } }
    if hasNumbers, statistics == .median { notes.append("quartiles of type 7") }
    if hasLevels {
      notes.append(
        percent == .column
          ? "n (%), per cent of the column without missing values" : "n (%), per cent of the row")
    }
    if frame.ungroupedCount > 0 {
      notes.append(
        "\(style.text(Quantity(frame.ungroupedCount), .count)) rows without \(frame.groupLabel) left out")
    }
    if showsDifference { notes.append("standardised difference: first minus second group") }
    if let tests {
      let names = SummaryTest.allCases.filter { test in tests.contains { $0.first?.test == test } }.map(
        \.words)
      if !names.isEmpty { notes.append("P: \(names.joined(separator: ", "))") }
    }
    return notes
  }
}
