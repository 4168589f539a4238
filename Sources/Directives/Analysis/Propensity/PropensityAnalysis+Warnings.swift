// Weights that carry an arm on few rows: what is said of them, in the table and on the terminal.

import Diagnostics
import NumericalMethods
import Presentation

extension PropensityAnalysis {
  /// Below so many effective rows an arm's estimate and its robust variance rest on a handful of patients.
  private static let fewRows = 10.0

  /// The largest weight that is usual among so many rows: √n log(n) / 5, as Gruber and others bound weights by (2022), and
  /// never less than 10, where weights are commonly cut.
  private var usualWeight: Double {
    let count = Double(max(weights.weights.count, 2))
    return max(10, count.squareRoot() * Elementary.log(count) / 5)
  }

  private var smallArms: [(name: String, size: Double)] {
    [
      (arms.treated, weights.effectiveSampleSize(treated: true)),
      (arms.control, weights.effectiveSampleSize(treated: false)),
    ]
    .filter { $0.1 < Self.fewRows }
  }

  private var extremeCount: Int { weights.weights.count { $0 > usualWeight } }

  func stabilityNotes(_ style: JournalStyle) -> [String] {
    var notes = smallArms.map { arm in
      "the effective sample size of \(arm.name) is \(style.text(Quantity(arm.size), ValueFormat(.number, digits: 1))): "
        + "estimates, intervals and P values rest on few rows and are not to be relied on"
    }
    if extremeCount > 0 {
      let limit = style.text(Quantity(usualWeight), ValueFormat(.number, digits: 0))
      notes.append(
        "\(extremeCount) \(extremeCount == 1 ? "row has" : "rows have") an extreme weight, above \(limit)")
    }
    return notes
  }

  func stabilityWarnings(at range: SourceRange) -> [Diagnostic] {
    let overlap =
      stage == "matching"
      ? "look at the distances of the matches"
      : "look at the overlap of the scores; 'estimand: ATO' or 'truncate: 0.01' make weights less extreme"
    var messages = smallArms.map { arm in
      "the effective sample size of '\(arm.name)' is \(NumberFormat.fixed(arm.size, digits: 1)): "
        + "what follows after \(stage) rests on few rows"
    }
    if extremeCount > 0 {
      let largest = NumberFormat.fixed(weights.weights.max() ?? 0, digits: 1)
      messages.append(
        "\(extremeCount) \(extremeCount == 1 ? "row has" : "rows have") an extreme weight: up to \(largest), usual is "
          + "at most \(NumberFormat.fixed(usualWeight, digits: 0))")
    }
    return messages.enumerated().map { index, message in
      Diagnostic(
        .warning, .unstableWeights, message, at: range,
        remedy: index < smallArms.count
          ? "describe so small an arm instead of comparing it, or join it with another" : overlap)
    }
  }
}
