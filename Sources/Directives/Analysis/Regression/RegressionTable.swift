// The table and the forest plot of a regression.

import Diagnostics
import Figures
import ModelFormula
import Presentation
import Regression

/// Lines of a regression with what they show.
struct RegressionTable {
  let frame: RegressionFrame
  let rows: ModelRows
  let coefficients: RegressionCoefficients
  /// Whether the intercept has a line: ratios of it mean little.
  let showsIntercept: Bool
  /// Headings of the counts of each line: N, Events.
  let countHeadings: [String]
  let counts: (ModelRow) -> [Int]

  private var lines: [ModelRow] { rows.rows.filter { showsIntercept || $0.term != nil } }

  private func interval(_ style: JournalStyle) -> String {
    IntervalWording.name(level: coefficients.level, style: style.number)
  }

  func table(caption: String, notes: [String], style: JournalStyle) -> Table {
    let columns =
      [TableColumn("Variable", alignment: .left)] + countHeadings.map { TableColumn($0) }
      + [TableColumn("\(coefficients.heading) (\(interval(style)))"), TableColumn("P")]
    let body = lines.map { row -> TableRow in
      let counted: [TableCell] =
        row.kind == .heading || row.term == nil
        ? countHeadings.map { _ in .empty } : counts(row).map { .count($0) }
      return TableRow(
        [.text(row.printedLabel)] + counted + estimate(row, style),
        role: row.kind == .heading ? .header : .data,
        indent: row.indent)
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  private func estimate(_ row: ModelRow, _ style: JournalStyle) -> [TableCell] {
    switch row.kind {
    case .heading:
      guard let test = jointTest(row) else { return [.empty, .empty] }
      return [.empty, .pValue(Quantity(test))]
    case .reference:
      guard coefficients.ratio == nil else { return [.reference, .empty] }
      // Styles write "1 (reference)"; a difference from oneself is 0.
      let words = style.referenceText
      return [.text(words.hasPrefix("1") ? "0" + words.dropFirst() : words), .empty]
    case .estimate:
      guard let column = row.column, coefficients.shown.indices.contains(column) else {
        return [.empty, .empty]
      }
      return [
        .estimate(
          row.printed(coefficients.estimate(column), isRatio: coefficients.ratio != nil), coefficients.format),
        .pValue(coefficients.pValue(column)),
      ]
    }
  }

  /// The P value of a term with several columns.
  private func jointTest(_ row: ModelRow) -> Double? {
    guard let term = row.term, frame.design.terms.indices.contains(term),
      frame.design.terms[term].columns.count > 1
    else { return nil }
    return coefficients.jointTest(Array(frame.design.terms[term].columns))?.pValue
  }

  /// The forest plot of ratios; `nil` when there is nothing to draw.
  func figure(
    id: String, title: String, request: FigureRequest = FigureRequest(), style: JournalStyle
  ) -> Figure? {
    guard let ratio = coefficients.ratio,
      rows.rows.contains(where: { row in
        row.term != nil && row.column.map { coefficients.shown[$0].status == .estimated } ?? false
      })
    else { return nil }
    let forest = rows.drawn.filter { $0.term != nil }.map { row in
      ForestFigure.Row(
        row.printedLabel,
        kind: row.kind == .heading ? .heading : row.kind == .reference ? .reference : .estimate,
        indent: row.indent,
        cells: row.kind == .heading
          ? countHeadings.map { _ in "" } : counts(row).map { style.text(Quantity($0), .count) },
        estimates: [forestEstimate(row, style)])
    }
    let words = ratio.words.capitalizedFirst
    return ForestFigure(
      id: id, title: title, labelHeading: "Variable",
      columns: countHeadings,
      series: [ForestFigure.Series(heading: "\(ratio.heading) (\(interval(style)))")], rows: forest,
      axisLabel: "\(words) (\(interval(style)))"
    ).requested(request, style).figure()
  }

  private func forestEstimate(_ row: ModelRow, _ style: JournalStyle) -> ForestFigure.Estimate? {
    switch row.kind {
    case .heading:
      return jointTest(row).map {
        ForestFigure.Estimate(text: "", pValue: style.pValue.text($0, style: style.number))
      }
    case .reference: return ForestFigure.Estimate(value: 1, text: style.referenceText)
    case .estimate:
      guard let column = row.column, coefficients.shown.indices.contains(column) else { return nil }
      let ratio = row.printed(coefficients.estimate(column), isRatio: true)
      let p = coefficients.pValue(column).number
      return ForestFigure.Estimate(
        value: ratio.value.number, lower: ratio.lower.number, upper: ratio.upper.number,
        text: style.cell(ratio, .ratio), pValue: p.map { style.pValue.text($0, style: style.number) } ?? "")
    }
  }
}

extension RegressionFrame {
  /// What a term is called in print.
  func label(ofTerm name: String) -> String {
    name.split(separator: ":").map { part in
      let variable = design.schema.terms.variables.first { $0.text == part }
      return variable.map { dataSet.printedName(of: $0) } ?? dataSet.table[String(part)]?.label
        ?? String(part)
    }.joined(separator: " × ")
  }

  /// Rows, weights, clusters and what was left out, for the note under a table.
  func notes(_ style: JournalStyle) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes: [String] = []
    if let event = response.eventNote { notes.append(event) }
    notes += [design.adjustmentNote(dataSet)].compactMap(\.self) + design.contrastNotes
    if weights != nil { notes.append("weighted") }
    if offset != nil { notes.append("with offset") }
    if let excluded = cases.note(count: count) { notes.append(excluded) }
    return notes
  }

  /// Warnings about aliased columns and about the design.
  func designWarnings(_ coefficients: [CoefficientRow]) -> [Diagnostic] {
    var warnings = model.diagnostics + design.diagnostics
    let aliased = coefficients.indices.filter { coefficients[$0].status == .aliased }
    if !aliased.isEmpty {
      let names = aliased.map { "'\(coefficients[$0].name)'" }.joined(separator: ", ")
      warnings.append(
        Diagnostic(
          .warning, .aliased,
          "\(names) is aliased: other columns of the model determine it, so it is not estimable",
          at: range(ofColumn: aliased.first),
          remedy: "remove it from the formula, or one of the columns it depends on"))
    }
    return warnings
  }
}
