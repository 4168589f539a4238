// The parameters of a document: declared in front matter or `meier.yml`, set on the command line.

import Diagnostics

/// Parameters by name.
public struct ParameterSet: Sendable {
  /// What stands before a parameter's name wherever it is used.
  public static let prefix = "params."

  /// The values, by name.
  public private(set) var values: [String: ParameterValue] = [:]
  /// Where each was declared.
  private var places: [String: SourceRange] = [:]

  /// No parameters.
  public init() {}

  /// The names, sorted.
  public var names: [String] { values.keys.sorted() }

  /// Reads a `params:` mapping; declarations made before win.
  public mutating func declare(_ tree: OptionTree) -> [Diagnostic] {
    if tree.isNull { return [] }
    guard let mapping = tree.mapping else {
      return [
        Diagnostic(
          .invalidOption, "expected parameters, found \(tree.kindInWords)", at: tree.range,
          remedy: "write params: {name: value}")
      ]
    }
    var diagnostics: [Diagnostic] = []
    for entry in mapping.entries {
      let name = entry.key.string
      if let problem = Identifier.problem(entry.key, as: "the name of a parameter") {
        diagnostics.append(problem)
        continue
      }
      guard let value = Self.value(entry.value) else {
        diagnostics.append(
          Diagnostic(
            .invalidOption,
            "the parameter '\(name)' needs a value: a number, a text, true, false, or a list of one kind",
            at: entry.value.range, remedy: "write for example \(name): 60"))
        continue
      }
      if values[name] == nil {
        values[name] = value
        places[name] = entry.key.range()
      }
    }
    return diagnostics
  }

  private static func value(_ tree: OptionTree) -> ParameterValue? {
    switch tree {
    case .scalar(let scalar):
      if scalar.isNull { return nil }
      return scalar.isQuoted ? .text(scalar.string) : .plain(scalar.string)
    case .sequence(let sequence):
      let elements = sequence.elements.compactMap { $0.scalar == nil ? nil : value($0) }
      guard elements.count == sequence.elements.count, !elements.isEmpty else { return nil }
      return Set(elements.map(\.kindInWords)).count == 1 ? .list(elements) : nil
    case .mapping: return nil
    }
  }

  /// Gives a declared parameter the value that the command line asks for.
  ///
  /// - Parameter declaredIn: what to say where the fault lies: the document's path.
  public mutating func set(_ name: String, to text: String, for document: String) -> Diagnostic? {
    guard let declared = values[name] else {
      return Diagnostic(
        .unknownParameter, "-P \(name): '\(document)' declares no parameter '\(name)'",
        remedy: NearMiss.remedy(for: name, among: names)
          ?? (names.isEmpty
            ? "declare it in the front matter: params: {\(name): \(text)}"
            : "parameters: \(names.joined(separator: ", "))"))
    }
    guard let value = Self.value(text, like: declared) else {
      let place = places[name]
      return Diagnostic(
        .invalidOption, "-P \(name): expected \(declared.kindInWords)",
        remedy: "'\(document)' declares it as \(declared.optionText)",
        notes: place.map { [.init("it is declared here", at: DiagnosticLocation($0))] } ?? [])
    }
    values[name] = value
    return nil
  }

  /// A value of the same kind as the one declared.
  private static func value(_ text: String, like declared: ParameterValue) -> ParameterValue? {
    switch declared {
    case .text: return .text(text)
    case .number, .flag:
      let value = ParameterValue.plain(text)
      return value.kindInWords == declared.kindInWords ? value : nil
    case .list(let elements):
      guard let first = elements.first else { return nil }
      var inner = text[...]
      if inner.hasPrefix("["), inner.hasSuffix("]") { inner = inner.dropFirst().dropLast() }
      let values = inner.split(separator: ",").map { piece in
        value(unquoted(piece), like: first)
      }
      let known = values.compactMap(\.self)
      return known.count == values.count && !known.isEmpty ? .list(known) : nil
    }
  }

  private static func unquoted(_ piece: Substring) -> String {
    var piece = piece
    while piece.first == " " { piece = piece.dropFirst() }
    while piece.last == " " { piece = piece.dropLast() }
    for quote in ["\"", "'"] where piece.count >= 2 && piece.hasPrefix(quote) && piece.hasSuffix(quote) {
      return String(piece.dropFirst().dropLast())
    }
    return String(piece)
  }

  func unknown(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownParameter, "no parameter '\(name)'", at: range,
      remedy: NearMiss.best(for: name, among: names).map { "did you mean '\(Self.prefix)\($0)'?" }
        ?? (names.isEmpty
          ? "declare it in the front matter: params: {\(name): …}"
          : "parameters: \(names.joined(separator: ", "))"))
  }
}
