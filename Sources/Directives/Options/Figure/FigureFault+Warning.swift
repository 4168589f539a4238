// What a figure could not do as it was asked, told where it was asked.

import Diagnostics
import Figures

extension ResolvedOptions {
  /// Warnings of the figures among a directive's results.
  public func warnings(ofFiguresIn output: DirectiveOutput) -> [Diagnostic] {
    output.blocks.flatMap { block -> [Diagnostic] in
      guard case .figure(let figure, _, _) = block else { return [] }
      return figure.faults.map { $0.warning(at: range(FigureOption.plain)) }
    }
  }
}

extension FigureFault {
  fileprivate func warning(at range: SourceRange) -> Diagnostic {
    switch self {
    case .leavesPlot(let names):
      let named = names.filter { !$0.isEmpty }.map { "'\($0)'" }
      let curves =
        named.isEmpty
        ? "the curve leaves" : named.count == 1 ? "the curve \(named[0]) leaves" : "curves leave"
      return Diagnostic(
        .warning, .figureFit,
        "\(curves) the plot: the vertical axis does not reach so far"
          + (named.count > 1 ? " (\(named.inSentence))" : ""), at: range,
        remedy: "widen 'limits: {y: [from, to]}', or leave them out")
    case .tooWide(let asked, let needed):
      return Diagnostic(
        .warning, .figureFit,
        "the figure needs \(Self.whole(needed)) mm: \(Self.whole(asked)) mm have no room for its texts",
        at: range, remedy: "shorten labels in the dictionary, or write 'size: double-column'")
    case .manyPages(let count):
      return Diagnostic(
        .warning, .figureFit, "the panels need \(count) figures of this width", at: range,
        remedy: "write 'size: double-column', or show fewer of them")
    case .tooTall(let height):
      return Diagnostic(
        .warning, .figureFit, "the figure is \(Self.whole(height)) mm tall: no page has room for it",
        at: range, remedy: "show fewer rows or panels, or split the directive into two")
    }
  }

  private static func whole(_ millimetres: Double) -> String {
    Int(exactly: millimetres.rounded(.up)).map(String.init) ?? ""
  }
}
