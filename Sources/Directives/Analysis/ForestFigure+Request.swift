// What an author may change about a forest plot.

import Figures
import Presentation

extension ForestFigure {
  /// The same figure as the author asked for it.
  func requested(_ request: FigureRequest, _ style: JournalStyle) -> ForestFigure {
    var figure = self
    figure.style = request.style(style)
    figure.series = series.map { $0.lettered(style) }
    figure.interactionHeading = style.lettered(interactionHeading)
    if let label = request.labels.x { figure.axisLabel = label }
    if let heading = request.labels.y { figure.labelHeading = heading }
    if let limits = request.limits.x { figure.limits = limits }
    if let favours = request.favours, favours.count == 2 { figure.favours = (favours[0], favours[1]) }
    return figure
  }
}

extension ForestFigure.Series {
  fileprivate func lettered(_ style: JournalStyle) -> ForestFigure.Series {
    ForestFigure.Series(name: name, heading: heading, pHeading: style.lettered(pHeading))
  }
}

extension JournalStyle {
  /// "P value" with the style's letter.
  func lettered(_ heading: String) -> String {
    heading.hasPrefix("P") ? pValue.letter + heading.dropFirst() : heading
  }
}
