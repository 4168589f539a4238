// What the table under the time axis counts.

/// A block of the table of numbers at risk.
public enum RiskTableContent: String, Sendable, Equatable, CaseIterable {
  case atRisk = "at-risk"
  /// The number at risk with the number censored so far in parentheses.
  case atRiskAndCensored = "at-risk-censored"
  case censored
  case events

  /// At risk (censored), then events: what a reader needs to judge how complete the follow-up is.
  public static let usual: [RiskTableContent] = [.atRiskAndCensored, .events]

  func heading(hasCensored: Bool) -> String {
    switch self {
    case .atRisk: "No. at risk"
    case .atRiskAndCensored: hasCensored ? "No. at risk (censored)" : "No. at risk"
    case .censored: "No. censored"
    case .events: "No. of events"
    }
  }

  func text(_ row: SurvivalFigure.RiskTableRow, _ style: FigureStyle) -> String? {
    switch self {
    case .atRisk: row.atRisk.map(style.count)
    case .atRiskAndCensored:
      row.atRisk.map { atRisk in
        style.count(atRisk) + (row.cumulativeCensored.map { " (\(style.count($0)))" } ?? "")
      }
    case .censored: row.cumulativeCensored.map(style.count)
    case .events: row.cumulativeEvents.map(style.count)
    }
  }
}
