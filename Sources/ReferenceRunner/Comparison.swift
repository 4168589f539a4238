// Holding results against expected values, by the rules of `Tests/Reference/check.py`.

enum Verdict: String, Sendable, CaseIterable { case pass, fail, partial, absent }

/// What a case came to.
struct CaseOutcome: Sendable {
  let verdict: Verdict
  /// Wrong numbers or a wrong outcome.
  let faults: [String]
  /// Expected keys that were not supplied.
  let absentKeys: [String]
  /// Advice that does not change the verdict.
  let remarks: [String]
}

struct Comparison {
  let reference: ReferenceCase

  private static let notCompared: Set<String> = [
    "outcome", "must_mention", "warn_about", "rows", "lines", "aliased", "infinite",
  ]
  /// R has no value where S(t) = 0 or the incidence is 0: any is let pass.
  private static let mayBeMissing: Set<String> = [
    "se", "lower", "upper", "cumhaz.se", "se.aalen", "rmst.se", "surv.se", "surv.lower", "surv.upper",
  ]
  private static let allowedStatuses: [String: Set<String>] = [
    "ok": ["ok", "warning"], "ok-with-warning": ["warning"], "error": ["error"],
    "error-or-warning": ["error", "warning"], "ok-or-error": ["ok", "warning", "error"],
    "ok-or-warning": ["ok", "warning"],
  ]
  /// Fine and Gray: one family of estimates, whole, is enough.
  private static let families: [@Sendable (String) -> Bool] = [
    { !$0.hasPrefix("finegray.") }, { $0.hasPrefix("finegray.breslow.") },
    { $0.hasPrefix("finegray.efron.") },
  ]
  private static let commonToFamilies: Set<String> = ["n", "events", "events.competing", "events.censored"]

  func outcome(status: String, messages: [String], values: [String: JSONTree]) -> CaseOutcome {
    let expect = reference.expect
    let wanted = expect["outcome"]?.string ?? "ok"
    guard Self.allowedStatuses[wanted, default: []].contains(status) else {
      let fault = "outcome: wanted \(wanted), got \(status)"
      return CaseOutcome(
        verdict: .fail, faults: [fault] + messages.prefix(3).map { "  " + $0 }, absentKeys: [], remarks: [])
    }
    var remarks = mentions(status: status, messages: messages)
    if status == "error" { return CaseOutcome(verdict: .pass, faults: [], absentKeys: [], remarks: remarks) }
    var faults: [String] = []
    var absent: [String] = []
    for name in ["aliased", "infinite"] {
      guard let wanted = expect[name] else { continue }
      guard let got = values[name] else {
        absent.append(name)
        continue
      }
      if words(got) != words(wanted) {
        remarks.append("\(name): reference \(words(wanted)), got \(words(got))")
      }
    }
    if wanted == "ok-or-warning", !(values["aliased"]?.elements ?? []).isEmpty {
      return CaseOutcome(verdict: .pass, faults: [], absentKeys: [], remarks: remarks)
    }
    var keys = expect.keys.filter { !Self.notCompared.contains($0) }.sorted()
    if reference.analysis == "finegray" {
      let family = bestFamily(keys, values)
      faults += family.faults
      absent += family.absent
      keys = keys.filter { Self.commonToFamilies.contains(ReferenceKey($0).statistic) }
    }
    if let wanted = expect["aliased"], let got = values["aliased"], words(got) != words(wanted) {
      keys = keys.filter { !$0.contains("[") }  // another column was dropped: the likelihood judges
    }
    let (bad, missing) = compare(keys, values)
    faults += bad
    absent += missing
    return CaseOutcome(
      verdict: !faults.isEmpty ? .fail : !absent.isEmpty ? .partial : .pass, faults: faults,
      absentKeys: absent,
      remarks: remarks)
  }

  private func bestFamily(
    _ keys: [String], _ values: [String: JSONTree]
  ) -> (faults: [String], absent: [String]) {
    let attempts = Self.families.map { family in
      compare(
        keys.filter {
          let statistic = ReferenceKey($0).statistic
          return family(statistic) && !Self.commonToFamilies.contains(statistic)
        }, values)
    }
    return attempts.min { $0.faults.count + $0.absent.count < $1.faults.count + $1.absent.count } ?? ([], [])
  }

  private func compare(
    _ keys: [String], _ values: [String: JSONTree]
  ) -> (faults: [String], absent: [String]) {
    var faults: [String] = []
    var absent: [String] = []
    for key in keys {
      guard let wanted = reference.expect[key] else { continue }
      guard let got = values[key] else {
        if !isMissing(wanted) { absent.append(key) }
        continue
      }
      if !agree(key, wanted, got) { faults.append("\(key): wanted \(wanted.jsonText), got \(got.jsonText)") }
    }
    return (faults, absent)
  }

  private func agree(_ key: String, _ wanted: JSONTree, _ got: JSONTree) -> Bool {
    let statistic = ReferenceKey(key).statistic
    if isMissing(wanted) { return isMissing(got) || Self.mayBeMissing.contains(statistic) }
    if let expected = number(wanted) {
      guard let value = number(got) else { return false }
      if expected.isInfinite || value.isInfinite { return expected == value }
      let (relative, absolute) = tolerance(statistic)
      return abs(value - expected) <= absolute + relative * abs(expected)
    }
    if case .list = wanted { return words(got) == words(wanted) }
    if statistic == "type", let types = wanted.string, types.contains("-or-") {
      return got.string == types || types.components(separatedBy: "-or-").contains(got.string ?? "")
    }
    return wanted == got
  }

  private func tolerance(_ statistic: String) -> (relative: Double, absolute: Double) {
    let general = reference.tolerance
    let own = general[statistic]
    return (
      own?["rel"]?.number ?? general["rel"]?.number ?? 1e-6,
      own?["abs"]?.number ?? general["abs"]?.number ?? 1e-9
    )
  }

  private func mentions(status: String, messages: [String]) -> [String] {
    let all = messages.joined(separator: " ").lowercased()
    let topics =
      (reference.expect["must_mention"]?.elements ?? [])
      + (status == "error" ? [] : reference.expect["warn_about"]?.elements ?? [])
    let places = (reference.expect["rows"]?.elements ?? []) + (reference.expect["lines"]?.elements ?? [])
    return topics.filter { !all.contains($0.words.lowercased()) }.map {
      "message does not contain '\($0.words)'"
    }
      + places.filter { !all.contains($0.words) }.map { "row or line \($0.words) not named" }
  }

  private func number(_ tree: JSONTree) -> Double? {
    switch tree {
    case .number(let number): number
    case .text("Inf"): .infinity
    case .text("-Inf"): -.infinity
    default: nil
    }
  }

  private func isMissing(_ tree: JSONTree) -> Bool { tree == .null || tree == .text("NA") }

  private func words(_ tree: JSONTree) -> [String] { tree.elements.map(\.words).sorted() }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest)]
  }
}
