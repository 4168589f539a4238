// The table and the forest plot of a Cox model.

import Figures
import Presentation
import Survival

extension CoxAnalysis {
  func notes(_ style: JournalStyle) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes = [
      "Cox model, \(fit.model.options.ties.words), Wald intervals"
        + (fit.isRobust
          ? frame.clusters.map { ", robust variance over \($0.names.count) clusters" } ?? ", robust variance"
          : "")
    ]
    let model = univariable.isEmpty ? "" : "multivariable model: "
    notes.append("\(model)\(count(frame.cases.rows.count)) rows, \(count(fit.eventCount)) events")
    if !univariable.isEmpty {
      let isSame = univariable.allSatisfy { $0.frame.cases.rows.count == frame.cases.rows.count }
      notes.append(
        isSame ? "univariable models on the same rows" : "univariable models on all rows with the variable")
    }
    let adjusted = frame.design.adjustmentNote(frame.dataSet)
    if univariable.isEmpty {
      notes += [adjusted].compactMap(\.self)
    } else if let adjusted, adjusted != "unadjusted" {
      notes.append("multivariable estimates \(adjusted)")
    }
    var rules = frame.dataSet.compatibility
    rules.convergence = fit.model.options.convergence
    let chosen = rules.notes(Compatibility.convergenceChoice, Compatibility.nearEqualChoice)
    if rules.convergence != .logLikelihoodAndScore {
      let count = fit.convergence.iterations
      notes.append("\(count) \(count == 1 ? "iteration" : "iterations")")
    }
    notes += chosen
    notes += frame.design.contrastNotes
    if let strata = frame.strata { notes.append("stratified, \(strata.groups.count) strata") }
    if let landmark = frame.landmark { notes.append(landmark.note(unit: frame.times.unit, style)) }
    if !frame.times.eventNote.isEmpty { notes.append(frame.times.eventNote) }
    if let excluded = frame.cases.note(count: count) { notes.append(excluded) }
    if let test = fit.likelihoodRatioTest, !fit.isRobust {
      notes.append(test.note("likelihood ratio", style: style))
    }
    if let concordance = try? fit.concordance(), let value = concordance.estimate {
      let error =
        concordance.standardError.map { " (SE \(style.text(Quantity($0), ValueFormat(.number, digits: 3))))" }
        ?? ""
      notes.append("concordance \(style.text(Quantity(value), ValueFormat(.number, digits: 3)))\(error)")
    }
    for test in Self.nonlinearTests(fit, frame) {
      guard let statistic = test.statistic else { continue }
      notes.append(statistic.note("non-linearity of \(test.term)", style: style))
    }
    return notes + outcomeNotes(style)
  }

  func table(caption: String, notes: [String], style: JournalStyle) -> Table {
    let interval = "HR (\(IntervalWording.name(level: confidenceLevel, style: style.number)))"
    var columns = [TableColumn("Variable", alignment: .left)]
    if univariable.isEmpty {
      columns += [TableColumn("N"), TableColumn("Events"), TableColumn(interval), TableColumn("P")]
    } else {
      columns += ["N", "Events", interval, "P"].map { TableColumn($0, group: "Univariable") }
      columns += [interval, "P"].map { TableColumn($0, group: "Multivariable") }
    }
    let own = fit.coefficientTable
    let body = rows.rows.map { row -> TableRow in
      var cells: [TableCell] = [.text(row.printedLabel)]
      let single = univariableLine(row)
      if !univariable.isEmpty {
        cells +=
          single.map { counts(row, $0.frame, $0.row) + estimate($0.row, $0.fit, $0.table, $0.frame) }
          ?? Array(repeating: .empty, count: 4)
      } else {
        cells += counts(row, frame, row)
      }
      cells += estimate(row, fit, own, frame)
      return TableRow(cells, role: row.kind == .heading ? .header : .data, indent: row.indent)
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  private func counts(_ row: ModelRow, _ frame: CoxFrame, _ own: ModelRow) -> [TableCell] {
    guard row.kind != .heading else { return [.empty, .empty] }
    let (count, events) = frame.counts(of: own)
    return [.count(count), .count(events)]
  }

  private func estimate(
    _ row: ModelRow, _ fit: CoxFit, _ table: [CoxCoefficient], _ frame: CoxFrame
  ) -> [TableCell] {
    switch row.kind {
    case .heading:
      guard let term = jointTerm(row, frame), let test = fit.waldTest(term: term) else {
        return [.empty, .empty]
      }
      return [.empty, .pValue(Quantity(test.pValue))]
    case .reference: return [.reference, .empty]
    case .estimate:
      guard let column = row.column, table.indices.contains(column) else { return [.empty, .empty] }
      let coefficient = table[column]
      let p = coefficient.status == .estimated ? coefficient.quantity(coefficient.pValue) : .missing
      return [
        .estimate(row.printed(coefficient.ratio(level: confidenceLevel), isRatio: true), .ratio), .pValue(p),
      ]
    }
  }

  /// A term with several columns, for the P value on its heading line.
  private func jointTerm(_ row: ModelRow, _ frame: CoxFrame) -> CoxTerm? {
    guard let term = row.term, frame.design.terms.indices.contains(term) else { return nil }
    let found = frame.covariates.terms.first { $0.name == frame.design.terms[term].text }
    return found.flatMap { $0.columns.count > 1 ? $0 : nil }
  }

  /// The same line in the univariable model of its term.
  private func univariableLine(_ row: ModelRow) -> (
    row: ModelRow, fit: CoxFit, table: [CoxCoefficient], frame: CoxFrame
  )? {
    guard let index = row.term, frame.design.terms.indices.contains(index),
      let model = univariable.first(where: { $0.term == frame.design.terms[index].text })
    else { return nil }
    let lines = ModelRows(model.frame.design, dataSet: model.frame.dataSet).rows
    guard let line = lines.first(where: { $0.path == row.path && $0.kind == row.kind }) else { return nil }
    return (line, model.fit, model.fit.coefficientTable, model.frame)
  }

  // MARK: Figure

  /// The forest plot; `nil` when there is nothing to draw.
  func figure(
    title: String, request: FigureRequest = FigureRequest(), style: JournalStyle
  ) -> Figure? {
    let own = fit.coefficientTable
    guard own.contains(where: { $0.status == .estimated }) else { return nil }
    let heading = "HR (\(IntervalWording.name(level: confidenceLevel, style: style.number)))"
    let lines = rows.drawn.map { row -> ForestFigure.Row in
      let (count, events) = frame.counts(of: row)
      let isHeading = row.kind == .heading
      return ForestFigure.Row(
        row.printedLabel, kind: isHeading ? .heading : row.kind == .reference ? .reference : .estimate,
        indent: row.indent,
        cells: isHeading
          ? ["", ""] : [style.text(Quantity(count), .count), style.text(Quantity(events), .count)],
        estimates: [forestEstimate(row, own, style)])
    }
    return ForestFigure(
      id: id, title: title, labelHeading: "Variable",
      columns: ["N", "Events"],
      series: [ForestFigure.Series(heading: heading)], rows: lines,
      axisLabel: "Hazard ratio (\(IntervalWording.name(level: confidenceLevel, style: style.number)))"
    ).requested(request, style).figure()
  }

  private func forestEstimate(
    _ row: ModelRow, _ table: [CoxCoefficient], _ style: JournalStyle
  ) -> ForestFigure.Estimate? {
    switch row.kind {
    case .heading:
      guard let term = jointTerm(row, frame), let test = fit.waldTest(term: term) else { return nil }
      return ForestFigure.Estimate(text: "", pValue: style.pValue.text(test.pValue, style: style.number))
    case .reference: return ForestFigure.Estimate(value: 1, text: style.referenceText)
    case .estimate:
      guard let column = row.column, table.indices.contains(column) else { return nil }
      let ratio = row.printed(table[column].ratio(level: confidenceLevel), isRatio: true)
      let isEstimated = table[column].status == .estimated
      return ForestFigure.Estimate(
        value: ratio.value.number, lower: ratio.lower.number, upper: ratio.upper.number,
        text: style.cell(ratio, .ratio),
        pValue: isEstimated ? style.pValue.text(table[column].pValue, style: style.number) : "")
    }
  }
}
