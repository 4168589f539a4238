// What a figure cannot do, told beside it.

import Diagnostics
import Figures

extension FigureRequest {
  /// A warning where a figure has more curves than looks that can be told apart.
  ///
  /// - Parameter told: what is said of the analysis already: where a number makes the groups, no more need be said.
  func warnings(
    ofCurves count: Int, at range: SourceRange, besides told: [Diagnostic] = []
  ) -> [Diagnostic] {
    guard isDrawn, count > SeriesColour.distinctCount, !told.contains(where: { $0.code == .manyGroups })
    else { return [] }
    return [
      Diagnostic(
        .warning, .alikeCurves,
        "\(count) curves: only \(SeriesColour.distinctCount) can be told apart by colour and dash", at: range,
        remedy: "join groups (a numeric column by `cut()` under 'derive'), or draw some of them with 'where'")
    ]
  }
}
