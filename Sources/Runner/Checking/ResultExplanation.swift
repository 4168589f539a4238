// What a result rests on, entry by entry, and what changed since the last run.

import AnalysisDocument
import Diagnostics

/// The account that `meier explain FILE#id` gives.
public struct ResultExplanation: Sendable {
  /// What could be found out.
  public enum Outcome: Sendable {
    /// Lines for the terminal, ending in a line break.
    case account(String)
    /// The document has no result of this name.
    case unknownID(remedy: String)
    /// The result could not be computed; the diagnostics say why.
    case notComputed
  }

  /// The account, or why there is none.
  public let outcome: Outcome
  /// What the run that it took reported, in document order.
  public let diagnostics: [Diagnostic]
}

extension RunSession {
  /// Whether a document carries the result of this id in it, under its directive.
  public static func carriesResult(_ id: String, document path: String, workingDirectory: String) -> Bool {
    let absolute = Project(document: path, workingDirectory: workingDirectory).absolute(path)
    guard let bytes = try? FileSystem.read(absolute) else { return false }
    let file = SourceFile(path: path, bytes: bytes)
    return ParsedDocument.parse(file: file, foreignLanguages: []).0.region(id: id) != nil
  }

  /// Computes the document and says what the result rests on and what of that changed since the last run.
  /// Writes nothing.
  ///
  /// - Parameters:
  ///   - id: the id of the directive.
  ///   - path: the document, as the user wrote it.
  public func explain(_ id: String, of path: String) -> ResultExplanation {
    let run = checkingRunner(keepsGoing: true).run(path)
    let errors = run.diagnostics.filter { $0.severity == .error && $0.code != .claimFailed }
    guard let result = run.results.first(where: { $0.id == id }) else {
      if run.ids.contains(id) || run.files.isEmpty {
        return ResultExplanation(outcome: .notComputed, diagnostics: errors)
      }
      let remedy =
        NearMiss.remedy(for: id, among: run.ids)
        ?? (run.ids.isEmpty ? "the document has no directive" : "ids: \(run.ids.joined(separator: ", "))")
      return ResultExplanation(outcome: .unknownID(remedy: remedy), diagnostics: [])
    }
    let check = DocumentCheck(run, display: display)
    let state = check.states.first { $0.id == id }
    let place = "\(result.place.path):\(result.place.start.line)"
    var text = "\(id): \(result.record.directive), \(place), \(state?.words ?? "fresh")\n\n"
    for line in result.lines { text += line + "\n" }
    return ResultExplanation(outcome: .account(text), diagnostics: [])
  }
}

extension DocumentResult {
  /// Each entry with its state, those that changed first.
  fileprivate var lines: [String] {
    let before = lastRecord.map { record in
      Dictionary(record.entries.map { ($0.name, $0.mark) }) { first, _ in first }
    }
    func state(_ name: String, _ mark: String) -> String {
      guard let before else { return "unrecorded" }
      guard let old = before[name] else { return "added" }
      return old == mark ? "same" : "changed"
    }
    var rows: [(state: String, words: String)] = []
    let oldSemantics = lastRecord?.semantics
    rows.append(
      (
        oldSemantics == nil ? "unrecorded" : oldSemantics == record.semantics ? "same" : "changed",
        "semantics of \(record.directive) \(record.semantics)"
      ))
    for entry in record.entries {
      let shown = DependencyRecord.isShown(entry.name) ? " \(entry.mark)" : ""
      rows.append((state(entry.name, entry.mark), DependencyRecord.words(entry.name) + shown))
    }
    let now = Set(record.entries.map(\.name))
    for entry in lastRecord?.entries ?? [] where !now.contains(entry.name) {
      rows.append(("removed", DependencyRecord.words(entry.name)))
    }
    // What changed is what one came for.
    let sorted = rows.filter { $0.state != "same" } + rows.filter { $0.state == "same" }
    let width = rows.map(\.state.count).max() ?? 0
    return sorted.map { row in
      "  " + row.state + String(repeating: " ", count: width - row.state.count + 2) + row.words
    }
  }
}
