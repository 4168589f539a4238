// Names of results: found, or unknown with the closest one there is.

import DataTables
import Diagnostics

extension ResultEvaluator {
  mutating func evaluatePath(_ reference: Expression.Reference, _ node: Expression.Node) -> Computed? {
    let id = String(reference.name.prefix { $0 != "." })
    if let table = scope.table(id), let call = dataCall(reference) {
      return evaluateDataFunction(call.name, call.arguments, table, reference, node)
    }
    guard let path = reference.resultPath else {
      if let recorded = scope.recorded(node.canonicalText) { return meet(node.canonicalText, recorded, node) }
      if case .unavailable = scope.value(of: ResultPath(id: id)) {
        metUnavailable = true
        return nil
      }
      reportOddPath(reference, node)
      return nil
    }
    switch scope.value(of: path) {
    case .value(let scoped):
      return meet(path.text, scoped, node)
    case .unavailable:
      metUnavailable = true
      return nil
    case .unknown:
      reportUnknown(path, reference, node)
      return nil
    }
  }

  mutating func meet(_ name: String, _ scoped: ScopedValue, _ node: Expression.Node) -> Computed {
    if !met.contains(where: { $0.name == name }) {
      met.append(ResultEvaluation.Met(name: name, value: scoped.value, range: source.range(node.range)))
    }
    let words: String? =
      switch scoped.value {
      case .notReached: "was not reached"
      case .notEstimable: "is not estimable"
      case .withheld: "is withheld"
      case .missing: "is missing"
      case .number(let value) where value.isNaN: "is not estimable"
      default: nil
      }
    return Computed(scoped.value, kind: scoped.kind, reason: words.map { "\(name) \($0)" })
  }

  /// The name and arguments of `nelm.count(…)`.
  private func dataCall(_ reference: Expression.Reference) -> (
    name: DataFunction, arguments: [Expression.Argument]
  )? {
    guard let arguments = reference.callArguments, let function = reference.dataFunction else { return nil }
    return (function, arguments)
  }

  private mutating func reportOddPath(_ reference: Expression.Reference, _ node: Expression.Node) {
    if reference.isQuoted {
      report(
        .unknownResult, "columns have no value outside their data set", at: node.range,
        remedy: "ask the data set: ID.mean(…), ID.count(…)")
      return
    }
    if reference.name.hasPrefix(".") {
      report(.unknownResult, "the path of a result begins with the id of its directive", at: node.range)
      return
    }
    if let dot = reference.name.firstIndex(of: "."), scope.table(String(reference.name[..<dot])) != nil,
      reference.callArguments != nil
    {
      let asked = String(reference.name[reference.name.index(after: dot)...])
      report(
        .unknownResult, "a data set cannot be asked for '\(asked)'",
        at: reference.nameRange,
        remedy: NearMiss.remedy(for: asked, among: DataFunction.allCases.map(\.rawValue))
          ?? Self.dataSetRemedy)
      return
    }
    let odd = reference.argumentNodes.first { node in
      switch node.kind {
      case .number, .text, .flag: false
      default: true
      }
    }
    report(
      .expressionSyntax, "the path of a result holds plain numbers and texts", at: (odd ?? node).range,
      remedy: odd.flatMap { node in
        if case .reference(let inner) = node.kind, inner.steps.isEmpty { return "write \"\(inner.name)\"" }
        return nil
      })
  }

  private mutating func reportUnknown(
    _ path: ResultPath, _ reference: Expression.Reference, _ node: Expression.Node
  ) {
    guard scope.ids.contains(path.id) else {
      let range = reference.nameRange.lowerBound..<reference.nameRange.lowerBound + path.id.utf8.count
      let message =
        reference.steps.isEmpty && path.steps.isEmpty
        ? "no result '\(path.id)'" : "no directive with the id '\(path.id)'"
      report(.unknownResult, message, at: range, remedy: NearMiss.remedy(for: path.id, among: scope.ids))
      return
    }
    let known = scope.paths(of: path.id)
    report(
      .unknownResult, "no result '\(path.text)'", at: node.range,
      remedy: missingTimeRemedy(path, known) ?? guessRemedy(path, known) ?? structuralRemedy(path, known))
  }

  /// A time that nobody asked for is no slip of the finger.
  private func missingTimeRemedy(_ path: ResultPath, _ known: [String]) -> String? {
    for (position, step) in path.steps.enumerated() where step == .member("at") {
      guard case .call(let arguments)? = path.steps.dropFirst(position + 1).first,
        case .number(let time)? = arguments.first
      else { continue }
      let number = ShortestNumber.text(time)
      if scope.table(path.id) == nil, !known.contains(where: { $0.contains(".at(" + number + ")") }) {
        return "only times that were asked for exist; "
          + (Self.times(with: time, known).map { "write 'times: [\($0)]' in '\(path.id)'" }
            ?? "add \(number) to 'times' of '\(path.id)'")
      }
    }
    return nil
  }

  /// The times of an analysis with one more, where they are few.
  private static func times(with time: Double, _ known: [String]) -> String? {
    var times: Set<Double> = [time]
    for path in known.lazy.compactMap({ ResultPath(canonical: $0) }) {
      for (step, next) in zip(path.steps, path.steps.dropFirst()) where step == .member("at") {
        if case .call(let arguments) = next, case .number(let time)? = arguments.first { times.insert(time) }
      }
    }
    guard times.count <= 6 else { return nil }
    return times.sorted().map(ShortestNumber.text).joined(separator: ", ")
  }

  /// The results that the path plainly means under other words.
  private func guessRemedy(_ path: ResultPath, _ known: [String]) -> String? {
    guard scope.table(path.id) == nil || !Self.endsInCall(path) else { return nil }
    let best = ResultPathGuess(path, among: known).best()
    guard let first = best.first, let last = best.last else {
      return NearMiss.remedy(for: path.text, among: Self.withBrackets(of: path, known))
    }
    if best.count == 1 { return "did you mean '\(first)'?" }
    let stem = Self.sharedStem(best)
    if case .index? = path.steps.last, stem.steps.count >= path.steps.count {
      // A part is named and none of its values.
      return Self.continuations(after: stem.text, known)
    }
    let quoted = best.map { "'\($0)'" }
    return best.count <= 3
      ? "did you mean \(quoted.dropLast().joined(separator: ", ")) or '\(last)'?"
      : "did you mean one of \(quoted.prefix(3).joined(separator: ", ")), …?"
  }

  /// The results that name the same groups, levels and times: a slip of the finger makes no other level.
  private static func withBrackets(of path: ResultPath, _ known: [String]) -> [String] {
    func brackets(_ path: ResultPath) -> [ResultPath.Step] {
      path.steps.filter { if case .member = $0 { false } else { true } }
    }
    let wanted = brackets(path)
    return known.filter { ResultPath(canonical: $0).map(brackets) == wanted }
  }

  private static func endsInCall(_ path: ResultPath) -> Bool {
    if case .call? = path.steps.last { true } else { false }
  }

  /// The steps that all of some results begin with.
  private static func sharedStem(_ texts: [String]) -> ResultPath {
    let paths = texts.compactMap { ResultPath(canonical: $0) }
    guard var stem = paths.first else { return ResultPath(id: "") }
    for path in paths.dropFirst() {
      let shared = zip(stem.steps, path.steps).prefix { $0 == $1 }.map { $0.0 }
      stem = ResultPath(id: stem.id, steps: shared)
    }
    return stem
  }

  /// What one of the steps could have been, when the whole is too far from any known path.
  private func structuralRemedy(_ path: ResultPath, _ known: [String]) -> String? {
    if scope.table(path.id) != nil, case .call? = path.steps.last { return Self.dataSetRemedy }
    if path.steps.isEmpty { return Self.continuations(of: path.text, known).map { "write one of \($0)" } }
    // The longest beginning of the path that some result shares.
    for length in stride(from: path.steps.count - 1, through: 0, by: -1) {
      let stem = ResultPath(id: path.id, steps: Array(path.steps.prefix(length))).text
      if let remedy = Self.continuations(after: stem, known, insteadOf: path.steps[length]) { return remedy }
    }
    return nil
  }

  /// The steps that results have after a beginning: where one in brackets was asked for, those in brackets.
  private static func continuations(
    after stem: String, _ known: [String], insteadOf wrong: ResultPath.Step? = nil
  ) -> String? {
    let rests = known.filter { $0.hasPrefix(stem) && $0 != stem }.map { firstStep($0.dropFirst(stem.count)) }
    var steps = Set(rests).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    if case .index? = wrong {
      let bracketed = steps.filter { $0.hasPrefix("[") }
      if !bracketed.isEmpty { steps = bracketed }
    }
    guard !steps.isEmpty else { return nil }
    return "after '\(stem)' there is: " + steps.prefix(8).joined(separator: ", ")
      + (steps.count > 8 ? ", …" : "")
  }

  private static var dataSetRemedy: String {
    "a data set can be asked for: "
      + DataFunction.allCases.map { $0.rawValue + "(…)" }.joined(separator: ", ")
  }

  /// The first results of an id, whole, in the order of their names.
  private static func continuations(of id: String, _ known: [String]) -> String? {
    let paths = known.filter { $0.hasPrefix(id + ".") || $0.hasPrefix(id + "[") }
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    guard !paths.isEmpty else { return nil }
    return paths.prefix(4).joined(separator: ", ") + (paths.count > 4 ? ", …" : "")
  }

  /// `.at(60)` of `.at(60).survival`, `["a, b"]` of `["a, b"].median`.
  private static func firstStep(_ rest: Substring) -> String {
    var isQuoted = false
    var isEscaped = false
    var step = ""
    for character in rest {
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
      } else {
        if !step.isEmpty, character == "." || character == "[" { break }
        if character == "\"" { isQuoted = true }
      }
      step.append(character)
    }
    return step
  }
}
