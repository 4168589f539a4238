// P values that an author types, or takes from the results of other directives.

import Diagnostics
import Expressions
import Presentation

/// A P value: a number, or an expression over results.
enum GivenPValue: Sendable {
  case number(Double)
  case result(Expression)

  /// What stands for each in a table without names: the result in the words of readers, after the caption of its table where
  /// several have one; a number's place.
  static func words(_ given: [GivenPValue], in context: DirectiveContext) -> [String] {
    let labels = context.columnLabels
    let ids = Set(given.compactMap { $0.path?.id })
    let words = given.enumerated().map { index, value -> String in
      guard case .result(let expression) = value else { return "\(index + 1)" }
      guard let path = value.path else { return expression.words }
      var words = QuantityWords.words(of: path.suffix, labels: labels)
      for end in [", P", "P"] where words.hasSuffix(end) { words.removeLast(end.count) }
      let caption = ids.count > 1 ? context.title(of: path.id) ?? path.id : ""
      return [caption, words].filter { !$0.isEmpty }.joined(separator: "; ")
    }
    // Two of one name would be told apart by their places alone.
    return Set(words).count == words.count
      ? words : zip(given, words).map { value, words in value.path?.text ?? words }
  }

  private var path: ResultPath? {
    if case .result(let expression) = self { expression.resultPath } else { nil }
  }

  /// The value; not-a-number where a result is not estimable, withheld or missing.
  func value(in context: DirectiveContext) throws -> Double {
    switch self {
    case .number(let value): return value
    case .result(let expression):
      guard case .value(let found) = try expression.evaluate(in: context.results).outcome, found.value.isKnown
      else { return .nan }
      guard let number = found.value.number, (0...1).contains(number) else {
        throw Diagnostic(
          .invalidOption, "'\(expression.words)' is no P value", at: expression.place,
          remedy: "name a result that ends in .p")
      }
      return number
    }
  }
}

extension OptionKind where Value == GivenPValue {
  static var pValue: Self {
    let what = "a number from 0 to 1, or a result such as os.log_rank.p"
    return OptionKind(
      what,
      use: { given in
        guard case .result(let expression) = given else { return OptionUse() }
        return OptionUse(
          references: expression.resultUses.map { Reference(id: $0.id, range: $0.range) })
      },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected(what, at: tree, &reader)
        }
        if let number = Double(scalar.string) {
          return (0...1).contains(number) ? .number(number) : expected(what, at: tree, &reader)
        }
        return reader.reading { () throws(DiagnosticList) in
          .result(try Expression.parse(try scalar.expressionText()))
        }
      })
  }
}

extension DirectiveContext {
  /// The caption of a directive's first table, as plain text; `nil` for none, and where it holds inline values.
  func title(of id: String) -> String? {
    for case .table(let table, _) in outputs[id]?.blocks ?? [] {
      return table.caption.isEmpty || table.caption.contains("`") ? nil : MarkdownText.plain(table.caption)
    }
    return nil
  }

  /// The labels of the columns of all data sets that an analysis may see; of two for one name neither.
  var columnLabels: [String: String] {
    var labels: [String: String] = [:]
    var doubtful: Set<String> = []
    for column in outputs.values.compactMap(\.dataSet).flatMap(\.table.columns) {
      guard let label = column.metadata.label else { continue }
      if labels.updateValue(label, forKey: column.name) ?? label != label { doubtful.insert(column.name) }
    }
    return labels.filter { !doubtful.contains($0.key) }
  }

  /// The results of the directives that this one names.
  var results: FixedResultScope {
    var scope = FixedResultScope()
    for (id, output) in outputs {
      for value in output.values { scope.values[id + value.path] = value.scoped }
    }
    return scope
  }
}

extension ResultValue {
  /// The value as expressions see it.
  public var scoped: ScopedValue {
    let kind = format.kind
    let named: NamedValue =
      switch content {
      case .text(let text): .text(text)
      case .quantity(.value(let number)):
        kind == .count ? Int(exactly: number).map { .count($0) } ?? .number(number) : .number(number)
      case .quantity(.notReached): .notReached(beyond: followedTo)
      case .quantity(.notEstimable): .notEstimable
      case .quantity(.withheld): .withheld
      case .quantity(.missing): .missing
      }
    return ScopedValue(named, kind: kind.rawValue)
  }
}
