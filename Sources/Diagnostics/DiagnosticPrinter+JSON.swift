// Diagnostics for editors and continuous integration: one JSON object per line.

extension DiagnosticPrinter {
  /// One line of JSON: `file`, `line`, `column`, `endLine`, `endColumn` (absent without a place), `severity`, `code`,
  /// `message`, `remedy` (absent when there is none), `notes`.
  public func json(_ diagnostic: Diagnostic) -> String {
    var fields = place(diagnostic.location)
    fields.append("\"severity\":\(Self.quoted(diagnostic.severity.rawValue))")
    fields.append("\"code\":\(Self.quoted(diagnostic.code.rawValue))")
    fields.append("\"message\":\(Self.quoted(diagnostic.message))")
    if let remedy = diagnostic.remedy { fields.append("\"remedy\":\(Self.quoted(remedy))") }
    if showsValues, !diagnostic.values.isEmpty {
      fields.append("\"values\":[\(diagnostic.values.map(Self.quoted).joined(separator: ","))]")
    }
    if !diagnostic.notes.isEmpty {
      let notes = diagnostic.notes.map { note in
        "{" + (place(note.location) + ["\"message\":\(Self.quoted(note.message))"]).joined(separator: ",")
          + "}"
      }
      fields.append("\"notes\":[\(notes.joined(separator: ","))]")
    }
    return "{" + fields.joined(separator: ",") + "}\n"
  }

  private func place(_ location: DiagnosticLocation?) -> [String] {
    guard let location else { return [] }
    return [
      "\"file\":\(Self.quoted(location.path))",
      "\"line\":\(location.start.line)", "\"column\":\(location.start.column)",
      "\"endLine\":\(location.end.line)", "\"endColumn\":\(location.end.column)",
    ]
  }

  /// A string as JSON writes it.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
