// The settings of a figure: which there are, how each is written, what it does.

import AnalysisDocument
import Diagnostics
import Figures

/// A setting under `figure:`.
enum FigureSetting: String, CaseIterable, Sendable {
  case size, height, limits, breaks, labels, palette, transform, median
  case riskTable = "risk-table"
  case annotation, legend, bands
  case censorMarks = "censor-marks"
  case fadeBelow = "fade-below"
  case timeUnit = "time-unit"
  case favours

  /// What every figure understands.
  static let common: [FigureSetting] = [.size, .palette, .labels]
  /// Figures with two axes of numbers.
  static let plot: [FigureSetting] = common + [.height]
  static let survival: [FigureSetting] =
    plot + [
      .limits, .breaks, .transform, .median, .riskTable, .annotation, .legend, .bands, .censorMarks,
      .fadeBelow, .timeUnit,
    ]
  static let curves: [FigureSetting] = plot + [.limits, .breaks, .annotation, .legend, .bands, .timeUnit]
  static let incidence: [FigureSetting] = curves + [.riskTable, .fadeBelow]
  static let forest: [FigureSetting] = common + [.limits, .favours]

  var kind: String {
    switch self {
    case .size: "single-column (85 mm), double-column (175 mm), or a width in millimetres from 60 to 500"
    case .height: "millimetres from 20 to 400"
    case .limits: "[from, to] of the horizontal axis, or {x: [from, to], y: [from, to]}"
    case .breaks: "a list of places on the horizontal axis, or {x: […], y: […]}"
    case .labels: "{x: text, y: text}"
    case .palette: "standard, grey, or a list of colours such as '#1a5fb8'"
    case .transform: OptionKind<FigureRequest.Transform>.choice().description
    case .median, .censorMarks: "true or false"
    case .bands: "true or false"
    case .riskTable:
      "false, or a list of " + RiskTableContent.allCases.map(\.rawValue).joined(separator: ", ")
    case .annotation: "true, false, or lines of text"
    case .legend: OptionKind<LegendForm>.choice().description
    case .fadeBelow: "a number of patients; 0 for never"
    case .timeUnit: OptionKind<FigureRequest.TimeUnitName>.choice().description
    case .favours: "two texts, left and right of the reference line"
    }
  }

  var defaultText: String {
    switch self {
    case .size: "the style's"
    case .height, .limits, .breaks, .labels, .favours: "chosen from the data"
    case .palette: "standard"
    case .transform: "survival"
    case .median: "false"
    case .riskTable: "[at-risk-censored, events]"
    case .annotation: "true"
    case .legend: "automatic"
    case .bands: "up to three curves"
    case .censorMarks: "true"
    case .fadeBelow: "10"
    case .timeUnit: "the data's"
    }
  }

  var summary: String {
    switch self {
    case .size:
      "the width in print; a forest plot that it has no room for leaves out the counts, then the P values of its table"
    case .height: "of the area between the axes"
    case .limits:
      "the ends of the axes, as they show them; a vertical axis that does not begin at 0 is drawn broken"
    case .breaks: "where the axes carry numbers; the table of numbers at risk follows them"
    case .labels: "what stands at the axes"
    case .palette: "colours need a contrast of 3:1 on white; dashes and markers stay"
    case .transform: "survival, 1 − S(t), H(t), or log(−log S(t)) against log time"
    case .median: "whether dashed lines lead from the curves to their medians"
    case .riskTable: "the blocks of the table under the axis"
    case .annotation: "the test's P value in a free corner, or the author's own lines"
    case .legend:
      "names at the curves where none would cover anything, in a key above, or nowhere"
    case .bands: "whether interval bands are drawn"
    case .censorMarks: "whether censored times are marked; too many marks are left out"
    case .fadeBelow: "curves go on as a thin line where fewer patients are at risk"
    case .timeUnit: "the unit that the time axis shows; the data keep theirs"
    case .favours: "arrows below the axis"
    }
  }
}
