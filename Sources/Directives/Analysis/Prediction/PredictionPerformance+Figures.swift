// Calibration at each horizon, and the area under the curve over time.

import Figures
import Presentation
import Survival

extension PredictionPerformance {
  func figures(
    id: String, caption: String, title: String, request: FigureRequest, style: JournalStyle
  ) -> [OutputBlock] {
    var blocks: [OutputBlock] = []
    for (index, calibration) in calibrations.enumerated() {
      let time = TimeText.words(calibration.time, unit: evaluated.times.unit, style: style)
      let name = index == 0 ? nil : "calibration\(index + 1)"
      let words = ": calibration at \(time)"
      let figure = calibrationFigure(
        calibration, id: name.map { "\(id)-\($0)" } ?? id, title: title + words, time: time, request, style)
      blocks.append(.figure(figure, name: name, caption: caption + words))
    }
    guard times.count > 1, let figure = areaFigure(id: "\(id)-auc", title: title, request, style) else {
      return blocks
    }
    blocks.append(.figure(figure, name: "auc", caption: "\(caption): discrimination over time"))
    return blocks
  }

  private func calibrationFigure(
    _ calibration: SurvivalCalibration, id: String, title: String, time: String, _ request: FigureRequest,
    _ style: JournalStyle
  ) -> Figure {
    let smooth = calibration.smooth?.points.map { point in
      ScaledResidualFigure.Place(
        x: point.predicted, y: point.observed, lower: point.confidenceInterval.lower,
        upper: point.confidenceInterval.upper)
    }
    let groups = calibration.groups.compactMap { group in
      group.observed.map {
        CalibrationFigure.Group(
          predicted: group.predicted, observed: $0, lower: group.confidenceInterval.lower,
          upper: group.confidenceInterval.upper)
      }
    }
    var notes: [String] = []
    if let ratio = calibration.observedOverExpected {
      notes.append("Observed/expected \(style.text(Quantity(ratio), .ratio))")
    }
    if let distance = calibration.smooth?.meanDistance {
      notes.append(
        "Integrated calibration index \(style.text(Quantity(distance), ValueFormat(.proportion, digits: 3)))")
    }
    return CalibrationFigure(
      id: id, title: title, groups: groups, smooth: smooth ?? [],
      predictions: evaluated.predictor.survival(at: calibration.time).map { 1 - $0 },
      predictedLabel: request.labels.x ?? "Predicted risk by \(time), %",
      observedLabel: request.labels.y ?? "Observed risk by \(time), %", annotations: notes,
      style: request.style(style)
    ).figure()
  }

  /// The area at up to 40 event times between the first and the last horizon, for the line of the figure.
  private var between: [TimeDependentAUC] {
    guard let first = times.min(), let last = times.max() else { return [] }
    let outcome = evaluated.outcome
    let inside = Set(
      outcome.time.indices.lazy.map { outcome.event[$0] != 0 ? outcome.time[$0] : .nan }
        .filter { $0 > first && $0 < last }
    ).subtracting(times).sorted()
    let most = outcome.rowCount > 50_000 ? 10 : 40
    let used =
      inside.count <= most
      ? inside : (0..<most).map { inside[$0 * (inside.count - 1) / (most - 1)] }
    return (try? TimeDependentAUC.estimate(evaluated.linearPredictor, outcome: outcome, times: used)) ?? []
  }

  private func areaFigure(id: String, title: String, _ request: FigureRequest, _ style: JournalStyle)
    -> Figure?
  {
    let points = (areas + between).sorted { $0.time < $1.time }.compactMap {
      area -> ScaledResidualFigure.Place? in
      guard let value = area.estimate else { return nil }
      let interval = area.confidenceInterval(level: level)
      return ScaledResidualFigure.Place(x: area.time, y: value, lower: interval.lower, upper: interval.upper)
    }
    guard points.count > 1 else { return nil }
    return TimeDependentAUCFigure(
      id: id, title: "\(title): discrimination over time",
      scores: [TimeDependentAUCFigure.Score(name: "", points: points)],
      timeAxis: request.timeAxis(
        unit: evaluated.times.unit, words: evaluated.times.label, longest: evaluated.outcome.time.max() ?? 0),
      style: request.style(style)
    ).figure()
  }
}
