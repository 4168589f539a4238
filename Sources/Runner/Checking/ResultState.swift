// Whether one result on disk is what a run would write now, and if not, why.

import AnalysisDocument
import Diagnostics
import Presentation

/// The freshness of one result.
public struct ResultState: Sendable {
  /// How what stands in the file compares with what a run would write.
  public enum Freshness: String, Sendable {
    /// The bytes that a run would write.
    case fresh
    /// Other bytes.
    case stale
    /// Other bytes, since somebody changed them by hand after the last run.
    case edited
  }

  /// The id of its directive.
  public let id: String
  /// Where its directive stands.
  let place: DiagnosticLocation
  /// Whether it is what a run would write now.
  public let freshness: Freshness
  /// What is not as it was, in the order of the record; empty for a fresh result.
  let reasons: [String]

  /// `stale: option times; data: column os_months`
  var words: String {
    reasons.isEmpty ? freshness.rawValue : "\(freshness.rawValue): \(reasons.joined(separator: "; "))"
  }

  var diagnostic: Diagnostic? {
    // An edited one has its own message.
    guard freshness == .stale else { return nil }
    return Diagnostic(
      .staleResult, "'\(id)' is stale: \(reasons.joined(separator: "; "))", at: place)
  }
}

/// The results of one document held against its files.
struct DocumentCheck {
  private(set) var states: [ResultState] = []
  /// Absolute paths of files that a run would write.
  private(set) var staleFiles: [String] = []
  private let run: DocumentRun
  private let display: (String) -> String

  init(_ run: DocumentRun, display: @escaping (String) -> String) {
    self.run = run
    self.display = display
    guard let markdown = run.files.last else { return }
    let bytes = try? FileSystem.read(markdown.path)
    let current = bytes.map { bytes in
      ParsedDocument.parse(file: SourceFile(path: markdown.path, bytes: bytes), foreignLanguages: []).0
    }
    let written = Dictionary(run.results.map { ($0.id, $0.region) }) { first, _ in first }
    let edited = current.map { RegionCheck($0, last: run.last, written: written).editedIDs } ?? []
    for result in run.results {
      let reasons = reasons(result, in: current, markdown: markdown.path)
      let isEdited = edited.contains(result.id)
      states.append(
        ResultState(
          id: result.id, place: result.place,
          freshness: isEdited ? .edited : reasons.isEmpty ? .fresh : .stale,
          reasons: isEdited ? ["edited by hand"] : reasons))
    }
    staleFiles = run.files.filter { (try? FileSystem.read($0.path)) != $0.bytes }.map(\.path)
  }

  private func reasons(_ result: DocumentResult, in current: ParsedDocument?, markdown: String) -> [String] {
    guard let current else { return ["file missing: \(display(markdown))"] }
    guard let region = current.region(id: result.id) else { return ["not in \(display(markdown)) yet"] }
    var missing: [String] = []
    var changed: [String] = []
    for figure in result.figures {
      guard let bytes = try? FileSystem.read(figure.path) else {
        missing.append("file missing: \(display(figure.path))")
        continue
      }
      if bytes != figure.bytes { changed.append("the file \(display(figure.path)) is another") }
    }
    let isSame = region.generatedText(in: current.file) == Array(result.region.utf8)
    guard let last = result.lastRecord else {
      let isKnown = run.last.digests[result.id] != nil
      return missing + [
        isKnown ? "written by an older Meier" : "no record of it in \(display(run.resultsPath))"
      ]
    }
    let changes = result.record.changes(since: last).map(\.words)
    if !changes.isEmpty { return missing + changes }
    if !isSame { return missing + ["another build of Meier gives another result"] }
    return missing + changed
  }
}
