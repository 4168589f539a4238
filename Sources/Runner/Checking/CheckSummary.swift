// What a check came to, in one line, or for programs one line per result.

import Presentation

/// Counts over the reports of several documents.
public struct CheckSummary: Sendable {
  private let reports: [DocumentReport]

  /// Of the documents of one check, in the order in which they were named.
  public init(_ reports: [DocumentReport]) { self.reports = reports }

  private var results: [ResultState] { reports.flatMap(\.results) }
  private var failedClaims: Int { reports.reduce(0) { $0 + $1.failedClaimCount } }

  private func count(_ freshness: ResultState.Freshness) -> Int {
    results.count { $0.freshness == freshness }
  }

  /// `7 results: 5 fresh, 2 stale; 1 claim fails`
  public var line: String {
    let total = results.count
    var parts = ["\(count(.fresh)) fresh"]
    if count(.stale) > 0 { parts.append("\(count(.stale)) stale") }
    if count(.edited) > 0 { parts.append("\(count(.edited)) edited by hand") }
    var line = "\(total) \(total == 1 ? "result" : "results"): " + parts.joined(separator: ", ")
    if failedClaims > 0 { line += "; \(failedClaims) \(failedClaims == 1 ? "claim fails" : "claims fail")" }
    let unchecked = reports.count { $0.hasErrors && $0.results.isEmpty }
    if unchecked > 0 {
      line += "; \(unchecked) \(unchecked == 1 ? "document has" : "documents have") errors"
    }
    return line
  }

  /// One object per result, then one with the counts.
  public var jsonLines: String {
    var lines: [JSONValue] = []
    for report in reports {
      for result in report.results {
        lines.append(
          .object([
            "document": .text(report.document), "result": .text(result.id),
            "line": .integer(result.place.start.line), "state": .text(result.freshness.rawValue),
            "reasons": .list(result.reasons.map(JSONValue.text)),
          ]))
      }
    }
    lines.append(
      .object([
        "results": .integer(results.count), "fresh": .integer(count(.fresh)),
        "stale": .integer(count(.stale)),
        "edited": .integer(count(.edited)), "failed_claims": .integer(failedClaims),
      ]))
    return lines.map { $0.compactText + "\n" }.joined()
  }
}
