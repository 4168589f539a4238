// The forest plot of every regression.

import Figures
import Presentation

extension RegressionTable {
  /// The forest plot of ratios on its pages; none when there is nothing to draw.
  func figures(
    id: String, title: String, request: FigureRequest = FigureRequest(), style: JournalStyle
  ) -> [Figure] {
    let drawn = lines.filter { !$0.isIntercept && !$0.isBasis }
    guard measure.isRatio, drawn.contains(where: { $0.effect.estimate?.value.number != nil }) else {
      return []
    }
    let rows = drawn.map { line in
      ForestFigure.Row(
        line.label,
        kind: line.kind == .heading ? .heading : line.kind == .reference ? .reference : .estimate,
        indent: line.indent,
        cells: line.counts.map { $0.map { style.text(Quantity($0), .count) } }
          ?? countHeadings.map { _ in "" },
        estimates: [forestEstimate(line, style)])
    }
    return ForestFigure(
      id: id, title: title, labelHeading: "Variable",
      columns: countHeadings, series: [ForestFigure.Series(heading: heading(style))], rows: rows,
      axisLabel: "\(measure.words.capitalizedFirst) (\(interval(style)))"
    ).requested(request, style).pages()
  }

  private func forestEstimate(_ line: Line, _ style: JournalStyle) -> ForestFigure.Estimate? {
    let p = line.effect.pValue?.number.map { style.pValue.text($0, style: style.number) }
    switch line.kind {
    case .heading: return p.map { ForestFigure.Estimate(text: "", pValue: $0) }
    case .reference: return ForestFigure.Estimate(value: 1, text: style.referenceText)
    case .estimate:
      return line.effect.estimate.map { ratio in
        ForestFigure.Estimate(
          value: ratio.value.number, lower: ratio.lower.number, upper: ratio.upper.number,
          text: style.cell(ratio, .ratio), pValue: p ?? "")
      }
    }
  }
}
