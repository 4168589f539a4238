// The ROC curve and the calibration of a binary model on its own rows.

import Figures
import HypothesisTests
import Presentation
import Regression

extension GeneralizedLinearPerformance {
  /// Both figures, as blocks named `roc` and `calibration`.
  func figures(id: String, request: FigureRequest, style: JournalStyle) -> [OutputBlock] {
    var blocks: [OutputBlock] = []
    if curve.area != nil {
      blocks.append(
        .figure(
          rocFigure(id: id, request, style), name: "roc", caption: "Discrimination on the rows of the fit"))
    }
    if hosmerLemeshow.groups.count > 1 {
      let caption = "Calibration on the rows of the fit, in groups of similar predictions"
      blocks.append(
        .figure(calibrationFigure(id: id, request, style), name: "calibration", caption: caption))
    }
    return blocks
  }

  private func rocFigure(id: String, _ request: FigureRequest, _ style: JournalStyle) -> Figure {
    let three = ValueFormat(.number, digits: 3)
    return ROCFigure(
      id: "\(id)-roc", title: "ROC curve",
      curves: [
        ROCFigure.Curve(
          name: "Model", detail: "AUC " + style.cell(area, three),
          points: curve.points.reversed().map { (1 - $0.specificity, $0.sensitivity) })
      ], style: request.style(style)
    ).figure()
  }

  private func calibrationFigure(id: String, _ request: FigureRequest, _ style: JournalStyle) -> Figure {
    let groups = hosmerLemeshow.groups.compactMap { group -> CalibrationFigure.Group? in
      guard let proportion = Proportion(successes: Int(group.observed), trials: group.count) else {
        return nil
      }
      let limits = proportion.wilson(confidenceLevel: level)
      return CalibrationFigure.Group(
        predicted: group.expected / Double(group.count), observed: group.observed / Double(group.count),
        lower: limits.lower,
        upper: limits.upper)
    }
    let test = hosmerLemeshow.pValue.map { ["Hosmer–Lemeshow " + style.pSentence(Quantity($0))] } ?? []
    return CalibrationFigure(
      id: "\(id)-calibration", title: "Calibration", groups: groups, predictions: probabilities,
      annotations: test, style: request.style(style)
    ).figure()
  }
}
