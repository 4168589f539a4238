// Table 1 as it is printed.

import HypothesisTests
import NumericalMethods
import Presentation

/// Lays a summary out: a line per description of numbers, a heading and a line per level for the rest.
struct SummaryTable {
  let frame: SummaryFrame
  let style: JournalStyle
  let showsOverall: Bool
  let missing: SummaryDirective.MissingRows
  /// Whether missing values have their share of the group.
  let showsMissingPercent: Bool
  let showsDifference: Bool
  /// One list per variable, the first printed; `nil` without a column of P values.
  let tests: [[SummaryTestResult]]?
  /// Rows that the directive's own condition left out.
  let selection: DataSet.Step?

  func table(caption: String) -> Table {
    Table(
      caption: caption, columns: columns,
      rows: weightLines + frame.variables.indices.flatMap { lines(of: frame.variables[$0], $0) },
      notes: notes,
      abbreviations: frame.variables.contains { $0.forms.contains(.mean) } ? ["SD"] : [])
  }

  private var columns: [TableColumn] {
    func heading(_ name: String, _ count: Double, group: Int?) -> TableColumn {
      let number = style.text(Quantity(count), .count)
      guard frame.groups.weights == nil, let patients = frame.groups.patientCount(group: group) else {
        return TableColumn("\(name) (N = \(number))")
      }
      return TableColumn(
        "\(name) (\(text(patients)) \(patients == 1 ? "patient" : "patients"), \(number) rows)")
    }
    let sums = frame.groups.weightSums
    var columns = [TableColumn("", alignment: .left)]
    if showsOverall {
      columns.append(heading(hasGroups ? "Overall" : "All", CompensatedSum.of(sums), group: nil))
    }
    columns += zip(frame.groups.headings, sums).enumerated().map { heading($1.0, $1.1, group: $0) }
    if showsDifference { columns.append(TableColumn(style.spelled("Standardised difference"))) }
    if tests != nil { columns.append(TableColumn(style.pValue.letter)) }
    return columns
  }

  var hasGroups: Bool { !frame.groups.names.isEmpty }

  func text(_ count: Int) -> String { style.text(Quantity(count), .count) }

  // MARK: Lines

  /// How many rows stand behind the sums of weights, and for how many they count.
  private var weightLines: [TableRow] {
    guard let weights = frame.groups.weights else { return [] }
    let groups = frame.groups
    let all = groups.codes.map { $0 < 0 ? -1 : Int32(0) }
    let blank = comparisonBlanks
    let rows = cells(groups.rowCount, groups.sizes).map { TableCell.count($0) }
    let effective = cells(
      weights.effectiveSizes(all, count: 1)[0], weights.effectiveSizes(groups.codes, count: groups.count))
    let patients = frame.groups.patientCount().map { all in
      cells(all, groups.sizes.indices.map { groups.patientCount(group: $0) ?? 0 }).map { TableCell.count($0) }
    }
    return (patients.map { [TableRow([.text("Patients")] + $0 + blank)] } ?? []) + [
      TableRow([.text("Rows, unweighted")] + rows + blank),
      TableRow(
        [.text("Effective sample size")] + effective.map { .quantity(Quantity($0), .number.digits(1)) }
          + blank),
    ]
  }

  private var comparisonBlanks: [TableCell] {
    [TableCell](repeating: .empty, count: (showsDifference ? 1 : 0) + (tests == nil ? 0 : 1))
  }

  private func lines(of variable: SummaryVariable, _ index: Int) -> [TableRow] {
    var rows: [TableRow]
    switch variable.content {
    case .numbers(let numbers): rows = lines(of: numbers, variable, index)
    case .levels(let levels): rows = lines(of: levels, variable, index)
    }
    if missing == .always || (missing == .whenPresent && variable.missing.contains { $0 > 0 }) {
      let counts = cells(CompensatedSum.of(variable.missingWeights), variable.missingWeights)
      let sums = frame.groups.weightSums
      let sizes = cells(CompensatedSum.of(sums), sums)
      let printed = zip(counts, sizes).map { count, size -> TableCell in
        showsMissingPercent ? .countPercent(count, of: size) : .quantity(Quantity(count), .count)
      }
      let isCounted: Bool = if case .levels = variable.content { true } else { false }
      let label = showsMissingPercent && !isCounted ? "Missing, n (%)" : "Missing"
      rows.append(TableRow([.text(label)] + printed, indent: 1))
    }
    return rows
  }

  /// A cell for all rows and one for each group, as far as they are printed.
  private func cells<Value>(_ pooled: Value, _ groups: [Value]) -> [Value] {
    (showsOverall ? [pooled] : []) + (hasGroups ? groups : [])
  }

  private func lines(
    of numbers: SummaryVariable.Numbers, _ variable: SummaryVariable, _ index: Int
  ) -> [TableRow] {
    let label = variable.column.label + (variable.column.metadata.unit.map { ", \($0)" } ?? "")
    let samples = cells(numbers.pooled, numbers.groups)
    let digits = SummaryDigits(
      numbers, printed: samples, type: frame.quantileType,
      declared: variable.column.metadata.digits ?? style.digits.estimates)
    func line(_ form: SummaryForm) -> [TableCell] {
      samples.map { numbers.areDates ? dateCell($0, form) : cell($0, form, digits) }
    }
    if let form = variable.forms.first, variable.forms.count == 1 {
      return [TableRow([.text("\(label), \(form.words)")] + line(form) + comparison(variable, index))]
    }
    let blank = [TableCell](repeating: .empty, count: samples.count)
    let heading = TableRow([.text(label)] + blank + comparison(variable, index), role: .header)
    return [heading]
      + variable.forms.map { TableRow([.text($0.words.capitalizedFirst)] + line($0), indent: 1) }
  }

  private func lines(
    of levels: SummaryVariable.Levels, _ variable: SummaryVariable, _ index: Int
  ) -> [TableRow] {
    let label = TableCell.text("\(variable.column.label), \(SummaryForm.levels.words)")
    if levels.isFlag, let position = levels.names.firstIndex(of: "true") {
      return [TableRow([label] + shares(position, levels) + comparison(variable, index))]
    }
    let blank = [TableCell](repeating: .empty, count: cells(0, levels.totals).count)
    let heading = TableRow([label] + blank + comparison(variable, index), role: .header)
    return [heading]
      + levels.names.enumerated().map { position, level in
        TableRow([.text(level)] + shares(position, levels), indent: 1)
      }
  }

  // MARK: Cells

  private func cell(_ sample: any SummarySample, _ form: SummaryForm, _ digits: SummaryDigits) -> TableCell {
    guard sample.count > 0 else { return .quantity(.notEstimable, .number) }
    if form == .mean {
      return .pair(
        Quantity(sample.mean), Quantity(sample.standardDeviation), .number.digits(digits.ofMeans))
    }
    let limits = limits(sample, form)
    return .estimate(
      Estimate(sample.quantile(0.5, type: frame.quantileType), lower: limits.lower, upper: limits.upper),
      .number.digits(digits.ofQuantiles))
  }

  private func limits(_ sample: any SummarySample, _ form: SummaryForm) -> (lower: Double, upper: Double) {
    form == .range
      ? (sample.minimum, sample.maximum)
      : (sample.quantile(0.25, type: frame.quantileType), sample.quantile(0.75, type: frame.quantileType))
  }

  private func dateCell(_ sample: any SummarySample, _ form: SummaryForm) -> TableCell {
    guard sample.count > 0 else { return .quantity(.notEstimable, .number) }
    func date(_ value: Double) -> String { style.text(Quantity(value), ValueFormat(.date)) }
    let limits = limits(sample, form)
    let median = date(sample.quantile(0.5, type: frame.quantileType))
    return .text("\(median) (\(date(limits.lower)) to \(date(limits.upper)))")
  }

  /// Counts with percentages of the column; with percentages of the row the column of all rows would hold 100 only.
  private func shares(_ level: Int, _ levels: SummaryVariable.Levels) -> [TableCell] {
    let pooled = levels.pooledWeight(level)
    let totals = levels.weightTotals
    let groups = zip(levels.weights, totals).map { weights, total in
      TableCell.countPercent(weights[level], of: frame.percent == .column ? total : pooled)
    }
    let all: TableCell =
      frame.percent == .column
      ? .countPercent(pooled, of: CompensatedSum.of(totals)) : .quantity(Quantity(pooled), .count)
    return cells(all, groups)
  }

  private func comparison(_ variable: SummaryVariable, _ index: Int) -> [TableCell] {
    var cells: [TableCell] = []
    if showsDifference {
      let difference = Quantity(variable.standardisedDifference, otherwise: .notEstimable)
      cells.append(.quantity(difference, .number.digits(2)))
    }
    if let tests {
      let first = tests.indices.contains(index) ? tests[index].first : nil
      cells.append(.pValue(Quantity(first?.pValue, otherwise: .notEstimable)))
    }
    return cells
  }
}
