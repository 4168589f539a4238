// What a session came to, for people and for check.py.

import Presentation

struct Report {
  let cases: [ReferenceCase]
  let runs: [CaseRun?]
  let outcomes: [CaseOutcome]

  init(cases: [ReferenceCase], runs: [CaseRun?]) {
    self.cases = cases
    self.runs = runs
    outcomes = zip(cases, runs).map { reference, run in
      guard let run else { return CaseOutcome(verdict: .absent, faults: [], absentKeys: [], remarks: []) }
      return Comparison(reference: reference)
        .outcome(status: run.status, messages: run.messages, values: run.values)
    }
  }

  func count(_ verdict: Verdict, analysis: String? = nil) -> Int {
    zip(cases, outcomes).count { ($0.analysis == analysis || analysis == nil) && $1.verdict == verdict }
  }

  func text(verbose: Bool) -> String {
    var lines: [String] = []
    for (reference, outcome) in zip(cases, outcomes) {
      let isTold =
        outcome.verdict == .fail || (verbose && outcome.verdict != .pass)
        || (verbose && !outcome.remarks.isEmpty)
      guard isTold else { continue }
      lines.append("\(outcome.verdict.rawValue.uppercased()) \(reference.id)")
      lines += outcome.faults.prefix(8).map { "   " + $0 }
      if outcome.faults.count > 8 { lines.append("   … \(outcome.faults.count - 8) more") }
      if !outcome.absentKeys.isEmpty { lines.append("   missing: " + shortened(outcome.absentKeys)) }
      if verbose { lines += outcome.remarks.map { "   " + $0 } }
    }
    return (lines + table + [closingLine]).map { $0 + "\n" }.joined()
  }

  private func shortened(_ keys: [String]) -> String {
    keys.prefix(8).joined(separator: ", ") + (keys.count > 8 ? " … \(keys.count - 8) more" : "")
  }

  private static let order: [Verdict] = [.pass, .partial, .fail, .absent]

  private var table: [String] {
    let head = row("analysis", Self.order.map(\.rawValue))
    let analyses = Set(cases.map(\.analysis)).sorted()
    return [head] + analyses.map { name in row(name, Self.order.map { String(count($0, analysis: name)) }) }
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    name + String(repeating: " ", count: max(1, 16 - name.count))
      + cells.map { String(repeating: " ", count: max(1, 8 - $0.count)) + $0 }.joined()
  }

  private var closingLine: String {
    "\(cases.count) cases: " + Self.order.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
  }

  /// `{"<id>": {"status": …, "messages": […], "values": {…}}}`; absent cases are left out.
  var resultsText: String {
    let lines = zip(cases, runs).compactMap { reference, run -> String? in
      run.map { run in
        let members = [
          "status": JSONTree.text(run.status), "messages": .list(run.messages.map(JSONTree.text)),
          "values": .object(run.values),
        ]
        return "\(JSONValue.quoted(reference.id)): \(JSONTree.object(members).jsonText)"
      }
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }
}
