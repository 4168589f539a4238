// What a reader must know about a fit: aliased columns, separation, no convergence, few events.

import Diagnostics
import ModelFormula

struct ModelWarnings {
  let design: DesignMatrix
  /// By column of the design.
  let names: [String]
  let aliased: [Int]
  let infinite: [Int]
  let isConverged: Bool
  let iterations: Int
  let events: Int
  let parameters: Int

  func diagnostics(at range: SourceRange) -> [Diagnostic] {
    var warnings = design.diagnostics
    if !aliased.isEmpty {
      warnings.append(
        Diagnostic(
          .warning, .aliased,
          Self.aliasing(list(aliased), count: aliased.count),
          at: place(aliased, range), remedy: "remove it from the formula, or one of the columns it depends on"
        ))
    }
    if !infinite.isEmpty {
      warnings.append(
        Diagnostic(
          .warning, .separation,
          "separation: the likelihood keeps rising with \(list(infinite)), whose estimate is withheld",
          at: place(infinite, range), remedy: "join levels, or leave the term out"))
    }
    if !isConverged {
      warnings.append(
        Diagnostic(
          .warning, .notConverged, "the fit did not converge in \(iterations) iterations", at: range,
          remedy: "look for columns of very different scales or few events"))
    }
    if parameters > 0, Double(events) / Double(parameters) < 5 {
      let ratio = (Double(events) / Double(parameters) * 10).rounded() / 10
      warnings.append(
        Diagnostic(
          .warning, .fewEvents,
          "\(events) events for \(parameters) parameters (\(ratio) each): estimates are unstable",
          at: range, remedy: "fit fewer terms"))
    }
    return warnings
  }

  static func aliasing(_ names: String, count: Int) -> String {
    count == 1
      ? "\(names) is aliased: it is constant or determined by other columns of the model, so it is not estimable"
      : "\(names) are aliased: constant or determined by other columns of the model, so they are not estimable"
  }

  private func list(_ columns: [Int]) -> String {
    design.named(columns) { names.indices.contains($0) ? names[$0] : nil }
  }

  private func place(_ columns: [Int], _ range: SourceRange) -> SourceRange {
    guard let column = columns.first, design.columns.indices.contains(column),
      let term = design.columns[column].origin.term, design.terms.indices.contains(term)
    else { return range }
    return design.terms[term].range
  }
}

extension ModelRow {
  /// Rows and events behind the line.
  func counts(events: [Bool]) -> (count: Int, events: Int) {
    guard let members else { return (events.count, events.count { $0 }) }
    var (count, total) = (0, 0)
    for row in events.indices where members.contains(row) {
      count += 1
      if events[row] { total += 1 }
    }
    return (count, total)
  }
}
