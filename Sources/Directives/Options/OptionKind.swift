// The kinds of values that options take.

import AnalysisDocument
import Diagnostics
import Expressions

/// A setting inside an option that is a mapping.
struct OptionPart: Sendable {
  let name: String
  let kind: String
  let defaultText: String
  let summary: String
}

/// How a value of one type is written in a document, checked, and what it refers to.
struct OptionKind<Value: Sendable>: Sendable {
  /// "a number between 0 and 1", as messages and the manual say it.
  let description: String
  let allowed: [String]
  /// The settings of a mapping, for the manual.
  let parts: [OptionPart]
  let decode: @Sendable (OptionTree, inout OptionReader) -> Value?
  let use: @Sendable (Value) -> OptionUse

  init(
    _ description: String, allowed: [String] = [], parts: [OptionPart] = [],
    use: @escaping @Sendable (Value) -> OptionUse = { _ in OptionUse() },
    decode: @escaping @Sendable (OptionTree, inout OptionReader) -> Value?
  ) {
    self.description = description
    self.allowed = allowed
    self.parts = parts
    self.decode = decode
    self.use = use
  }

  /// The same kind, `nil` when left out or written as `none`.
  var optional: OptionKind<Value?> {
    OptionKind<Value?>(
      description, allowed: allowed, use: { $0.map(use) ?? OptionUse() },
      decode: { tree, reader in decode(tree, &reader).map(Optional.some) })
  }

  /// A list of such values; a single one counts as a list of one.
  var list: OptionKind<[Value]> {
    OptionKind<[Value]>(
      "a list, each \(description)", allowed: allowed,
      use: { $0.reduce(into: OptionUse()) { $0.formUnion(use($1)) } },
      decode: { tree, reader in
        let items = tree.sequence?.elements ?? [tree]
        let before = reader.diagnostics.count
        let values = items.compactMap { decode($0, &reader) }
        if let remedy = asList(tree) { reader.remedy(from: before, remedy) }
        return values.count == items.count && reader.diagnostics.count == before ? values : nil
      })
  }

  /// The list that a value with commas in it was meant for: `12, 24` without its brackets, or `[12; 24]`.
  private func asList(_ tree: OptionTree) -> String? {
    let elements = tree.sequence?.elements ?? [tree]
    guard elements.count == 1, let text = elements.first?.scalar?.string else { return nil }
    let items = text.split { $0 == "," || $0 == ";" }.map { $0.split(separator: " ").joined(separator: " ") }
    guard items.count > 1, !text.contains(where: { "()[]{}\"".contains($0) }) else { return nil }
    return "write a list: [\(items.joined(separator: ", "))]"
  }

  /// Reports that something else stands there.
  static func expected(
    _ what: String, at tree: OptionTree, _ reader: inout OptionReader, remedy: String? = nil
  ) -> Value? {
    reader.report(Diagnostic(.invalidOption, "expected \(what)", at: tree.range, remedy: remedy))
    return nil
  }
}

extension OptionKind where Value == String {
  static var text: Self {
    OptionKind("text") { tree, reader in
      tree.scalar?.string ?? expected("text", at: tree, &reader)
    }
  }
}

extension OptionKind where Value == String {
  /// Text on one line: line breaks of a block scalar are blanks.
  static var line: Self {
    OptionKind("text") { tree, reader in
      tree.scalar.map { $0.string.onOneLine } ?? expected("text", at: tree, &reader)
    }
  }
}

extension String {
  /// The text without line breaks and the blanks around it.
  public var onOneLine: String {
    split(whereSeparator: \.isNewline).joined(separator: " ").trimmingBlanks
  }

  private var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

extension OptionKind where Value == Bool {
  static var flag: Self {
    OptionKind("true or false", allowed: ["true", "false"]) { tree, reader in
      switch tree.scalar?.string {
      case "true", "yes", "True", "TRUE": true
      case "false", "no", "False", "FALSE": false
      default: expected("true or false", at: tree, &reader)
      }
    }
  }
}

extension OptionKind where Value == Double {
  static func number(in range: ClosedRange<Double> = -.infinity ... .infinity) -> Self {
    let what = words(range)
    return OptionKind(what) { tree, reader in
      guard let text = tree.scalar?.string, let value = Double(text), value.isFinite, range.contains(value)
      else { return expected(what, at: tree, &reader) }
      return value
    }
  }

  /// A number strictly between 0 and 1.
  static var openProportion: Self {
    OptionKind("a number between 0 and 1") { tree, reader in
      guard let text = tree.scalar?.string, let value = Double(text), value > 0, value < 1 else {
        let remedy = tree.scalar.flatMap { Double($0.string) }.flatMap { $0 >= 1 && $0 < 100 ? $0 : nil }
        return expected(
          "a number between 0 and 1", at: tree, &reader,
          remedy: remedy.map {
            "write \(ShortestNumber.text($0 / 100)) for \(ShortestNumber.text($0)) per cent"
          })
      }
      return value
    }
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    let hasLower = range.lowerBound > -Double.greatestFiniteMagnitude
    let hasUpper = range.upperBound < Double.greatestFiniteMagnitude
    switch (hasLower, hasUpper) {
    case (false, false): return "a number"
    case (true, false):
      if range.lowerBound == 0 { return "a number that is not negative" }
      return range.lowerBound < 1e-300
        ? "a positive number" : "a number from \(ShortestNumber.text(range.lowerBound))"
    case (false, true): return "a number up to \(ShortestNumber.text(range.upperBound))"
    case (true, true):
      return "a number from \(ShortestNumber.text(range.lowerBound)) "
        + "to \(ShortestNumber.text(range.upperBound))"
    }
  }
}

extension OptionKind where Value == Int {
  static func integer(in range: ClosedRange<Int>) -> Self {
    let what =
      range.upperBound == .max
      ? "a whole number from \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return OptionKind(what) { tree, reader in
      guard let text = tree.scalar?.string, let value = Int(text), range.contains(value) else {
        return expected(what, at: tree, &reader)
      }
      return value
    }
  }
}

extension OptionKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the type's cases, by its raw value.
  static func choice(_ type: Value.Type = Value.self) -> Self {
    let names = Value.allCases.map(\.rawValue)
    return OptionKind("one of \(names.joined(separator: ", "))", allowed: names) { tree, reader in
      guard let text = tree.scalar?.string else {
        return expected("one of \(names.joined(separator: ", "))", at: tree, &reader)
      }
      if let value = Value(rawValue: text) { return value }
      let remedy = NearMiss.best(for: text, among: names).map { "did you mean '\($0)'?" }
      return expected("one of \(names.joined(separator: ", "))", at: tree, &reader, remedy: remedy)
    }
  }
}
