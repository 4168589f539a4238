// What stands under the table of a generalised linear model, and its warnings.

import Diagnostics
import ModelFormula
import Presentation
import Regression

extension GeneralizedLinearAnalysis {
  func notes(robust kinds: [RegressionOptions.RobustVariance], style: JournalStyle) -> [String] {
    func text(_ value: Double?, _ format: ValueFormat) -> String {
      style.text(Quantity(value, otherwise: .notEstimable), format)
    }
    let variance = frame.varianceWords(kinds)
    let intervals: String =
      if case .firth = result {
        "profile penalised-likelihood intervals and tests"
      } else {
        coefficients.showsProfile && coefficients.ratio != nil
          ? "profile-likelihood intervals, Wald tests" : "Wald intervals"
      }
    let manner = settings.manner.isEmpty ? "" : ", " + settings.manner
    var notes = [
      "\(settings.words) of \(frame.response.label.withinSentence)\(manner), \(intervals)\(variance)"
    ]
    let total = total
    let grouped: String =
      if case .counts = frame.values { " in \(text(Double(frame.cases.rows.count), .count)) rows" } else {
        ""
      }
    notes.append(
      grouped.isEmpty
        ? "\(text(Double(total.count), .count)) rows"
        : "\(text(Double(total.count), .count)) trials\(grouped)")
    if let events = total.events { notes[1] += ", \(text(Double(events), .count)) events" }
    if !univariable.isEmpty { notes[1] = "multivariable model: " + notes[1] }
    notes += UnivariableModel.notes(univariable, frame)
    switch result {
    case .likelihood(let fit):
      if fit.family.hasFixedDispersion {
        notes += likelihoodRatio(fit.overallTest, style)
        notes += [poissonDispersion(fit, style)].compactMap(\.self)
      } else {
        notes.append("dispersion \(text(fit.dispersion, .number))")
        if let test = fit.overallFTest { notes += overallF(test, style) }
        if let aic = fit.aic { notes.append("AIC \(text(aic, .statistic))") }
      }
    case .negativeBinomial(let joint):
      if joint.thetaStatus == .unbounded {
        notes.append("θ grows without bound: no more variance than Poisson's")
      } else {
        let error = joint.thetaStandardError.map { " (SE \(text($0, .number)))" } ?? ""
        notes.append("θ \(text(joint.theta, .number))\(error)")
      }
      notes += likelihoodRatio(joint.fit.overallTest, style).map { $0 + " at this θ" }
      notes.append("AIC \(text(joint.aic, .statistic))")
    case .firth(let fit): notes += likelihoodRatio(fit.overallTest, style)
    }
    notes += coefficients.jointTestNotes(frame, style)
    if let performance { notes += performance.notes(style) }
    notes += frame.notes(style, isCompared: !univariable.isEmpty)
    if result.isSeparated || univariable.contains(where: \.coefficients.hasWithheld) {
      notes.append("withheld: the likelihood has no maximum in this coefficient (separation)")
    }
    return notes
  }

  /// Not beside a robust variance, which says that the likelihood is not that of the rows.
  private func likelihoodRatio(_ test: TermTest, _ style: JournalStyle) -> [String] {
    guard !coefficients.isRobust, let statistic = test.statistic, let p = test.pValue,
      test.degreesOfFreedom > 0
    else { return [] }
    return [
      "likelihood ratio χ² = \(style.text(Quantity(statistic), .statistic)), df \(test.degreesOfFreedom), "
        + style.pSentence(Quantity(p))
    ]
  }

  private func overallF(_ test: TermTest, _ style: JournalStyle) -> [String] {
    guard !coefficients.isRobust, let statistic = test.statistic, let p = test.pValue,
      let residual = test.denominatorDegreesOfFreedom
    else { return [] }
    return [
      "F = \(style.text(Quantity(statistic), .statistic)), df \(test.degreesOfFreedom) and \(residual), "
        + style.pSentence(Quantity(p))
    ]
  }

  /// Counts that vary more than Poisson's make the model's standard errors too small.
  private func poissonDispersion(_ fit: GeneralizedLinearFit, _ style: JournalStyle) -> String? {
    guard fit.family.isPoisson, hasTellingCounts, let ratio = fit.pearsonDispersion else { return nil }
    let words = "Pearson χ²/df \(style.text(Quantity(ratio), .number))"
    guard ratio > 1, let excess = fit.overdispersionPValue, excess < 0.05 else { return words }
    return words + ": the counts vary more than Poisson's"
      + (coefficients.isRobust
        ? ""
        : ", standard errors are too small (negative-binomial, quasi-poisson or robust: hc0 allow for it)")
  }

  /// Whether Pearson's χ² tells anything of the variance: its distribution needs expected counts of about 1 and more (McCullagh and
  /// Nelder 1989, §4.5 and 6.2). Of events by person it mirrors the lengths of follow-up and not the counts.
  private var hasTellingCounts: Bool {
    guard case .numbers(let values) = frame.values, !values.isEmpty else { return false }
    return values.reduce(0, +) >= Double(values.count)
  }

  // MARK: Warnings

  func warnings() -> [Diagnostic] {
    var warnings = frame.designWarnings(coefficients.model)
    let model = coefficients.model
    let diverging = model.indices.filter {
      model[$0].status == .divergesUpward || model[$0].status == .divergesDownward
    }
    if !diverging.isEmpty {
      let names = frame.design.named(diverging) { model[$0].name }
      let isLogistic = settings.isBinary && settings.family.link == .logit
      warnings.append(
        Diagnostic(
          .warning, .separation,
          "separation: the likelihood keeps rising with \(names), whose estimate is withheld",
          at: frame.range(ofColumn: diverging.first { frame.design.columns[$0].origin.term != nil }),
          remedy: isLogistic
            ? "join levels, or fit with 'firth: true'" : "join levels, or leave the term out",
          notes: NamedLevels.few(emptyCells(diverging)).map { Diagnostic.Note($0) }))
    }
    let formula = frame.formula.source.range()
    switch result.status {
    case .iterationLimit, .stepHalvingFailed:
      warnings.append(
        Diagnostic(
          .warning, .notConverged, "the fit did not converge in \(result.iterations) iterations", at: formula,
          remedy: "look for columns of very different scales, few events, or near-collinearity",
          notes: trace.map { [Diagnostic.Note($0)] } ?? []))
    case .converged, .separated, .noValidStart: break
    }
    if case .negativeBinomial(let joint) = result, joint.thetaStatus != .converged {
      warnings.append(
        Diagnostic(
          .warning, .notConverged,
          joint.thetaStatus == .unbounded
            ? "θ grows without bound: the counts vary no more than Poisson's"
            : "the estimate of θ did not converge",
          at: formula, remedy: "use poisson"))
    }
    if let warning = fewEvents(at: formula) { warnings.append(warning) }
    return warnings
  }

  /// How the deviance went: "deviance by iteration: 31.2, 30.8, 30.8".
  private var trace: String? {
    guard let deviances = result.fit?.devianceTrace, !deviances.isEmpty else { return nil }
    let last = deviances.suffix(6).map { NumberFormat.significant($0, digits: 7) }
    return "deviance by iteration: \(deviances.count > 6 ? "…, " : "")" + last.joined(separator: ", ")
  }

  private func fewEvents(at range: SourceRange) -> Diagnostic? {
    let parameters = coefficients.model.indices.count { column in
      frame.design.columns[column].origin.term != nil && coefficients.model[column].status != .aliased
    }
    let total = total
    guard let events = total.events, parameters > 0, settings.isBinary else { return nil }
    if case .firth = result { return nil }
    let rarer = min(events, total.count - events)
    // Without a single one the warning of separation says it all.
    guard rarer > 0, Double(rarer) / Double(parameters) < 5 else { return nil }
    let ratio = (Double(rarer) / Double(parameters) * 10).rounded() / 10
    let what = rarer == events ? "events" : "rows without the event"
    return Diagnostic(
      .warning, .fewEvents,
      "\(rarer) \(what) for \(parameters) parameter\(parameters == 1 ? "" : "s") (\(ratio) each): estimates are unstable",
      at: range,
      remedy: "fit fewer terms, or penalise with 'firth: true'")
  }

  /// Which levels of the separated terms have no events, or no rows without: each level once.
  private func emptyCells(_ columns: [Int]) -> [String] {
    let terms = Set(columns.compactMap { frame.design.columns[$0].origin.term })
    return rows.rows.filter { row in
      guard row.members != nil, let term = row.term, terms.contains(term) else { return false }
      return row.kind == .reference || row.column.map { columns.contains($0) } ?? false
    }.compactMap { row in
      emptyCell(row).map { cell in
        let heading = rows.rows.first { $0.kind == .heading && $0.term == row.term }?.label
        return (heading.map { "\($0) " } ?? "") + "\(row.label): \(cell)"
      }
    }
  }

  private func emptyCell(_ row: ModelRow) -> String? {
    let (count, events) = counts(of: row)
    if NamedLevels.isSmall(count) { return nil }
    if let events {
      if events == 0 { return "none of \(count) rows has the event" }
      if events == count { return "all \(count) rows have the event" }
      return nil
    }
    guard case .numbers(let values) = frame.values, let members = row.members else { return nil }
    let isEmpty = values.indices.allSatisfy { !members.contains($0) || values[$0] == 0 }
    return isEmpty ? "the response is 0 in all \(count) rows" : nil
  }
}
