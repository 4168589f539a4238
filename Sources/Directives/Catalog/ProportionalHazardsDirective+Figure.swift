// The figure of a test of proportional hazards: residuals against time, smoothed.

import Figures
import Presentation
import Survival

extension ProportionalHazardsDirective {
  /// One panel per term; no figure when no term has residuals.
  static func residualFigures(
    _ test: ProportionalHazardsTest, _ analysis: CoxAnalysis, id: String, title: String,
    request: FigureRequest, style: JournalStyle
  ) -> [Figure] {
    let points = test.residuals
    let hasOwnLabel = request.labels.y != nil
    let panels = points.termNames.indices.compactMap {
      panel($0, test, analysis, style, hasOwnLabel: hasOwnLabel)
    }
    guard !panels.isEmpty else { return [] }
    let times = analysis.frame.times
    var figure = ScaledResidualFigure(
      id: id, title: title, panels: panels,
      timeAxis: request.timeAxis(
        unit: times.unit, words: times.label, longest: analysis.frame.outcome.time.max() ?? 0),
      valueLabel: request.labels.y ?? "Coefficient β(t)", style: request.style(style))
    // As R's `plot.cox.zph`: where the test sees time, with the times themselves at the ticks.
    if test.transform != .identity {
      figure.timeScale = TransformedTimeScale(times: points.time, places: points.transformedTime)
      if request.labels.x == nil { figure.timeAxis.label += ", \(test.transform.scaleWords)" }
    }
    return figure.pages()
  }

  private static func panel(
    _ term: Int, _ test: ProportionalHazardsTest, _ analysis: CoxAnalysis, _ style: JournalStyle,
    hasOwnLabel: Bool
  ) -> ScaledResidualFigure.Panel? {
    let points = test.residuals
    guard points.values.indices.contains(term), points.variances.indices.contains(term) else { return nil }
    let values = points.values[term]
    let known = values.indices.filter { values[$0].isFinite && points.transformedTime[$0].isFinite }
      .sorted { points.time[$0] < points.time[$1] }
    guard !known.isEmpty else { return nil }
    let smooth = ScaledResidualSmooth(
      times: known.map { points.transformedTime[$0] }, values: known.map { values[$0] },
      variance: points.variances[term])
    let name = points.termNames[term]
    let pValue = test.terms.first { $0.name == name }?.test?.pValue
    let place: (Int) -> Double = {
      test.transform == .identity ? points.time[$0] : points.transformedTime[$0]
    }
    // Residuals of a term of several coefficients are taken along its fitted effect, of which they are multiples.
    let isMultiple = columnCount(name, analysis) > 1
    return ScaledResidualFigure.Panel(
      name: label(of: name, analysis),
      residuals: known.map { ScaledResidualFigure.Place(x: place($0), y: values[$0]) },
      smooth: smooth.map { curve($0, known, points, place) } ?? [], coefficient: coefficient(name, analysis),
      note: pValue.map { style.pSentence(Quantity($0)) } ?? "",
      valueLabel: isMultiple && !hasOwnLabel ? "Multiple of the fitted effect" : nil)
  }

  /// The smooth at up to a hundred of the event times.
  private static func curve(
    _ smooth: ScaledResidualSmooth, _ events: [Int], _ points: ScaledResidualPoints,
    _ place: (Int) -> Double
  ) -> [ScaledResidualFigure.Place] {
    var places: [ScaledResidualFigure.Place] = []
    let count = min(events.count, 100)
    for step in 0..<count {
      let event = events[count == 1 ? 0 : step * (events.count - 1) / (count - 1)]
      guard places.last.map({ $0.x < place(event) }) ?? true else { continue }
      let found = smooth.at(points.transformedTime[event])
      places.append(
        ScaledResidualFigure.Place(x: place(event), y: found.value, lower: found.lower, upper: found.upper))
    }
    return places
  }

  private static func columnCount(_ name: String, _ analysis: CoxAnalysis) -> Int {
    analysis.fit.model.design.terms.first { $0.name == name }?.columns.count ?? 1
  }

  /// What the residuals scatter about when hazards are proportional.
  private static func coefficient(_ name: String, _ analysis: CoxAnalysis) -> Double? {
    let fit = analysis.fit
    if columnCount(name, analysis) > 1 { return 1 }
    let column =
      fit.model.design.terms.first { $0.name == name }?.columns.first ?? fit.names.firstIndex(of: name)
    guard let column, fit.coefficients.indices.contains(column) else { return nil }
    let value = fit.coefficients[column]
    return value.isNaN ? nil : value
  }
}

extension TimeTransform {
  /// Beside the unit of an axis.
  fileprivate var scaleWords: String {
    switch self {
    case .kaplanMeier: "Kaplan–Meier scale"
    case .identity: "linear scale"
    case .log: "log scale"
    case .rank: "scale of ranks"
    }
  }
}
