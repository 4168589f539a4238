// The table of a Cox model and what stands under it.

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
    let patients = frame.patients.map { " of \(count($0.count())) patients" } ?? ""
    notes.append(
      "\(model)\(count(frame.cases.rows.count)) rows\(patients), \(count(fit.eventCount)) events")
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
    notes += frame.design.contrastNotes(frame.dataSet) + frame.design.interactionNotes(frame.dataSet)
    if let strata = frame.strata {
      let names = frame.model.terms.strata.map { frame.model.label(of: $0).withinSentence }
      notes.append("stratified by \(names.joined(separator: " and ")), \(strata.groups.count) strata")
    }
    if let offset = frame.design.offsetNote(frame.dataSet) {
      notes.append(offset)
    } else if frame.offset != nil {
      notes.append("with offset")
    }
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
    return notes + jointTestNotes(style) + outcomeNotes(style)
  }

  func jointTestNotes(_ style: JournalStyle) -> [String] {
    frame.design.jointTestNotes(frame.dataSet, style) { columns, direction in
      fit.waldTest(columns: columns, along: direction).map { JointTest($0) }
    }
  }

  /// Lines with counts, hazard ratio and P value, those of the univariable models before them.
  func table(countHeadings headings: [String]? = nil) -> RegressionTable {
    let countHeadings =
      headings ?? [PatientCodes.heading(frame.patients, hasEntry: frame.hasEntry), "Events"]
    let singles = univariable.map { (term: $0.term, effects: effects($0.fit, $0.frame, $0.rows)) }
    return RegressionTable(
      measure, effects(fit, frame, rows), countHeadings: countHeadings, level: confidenceLevel,
      univariable: singles.isEmpty
        ? nil
        : { row in
          guard let index = row.term, frame.design.terms.indices.contains(index),
            let single = singles.first(where: { $0.term == frame.design.terms[index].text })?.effects,
            let line = single.rows.rows.first(where: { $0.path == row.path && $0.kind == row.kind })
          else { return nil }
          return (line, single)
        })
  }

  private func effects(_ fit: CoxFit, _ frame: CoxFrame, _ rows: ModelRows) -> RegressionEffects {
    RegressionEffects(
      rows: rows,
      columns: fit.coefficientTable.map { ModelCoefficient($0, level: confidenceLevel).effect },
      jointPValues: frame.design.jointPValues(frame.design.termTests { fit.waldTest(columns: $0) }),
      counts: { row in
        let (count, events) = frame.printedCounts(of: row)
        return [count, events]
      })
  }
}
