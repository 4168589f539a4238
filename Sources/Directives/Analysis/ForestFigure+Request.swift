// What an author may change about a forest plot.

import Figures
import Presentation

extension ForestFigure {
  /// The same figure as the author asked for it.
  func requested(_ request: FigureRequest, _ style: JournalStyle) -> ForestFigure {
    var figure = self
    figure.style = request.style(style)
    if let label = request.labels.x { figure.axisLabel = label }
    if let heading = request.labels.y { figure.labelHeading = heading }
    if let limits = request.limits.x { figure.limits = limits }
    if let favours = request.favours, favours.count == 2 { figure.favours = (favours[0], favours[1]) }
    return figure
  }
}
