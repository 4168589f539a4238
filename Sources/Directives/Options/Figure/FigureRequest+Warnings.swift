// What a figure cannot do, told beside it.

import Diagnostics
import Figures

extension FigureRequest {
  /// A warning where a figure has more curves than looks that can be told apart.
  func warnings(ofCurves count: Int, at range: SourceRange) -> [Diagnostic] {
    guard isDrawn, count > SeriesColour.distinctCount else { return [] }
    return [
      Diagnostic(
        .warning, .alikeCurves,
        "\(count) curves: only \(SeriesColour.distinctCount) can be told apart by colour and dash", at: range,
        remedy: "join groups (a numeric column by `cut()` under 'derive'), or draw some of them with 'where'")
    ]
  }
}
