// Diagnostics as one SARIF log, which code hosts show beside the lines they are about.

extension DiagnosticPrinter {
  /// A complete SARIF 2.1.0 log: every code of the closed list is a rule with its page as help, every diagnostic a
  /// result. Columns count Unicode scalars, and paths are relative to the working directory where they can be.
  public static func sarif(_ diagnostics: [Diagnostic], version: String) -> String {
    let rules = DiagnosticCode.allCases.map { code in
      object([
        ("id", quoted(code.rawValue)), ("shortDescription", text(code.page.meaning)),
        ("help", text(code.page.remedy)),
      ])
    }
    let driver = object([
      ("name", quoted("Meier")), ("semanticVersion", quoted(version)), ("rules", list(rules, indent: 10)),
    ])
    let results = list(diagnostics.map(result), indent: 6)
    return """
      {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
          {
            "tool": {"driver": \(driver)},
            "columnKind": "unicodeCodePoints",
            "results": \(results)
          }
        ]
      }

      """
  }

  private static func result(_ diagnostic: Diagnostic) -> String {
    let own = diagnostic.notes.filter { $0.location == nil }.map(\.message)
    let sentences = [diagnostic.message] + own + [diagnostic.remedy].compactMap(\.self)
    var fields = [
      ("ruleId", quoted(diagnostic.code.rawValue)),
      ("ruleIndex", String(DiagnosticCode.allCases.firstIndex(of: diagnostic.code) ?? 0)),
      ("level", quoted(diagnostic.severity.rawValue)),
      ("message", text(sentences.joined(separator: "; "))),
    ]
    if let location = diagnostic.location { fields.append(("locations", "[\(place(location))]")) }
    let related = diagnostic.notes.compactMap { note in note.location.map { place($0, message: note.message) }
    }
    if !related.isEmpty { fields.append(("relatedLocations", "[\(related.joined(separator: ", "))]")) }
    return object(fields)
  }

  private static func place(_ location: DiagnosticLocation, message: String? = nil) -> String {
    let region = [
      ("startLine", location.start.line), ("startColumn", location.start.column),
      ("endLine", location.end.line), ("endColumn", location.end.column),
    ]
    let physical = object([
      ("artifactLocation", object([("uri", quoted(uri(location.path)))])),
      ("region", object(region.map { ($0.0, String($0.1)) })),
    ])
    return object([("physicalLocation", physical)] + (message.map { [("message", text($0))] } ?? []))
  }

  /// A path as a reference: bytes that a URI cannot hold percent-encoded.
  private static func uri(_ path: String) -> String {
    (path.hasPrefix("/") ? "file://" : "") + PathReference.encoded(path)
  }

  private static func text(_ text: String) -> String { object([("text", quoted(text))]) }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// One element per line.
  private static func list(_ elements: [String], indent: Int) -> String {
    guard !elements.isEmpty else { return "[]" }
    let margin = String(repeating: " ", count: indent)
    return "[\n" + elements.map { "\(margin)  \($0)" }.joined(separator: ",\n") + "\n\(margin)]"
  }
}
