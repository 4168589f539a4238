// The sentences under tables of survival analyses.

import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

extension ConfidenceTransform {
  var words: String {
    switch self {
    case .plain: "plain"
    case .log: "log"
    case .logLog: "log-log"
    case .logit: "logit"
    case .arcsineSquareRoot: "arcsine square root"
    }
  }
}

extension TestStatistic {
  /// "log-rank χ² = 34.0, df 4, P < 0.001"
  func note(_ name: String, style: JournalStyle) -> String {
    let statistic = style.text(Quantity(statistic), .statistic)
    let degrees = NumberFormat.trimmed(degreesOfFreedom, digits: 2, style: style.number)
    return "\(name) χ² = \(statistic), df \(degrees), \(style.pSentence(Quantity(pValue)))"
  }
}

extension SurvivalFrame {
  /// What belongs under every table: the coding of the event where it is not obvious, weights, clusters, rows left out.
  func notes(_ style: JournalStyle) -> [String] {
    var notes: [String] = []
    if !times.eventNote.isEmpty { notes.append(times.eventNote) }
    if let landmark { notes.append(landmark.note(unit: times.unit, style)) }
    if isWeighted { notes.append("weighted") }
    if let clusters { notes.append("\(clusters.names.count) clusters") }
    if let excluded = cases.note(count: { style.text(Quantity($0), .count) }) { notes.append(excluded) }
    return notes
  }

  func roles(_ formula: Formula) -> RoleMapping {
    RoleMapping(
      dataSet: dataSet, rows: cases.rows, formula: formula.source.range(), time: times.timeRange,
      entry: times.entryRange, event: times.eventRange)
  }
}
