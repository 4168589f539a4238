// What Meier has to tell its user, as data.

/// How grave a diagnostic is; errors keep results from being written.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Adds to another diagnostic.
  case note
  /// The result stands, but should be looked at.
  case warning
  /// The document has no result here.
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// Whether the left one is less grave.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// Where a message points: a file, a position in it, and the line to show (`nil` where the line may hold
/// patients' values).
public struct DiagnosticLocation: Sendable, Hashable {
  /// The path as it is printed, relative where it can be.
  public let path: String
  /// Line and column of the first byte.
  public let start: SourcePosition
  /// Position after the last character; equal to `start` for a point.
  public let end: SourcePosition
  /// The line itself, for the caret below it; `nil` where there is none to show.
  public let sourceLine: String?

  /// A place by line and column; without `end` a point, without `sourceLine` nothing is shown of the line.
  public init(path: String, start: SourcePosition, end: SourcePosition? = nil, sourceLine: String? = nil) {
    self.path = path
    self.start = start
    self.end = end ?? start
    self.sourceLine = sourceLine
  }

  /// The place in the file that the author wrote, also where that file was put into another.
  public init(_ range: SourceRange) {
    let range = range.origin
    self.init(
      path: range.file.path, start: range.start, end: range.end,
      sourceLine: range.file.lineText(range.start.line))
  }
}

/// One thing that is wrong, or worth knowing, at one place.
public struct Diagnostic: Sendable, Error {
  /// Something to look at besides, with a place of its own.
  public struct Note: Sendable {
    /// What there is to say, without a full stop.
    public let message: String
    /// Where; `nil` when it belongs to no file.
    public let location: DiagnosticLocation?

    /// A note, without a place unless one is given.
    public init(_ message: String, at location: DiagnosticLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// How grave it is.
  public let severity: Severity
  /// Its code, one of a closed list.
  public let code: DiagnosticCode
  /// What is wrong, in one line, without a full stop. Never a cell's value.
  public let message: String
  /// Where; `nil` when it belongs to no place in a file.
  public let location: DiagnosticLocation?
  /// What to do about it: printed on its own line.
  public let remedy: String?
  /// What else to look at.
  public let notes: [Note]
  /// Cell values that belong to the message; printed with `--show-values` alone.
  public let values: [String]

  /// A message of any severity, at a place of any file or at none.
  public init(
    _ severity: Severity, _ code: DiagnosticCode, _ message: String,
    at location: DiagnosticLocation? = nil, remedy: String? = nil, notes: [Note] = [], values: [String] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
    self.remedy = remedy
    self.notes = notes
    self.values = values
  }

  /// A message of any severity at a place in the author's text.
  public init(
    _ severity: Severity, _ code: DiagnosticCode, _ message: String,
    at range: SourceRange, remedy: String? = nil, notes: [Note] = [], values: [String] = []
  ) {
    self.init(
      severity, code, message, at: DiagnosticLocation(range), remedy: remedy, notes: notes, values: values)
  }
}

extension Diagnostic {
  /// An error.
  public init(
    _ code: DiagnosticCode, _ message: String, at location: DiagnosticLocation? = nil, remedy: String? = nil,
    notes: [Note] = [], values: [String] = []
  ) {
    self.init(.error, code, message, at: location, remedy: remedy, notes: notes, values: values)
  }

  /// An error in the author's text.
  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, remedy: String? = nil,
    notes: [Note] = [],
    values: [String] = []
  ) {
    self.init(
      .error, code, message, at: DiagnosticLocation(range), remedy: remedy, notes: notes, values: values)
  }
}

/// Several diagnostics thrown together.
public struct DiagnosticList: Error, Sendable {
  /// The diagnostics, in the order of the documents.
  public let diagnostics: [Diagnostic]
  /// Wraps diagnostics that were collected.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension Sequence where Element == Diagnostic {
  /// Whether one of them is an error.
  public var containsError: Bool { contains { $0.severity == .error } }
}

extension Collection where Element == Diagnostic {
  /// By place: file by file in the order given, then line, column, code, message; those without a
  /// place come first.
  public func inDocumentOrder() -> [Diagnostic] {
    // Most documents and blocks have none.
    if isEmpty { return [] }
    return enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (nil, nil): return left.offset < right.offset
      case (nil, _): return true
      case (_, nil): return false
      case (let a?, let b?):
        if a.path != b.path { return a.path < b.path }
        if a.start != b.start { return a.start < b.start }
        if left.element.code != right.element.code {
          return left.element.code.rawValue < right.element.code.rawValue
        }
        return left.offset < right.offset
      }
    }.map(\.element)
  }
}
