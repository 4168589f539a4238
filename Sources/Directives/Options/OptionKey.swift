// Options, typed: a directive declares a key once and reads its checked value through it.

import AnalysisDocument
import Diagnostics
import Expressions

/// An option of a directive whose value is of a known Swift type.
///
/// ```
/// static let ties = OptionKey("ties", .choice(TiesOption.self), default: .efron, "how tied deaths are handled")
/// …
/// let ties = try options[Self.ties]
/// ```
struct OptionKey<Value: Sendable>: Sendable {
  let name: String
  let kind: OptionKind<Value>
  let defaultValue: Value?
  let specification: OptionSpecification

  /// An option with a default. `defaultText` is what the manual prints for it.
  init(
    _ name: String, _ kind: OptionKind<Value>, default value: Value, shown defaultText: String,
    _ summary: String
  ) {
    self.init(name, kind, value, defaultText, summary, isRequired: false)
  }

  /// An option that must be given.
  init(required name: String, _ kind: OptionKind<Value>, _ summary: String) {
    self.init(name, kind, nil, nil, summary, isRequired: true)
  }

  private init(
    _ name: String, _ kind: OptionKind<Value>, _ value: Value?, _ defaultText: String?, _ summary: String,
    isRequired: Bool
  ) {
    self.name = name
    self.kind = kind
    defaultValue = value
    specification = OptionSpecification(
      name: name, summary: summary, kind: kind.description, allowed: kind.allowed, parts: kind.parts,
      defaultText: defaultText,
      isRequired: isRequired,
      decode: { tree, reader in
        kind.decode(tree, &reader).map { DecodedOption(value: $0, use: kind.use($0)) }
      })
  }
}

extension OptionKey {
  /// An option that may be left out, and then is `nil`.
  public init<Wrapped>(optional name: String, _ kind: OptionKind<Wrapped>, _ summary: String)
  where Value == Wrapped? {
    self.init(name, kind.optional, default: nil, shown: "none", summary)
  }
}

/// An option as validation and the manual see it.
struct OptionSpecification: Sendable {
  let name: String
  let summary: String
  /// What may stand there, in words: "a number between 0 and 1".
  let kind: String
  /// The words to choose from; empty for open kinds.
  let allowed: [String]
  let parts: [OptionPart]
  let defaultText: String?
  let isRequired: Bool
  let decode: @Sendable (OptionTree, inout OptionReader) -> DecodedOption?
}

struct DecodedOption: Sendable {
  let value: any Sendable
  let use: OptionUse
}

/// What an option's value refers to: known before anything is computed, so that the plan can order directives and
/// the reader can keep only the columns that are used.
public struct OptionUse: Sendable {
  /// Data sets and other directives, each where it was named.
  public var references: [Reference] = []
  /// Names of columns and outcomes of the directive's data set.
  public var columns: Set<String> = []
  /// The same where they were typed, as far as it is sure that a column or an outcome is meant.
  public var names: [Expression.NameUse] = []
  /// Whether every column is used (`.` in a formula).
  public var usesAllColumns = false

  init(references: [Reference] = [], columns: Set<String> = [], usesAllColumns: Bool = false) {
    self.references = references
    self.columns = columns
    self.usesAllColumns = usesAllColumns
  }

  init(names: [Expression.NameUse], usesAllColumns: Bool = false) {
    self.init(columns: Set(names.map(\.name)), usesAllColumns: usesAllColumns)
    self.names = names
  }

  /// The same references without their places.
  public var ids: Set<String> { Set(references.map(\.id)) }

  mutating func formUnion(_ other: OptionUse) {
    references += other.references
    columns.formUnion(other.columns)
    names += other.names
    usesAllColumns = usesAllColumns || other.usesAllColumns
  }
}

/// Collects the problems met while options are decoded.
struct OptionReader: Sendable {
  private(set) var diagnostics: [Diagnostic] = []

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Gives the problems since some moment a remedy, where they have none.
  mutating func remedy(from index: Int, _ remedy: String) {
    for position in diagnostics.indices.dropFirst(index) where diagnostics[position].remedy == nil {
      let problem = diagnostics[position]
      diagnostics[position] = Diagnostic(
        problem.severity, problem.code, problem.message, at: problem.location, remedy: remedy,
        notes: problem.notes, values: problem.values)
    }
  }

  /// The value of `body`, or `nil` after its problems were reported.
  mutating func reading<Value>(_ body: () throws(DiagnosticList) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }
}
