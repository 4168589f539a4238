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
      remedy: missingTimeRemedy(path, known) ?? NearMiss.remedy(for: path.text, among: known)
        ?? structuralRemedy(path, known))
  }

  /// A time that nobody asked for is no slip of the finger.
  private func missingTimeRemedy(_ path: ResultPath, _ known: [String]) -> String? {
    for (position, step) in path.steps.enumerated() where step == .member("at") {
      guard case .call(let arguments)? = path.steps.dropFirst(position + 1).first,
        case .number(let time)? = arguments.first
      else { continue }
      let stem = ResultPath(id: path.id, steps: Array(path.steps.prefix(position + 1))).text + "("
      let number = ShortestNumber.text(time)
      if scope.table(path.id) == nil, !known.contains(where: { $0.hasPrefix(stem + number + ")") }) {
        return "only times that were asked for exist; add \(number) to 'times' of '\(path.id)'"
      }
    }
    return nil
  }

  /// What one of the steps could have been, when the whole is too far from any known path.
  private func structuralRemedy(_ path: ResultPath, _ known: [String]) -> String? {
    if scope.table(path.id) != nil, case .call? = path.steps.last { return Self.dataSetRemedy }
    if path.steps.isEmpty { return Self.continuations(of: path.text, known).map { "write one of \($0)" } }
    // The longest beginning of the path that some result shares.
    for length in stride(from: path.steps.count - 1, through: 0, by: -1) {
      let stem = ResultPath(id: path.id, steps: Array(path.steps.prefix(length))).text
      let continuations = Set(
        known.filter { $0.hasPrefix(stem) && $0 != stem }.map { Self.firstStep($0.dropFirst(stem.count)) })
      guard !continuations.isEmpty else { continue }
      let wrong = path.steps[length].text
      let sorted = continuations.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      if let near = NearMiss.best(for: wrong, among: sorted) { return "did you mean '\(stem)\(near)'?" }
      let shown = sorted.prefix(8).joined(separator: ", ")
      return "after '\(stem)' there is: \(shown)\(sorted.count > 8 ? ", …" : "")"
    }
    return nil
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
