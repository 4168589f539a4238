// Diagnostics as text for people.

/// Writes a diagnostic as `path:line:column: error: message [code]`, the source line, a caret and the remedy.
///
/// ```
/// analyses/nelm.md:42:10: error: no column 'os_month' in 'nelm' [unknown-column]
///   42 | formula: os_month ~ treatment
///      |          ^~~~~~~~
///      = did you mean 'os_months'?
/// ```
public struct DiagnosticPrinter: Sendable {
  /// Whether cell values that belong to a message are shown.
  public let showsValues: Bool
  /// Whether ANSI colours are used: for a terminal only.
  public let usesColor: Bool

  /// A printer; values of cells are shown on request only, since they are patients'.
  public init(showsValues: Bool = false, usesColor: Bool = false) {
    self.showsValues = showsValues
    self.usesColor = usesColor
  }

  /// The diagnostic as compilers print it: place, message, code, source line with caret, remedy, notes.
  public func text(_ diagnostic: Diagnostic) -> String {
    var lines = [headline(diagnostic)]
    if let location = diagnostic.location { lines += excerpt(location) }
    let margin = String(repeating: " ", count: gutterWidth(diagnostic.location))
    if let remedy = diagnostic.remedy { lines.append("\(margin) = \(remedy)") }
    if showsValues, !diagnostic.values.isEmpty {
      lines.append("\(margin) = met: " + diagnostic.values.map(Self.printable).joined(separator: ", "))
    }
    for note in diagnostic.notes {
      let place = note.location.map { "\($0.path):\($0.start.line):\($0.start.column): " } ?? "\(margin) "
      lines.append("\(place)note: \(note.message)")
      if let location = note.location { lines += excerpt(location) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { "\($0.path):\($0.start.line):\($0.start.column): " } ?? "meier: "
    let severity = colored(diagnostic.severity)
    return "\(place)\(severity): \(Self.printable(diagnostic.message)) [\(diagnostic.code.rawValue)]"
  }

  private func colored(_ severity: Severity) -> String {
    guard usesColor else { return severity.rawValue }
    let color =
      switch severity {
      case .error: "31"
      case .warning: "35"
      case .note: "36"
      }
    return "\u{1B}[1;\(color)m\(severity.rawValue)\u{1B}[0m"
  }

  private func gutterWidth(_ location: DiagnosticLocation?) -> Int {
    guard let location, location.sourceLine != nil else { return 2 }
    return String(location.start.line).count + 2
  }

  private func excerpt(_ location: DiagnosticLocation) -> [String] {
    guard let line = location.sourceLine else { return [] }
    let number = String(location.start.line)
    let margin = String(repeating: " ", count: number.count + 2)
    let whole = Array(line.unicodeScalars).filter { $0 != "\u{FEFF}" }
    let (scalars, column) = Self.clipped(whole, around: max(location.start.column - 1, 0))
    let before = scalars.prefix(column)
    let width: Int
    if location.end.line > location.start.line {
      width = scalars.count - before.count
    } else {
      width = location.end.column - location.start.column
    }
    // Tabs are kept so that the caret stands under its character whatever their width.
    var pad = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.columns($0)) }.joined()
    let marked = scalars.dropFirst(before.count).prefix(max(width, 0)).reduce(0) { $0 + Self.columns($1) }
    pad += "^" + String(repeating: "~", count: max(marked - 1, 0))
    return [
      "  \(number) | \(Self.printable(String(String.UnicodeScalarView(scalars))))", "\(margin) | \(pad)",
    ]
  }

  /// The part of a long line around a place, and where the place is in it: a line may be a whole file.
  private static func clipped(_ line: [Unicode.Scalar], around column: Int) -> ([Unicode.Scalar], Int) {
    guard line.count > widest else { return (line, column) }
    let start = column > widest * 3 / 4 ? min(column - widest / 4, line.count) : 0
    let end = min(start + widest, line.count)
    let head: [Unicode.Scalar] = start > 0 ? ["…"] : []
    return (head + line[start..<end] + (end < line.count ? ["…"] : []), column - start + head.count)
  }

  /// No more characters of a source line than this are shown.
  private static let widest = 160

  /// How many terminal columns a character takes: two for East Asian wide characters, none for combining ones.
  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  /// Control characters could drive a terminal: they are shown as U+FFFD.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = (scalar.value < 0x20 && scalar != "\t" && scalar != "\n") || scalar.value == 0x7F
          return isControl || (0x80...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
        }))
  }
}
