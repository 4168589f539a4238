// What a figure could not do as it was asked.

/// Something that a reader of the figure would take amiss, for the author to know of.
public enum FigureFault: Sendable, Equatable, Codable {
  /// Curves of these names leave the plot: the vertical axis ends before they do.
  case leavesPlot(names: [String])
  /// Needs more width than it was given, in millimetres.
  case tooWide(asked: Double, needed: Double)
  /// Comes on so many pages, where a wider figure would need fewer.
  case manyPages(count: Int)
  /// Taller than a journal's page, in millimetres.
  case tooTall(height: Double)
}

extension Figure {
  /// The tallest figure that a journal's page has room for, in millimetres.
  static let greatestHeight = 230.0

  /// The same figure with what was found wrong with it.
  func with(_ faults: [FigureFault]) -> Figure {
    var figure = self
    figure.faults += faults
    return figure
  }
}
