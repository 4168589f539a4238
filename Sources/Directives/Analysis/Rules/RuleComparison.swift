// One analysis under the rules of several programs: what each of them gets, and which rule makes the difference.

import Diagnostics
import Presentation

/// An analysis run once per program, and once per rule that programs disagree on.
struct RuleComparison {
  /// The analysis under one set of rules; `nil` with the reason where the program has no such answer.
  struct Run {
    let rules: Compatibility
    let output: DirectiveOutput?
    let reason: String?
    let values: [String: ResultValue]
  }

  /// A rule that moves a result.
  struct Decision {
    let choice: Compatibility.Choice
    /// Quantities that change when it alone is changed; 0 where only print does.
    let movedCount: Int
    /// The largest of their relative changes.
    let largestChange: Double
  }

  let runs: [Run]
  let decisions: [Decision]
  /// Paths in the order in which they first occur.
  let paths: [String]

  /// - Parameter compute: the analysis under the given rules.
  init(compute: (Compatibility) throws -> DirectiveOutput) throws {
    func run(_ rules: Compatibility) throws -> Run {
      do {
        return Run(rules, try compute(rules), reason: nil)
      } catch let fault as Diagnostic {
        // Meier's own rules must give an answer; that of another program may have none.
        if rules.preset == .meier { throw fault }
        return Run(rules, nil, reason: fault.message)
      }
    }
    let runs = try Compatibility.Preset.allCases.map { try run(.preset($0)) }
    self.runs = runs
    var seen: Set<String> = []
    paths = runs.flatMap { $0.output?.values.map(\.path) ?? [] }.filter { seen.insert($0).inserted }
    guard let own = runs.first else {
      decisions = []
      return
    }
    var decisions: [Decision] = []
    for choice in Compatibility.choices {
      var tried = [choice.text(own.rules)]
      var moved: Set<String> = []
      var largest = 0.0
      var printsOtherwise = false
      for other in runs.dropFirst() where !tried.contains(choice.text(other.rules)) {
        tried.append(choice.text(other.rules))
        var rules = own.rules
        choice.copy(&rules, other.rules)
        guard let changed = try? compute(rules) else { continue }
        let alternative = Run(rules, changed, reason: nil)
        for path in Set(own.values.keys).union(alternative.values.keys)
        where !Self.agree(own.values[path], alternative.values[path]) {
          moved.insert(path)
          largest = max(largest, Self.change(own.values[path], alternative.values[path]))
        }
        printsOtherwise = printsOtherwise || own.print != alternative.print
      }
      if !moved.isEmpty || printsOtherwise {
        decisions.append(Decision(choice: choice, movedCount: moved.count, largestChange: largest))
      }
    }
    self.decisions = decisions
  }

  /// Whether all programs have the quantity, and the same.
  func isAgreed(_ path: String) -> Bool {
    guard let first = runs.first else { return true }
    return runs.allSatisfy { Self.agree(first.values[path], $0.values[path]) }
  }

  /// Equal but for rounding errors of the computation. The number of iterations is no result.
  private static func agree(_ one: ResultValue?, _ other: ResultValue?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    if one.path == ".iterations" { return true }
    guard case .quantity(.value(let a)) = one.content, case .quantity(.value(let b)) = other.content else {
      return one.content == other.content
    }
    return a == b || abs(a - b) <= 1e-7 * max(abs(a), abs(b))
  }

  private static func change(_ one: ResultValue?, _ other: ResultValue?) -> Double {
    guard case .quantity(.value(let a))? = one?.content, case .quantity(.value(let b))? = other?.content,
      a.isFinite, b.isFinite, a != b
    else { return 0 }
    return abs(a - b) / max(abs(a), abs(b))
  }
}

extension RuleComparison.Run {
  fileprivate init(_ rules: Compatibility, _ output: DirectiveOutput?, reason: String?) {
    self.init(
      rules: rules, output: output, reason: reason,
      values: Dictionary(
        (output?.values ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The cells of the tables, as a plain document prints them under these rules; notes name the rule and do not count.
  fileprivate var print: [[String]] {
    var style = JournalStyle.plain
    style.number.rounding = rules.rounding
    return (output?.blocks ?? []).flatMap { block -> [[String]] in
      guard case .table(let table, _) = block else { return [] }
      return table.rows.map { $0.cells.map { $0.text(style) } }
    }
  }
}
