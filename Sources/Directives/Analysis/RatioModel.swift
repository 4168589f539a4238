// Ratios per line of a model: values, table and forest plot of models other than Cox's.

import Expressions
import Figures
import ModelFormula
import Presentation
import Survival

/// What a model's exponentiated coefficients are.
struct RatioMeasure: Sendable {
  /// Of result names: `hr` in `ID["age"].hr`.
  let name: String
  /// Of table headings: HR.
  let abbreviation: String
  /// Of the figure's axis.
  let words: String

  static let odds = RatioMeasure(name: "or", abbreviation: "OR", words: "Odds ratio")
  static let hazard = RatioMeasure(name: "hr", abbreviation: "HR", words: "Hazard ratio")
  static let subdistributionHazard = RatioMeasure(
    name: "shr", abbreviation: "SHR", words: "Subdistribution hazard ratio")
  static let time = RatioMeasure(name: "time_ratio", abbreviation: "Time ratio", words: "Time ratio")
}

/// A coefficient with the ratio that is read from it.
struct RatioCoefficient: Sendable {
  let coefficient: Quantity
  let standardError: Quantity
  let z: Quantity
  let pValue: Quantity
  let ratio: Estimate

  var isEstimated: Bool { coefficient.number != nil }
}

extension RatioCoefficient {
  init(_ coefficient: CoxCoefficient, level: Double) {
    self.coefficient = coefficient.quantity(coefficient.coefficient)
    standardError = coefficient.quantity(coefficient.robustStandardError ?? coefficient.standardError)
    z = coefficient.quantity(coefficient.z)
    pValue = coefficient.quantity(coefficient.pValue)
    ratio = coefficient.ratio(level: level)
  }
}

/// The lines of a model with their ratios.
struct RatioModel: Sendable {
  let id: String
  let measure: RatioMeasure
  let design: DesignMatrix
  let rows: ModelRows
  /// By column of the design.
  let coefficients: [RatioCoefficient]
  /// Joint Wald tests by term of the design; where a term has several columns.
  let termTests: [Int: TestStatistic]
  /// Rows and events behind each line.
  let counts: @Sendable (ModelRow) -> (count: Int, events: Int)
  let eventHeading: String
  let level: Double

  // MARK: Values

  func addValues(to values: inout ResultValues) {
    for row in rows.rows {
      if row.kind != .heading {
        let (count, events) = counts(row)
        values.add(row.path + ".n", count: count)
        values.add(row.path + ".events", count: events)
      }
      if row.kind == .reference { values.add(row.path + "." + measure.name, 1, .ratio) }
      guard let coefficient = coefficient(row) else { continue }
      values.add(row.path + "." + measure.name, coefficient.ratio, .ratio)
      row.addPerUnits(coefficient.ratio, named: measure.name, at: row.path, to: &values)
      values.add(row.path + ".coefficient", coefficient.coefficient, .coefficient)
      values.add(row.path + ".se", coefficient.standardError, .coefficient)
      values.add(row.path + ".z", coefficient.z, .statistic)
      values.add(row.path + ".p", coefficient.pValue, .pValue)
    }
    for (index, term) in design.terms.enumerated() {
      guard let test = termTests[index] else { continue }
      values.add(
        ModelRows.path([term.text]) + ".wald", statistic: test.statistic,
        degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
  }

  private func coefficient(_ row: ModelRow) -> RatioCoefficient? {
    guard row.kind == .estimate, let column = row.column, coefficients.indices.contains(column) else {
      return nil
    }
    return coefficients[column]
  }

  private func termTest(_ row: ModelRow) -> TestStatistic? {
    guard let term = row.term, design.terms.indices.contains(term), design.terms[term].columns.count > 1
    else { return nil }
    return termTests[term]
  }

  // MARK: Table

  func heading(_ style: JournalStyle) -> String {
    "\(measure.abbreviation) (\(IntervalWording.name(level: level, style: style.number)))"
  }

  func table(caption: String, notes: [String], style: JournalStyle) -> Table {
    let columns = [
      TableColumn("Variable", alignment: .left), TableColumn("N"), TableColumn(eventHeading),
      TableColumn(heading(style)), TableColumn("P"),
    ]
    let body = rows.rows.map { row -> TableRow in
      TableRow(
        [.text(row.printedLabel)] + countCells(row) + estimateCells(row),
        role: row.kind == .heading ? .header : .data, indent: row.indent)
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  func countCells(_ row: ModelRow) -> [TableCell] {
    guard row.kind != .heading else { return [.empty, .empty] }
    let (count, events) = counts(row)
    return [.count(count), .count(events)]
  }

  func estimateCells(_ row: ModelRow) -> [TableCell] {
    switch row.kind {
    case .heading: return [.empty, termTest(row).map { .pValue(Quantity($0.pValue)) } ?? .empty]
    case .reference: return [.reference, .empty]
    case .estimate:
      guard let coefficient = coefficient(row) else { return [.empty, .empty] }
      return [
        .estimate(row.printed(coefficient.ratio, isRatio: true), .ratio),
        .pValue(coefficient.isEstimated ? coefficient.pValue : .missing),
      ]
    }
  }

  // MARK: Figure

  /// The forest plot; `nil` when there is nothing to draw.
  func figure(
    title: String, request: FigureRequest = FigureRequest(), style: JournalStyle
  ) -> Figure? {
    guard coefficients.contains(where: \.isEstimated) else { return nil }
    let lines = rows.drawn.map { row -> ForestFigure.Row in
      let (count, events) = counts(row)
      let isHeading = row.kind == .heading
      return ForestFigure.Row(
        row.printedLabel, kind: isHeading ? .heading : row.kind == .reference ? .reference : .estimate,
        indent: row.indent,
        cells: isHeading
          ? ["", ""] : [style.text(Quantity(count), .count), style.text(Quantity(events), .count)],
        estimates: [forestEstimate(row, style)])
    }
    let interval = IntervalWording.name(level: level, style: style.number)
    return ForestFigure(
      id: id, title: title, labelHeading: "Variable",
      columns: ["N", eventHeading], series: [ForestFigure.Series(heading: heading(style))], rows: lines,
      axisLabel: "\(measure.words) (\(interval))"
    ).requested(request, style).figure()
  }

  private func forestEstimate(_ row: ModelRow, _ style: JournalStyle) -> ForestFigure.Estimate? {
    func p(_ value: Double) -> String { style.pValue.text(value, style: style.number) }
    switch row.kind {
    case .heading: return termTest(row).map { ForestFigure.Estimate(text: "", pValue: p($0.pValue)) }
    case .reference: return ForestFigure.Estimate(value: 1, text: style.referenceText)
    case .estimate:
      guard let coefficient = coefficient(row) else { return nil }
      let ratio = row.printed(coefficient.ratio, isRatio: true)
      return ForestFigure.Estimate(
        value: ratio.value.number, lower: ratio.lower.number, upper: ratio.upper.number,
        text: style.cell(ratio, .ratio),
        pValue: coefficient.isEstimated ? coefficient.pValue.number.map(p) ?? "" : "")
    }
  }
}

/// The rows of an analysis that nothing else builds on, for the flow of patients.
struct AnalysedCases: AnalysedRows {
  let id: String
  let dataSet: DataSet
  let cases: CompleteCases
}
