// A directive's results as they are kept between runs.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives

/// What a directive printed, without the rows and models that it printed it from.
struct KeptOutput: Sendable, Codable {
  let blocks: [OutputBlock]
  let values: [ResultValue]
  let warnings: [Warning]
  /// Of the directive's lines, where warnings point into them: in other lines they would point elsewhere.
  let blockDigest: String?
  /// Whether the run left something that other directives build on.
  let hasArtifact: Bool

  /// A warning whose places are lines of the directive, counted from its first.
  struct Warning: Sendable, Codable {
    let severity: String
    let code: String
    let message: String
    let remedy: String?
    let place: Place?
    let notes: [Note]
  }

  struct Note: Sendable, Codable {
    let message: String
    let place: Place?
  }

  struct Place: Sendable, Codable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
  }

  /// `nil` when a warning holds cell values, or points to a place that may move by itself.
  init?(_ output: DirectiveOutput, of block: DirectiveBlock) {
    let lines = BlockLines(block)
    var kept: [Warning] = []
    for warning in output.warnings {
      guard warning.values.isEmpty, let place = lines.relative(warning.location) else { return nil }
      var notes: [Note] = []
      for note in warning.notes {
        guard let place = lines.relative(note.location) else { return nil }
        notes.append(Note(message: note.message, place: place.place))
      }
      kept.append(
        Warning(
          severity: warning.severity.rawValue, code: warning.code.rawValue, message: warning.message,
          remedy: warning.remedy, place: place.place, notes: notes))
    }
    blocks = output.blocks
    values = output.values
    warnings = kept
    blockDigest = kept.isEmpty ? nil : lines.digest
    hasArtifact = output.artifact != nil
  }

  /// The output as an earlier run left it, without what was said about it then.
  var standing: DirectiveOutput { DirectiveOutput(blocks: blocks, values: values) }

  /// The output again; `nil` when its warnings belong to other lines.
  func output(of block: DirectiveBlock, artifact: (any Sendable)? = nil) -> DirectiveOutput? {
    guard !warnings.isEmpty else {
      return DirectiveOutput(blocks: blocks, values: values, artifact: artifact)
    }
    let lines = BlockLines(block)
    guard lines.digest == blockDigest else { return nil }
    var diagnostics: [Diagnostic] = []
    for warning in warnings {
      guard let severity = Severity(rawValue: warning.severity),
        let code = DiagnosticCode(rawValue: warning.code)
      else { return nil }
      diagnostics.append(
        Diagnostic(
          severity, code, warning.message, at: warning.place.map(lines.absolute), remedy: warning.remedy,
          notes: warning.notes.map { Diagnostic.Note($0.message, at: $0.place.map(lines.absolute)) }))
    }
    return DirectiveOutput(blocks: blocks, values: values, warnings: diagnostics, artifact: artifact)
  }
}

/// The lines of a directive in its file, and places counted from the first of them.
private struct BlockLines {
  private let file: SourceFile
  private let lines: ClosedRange<Int>

  init(_ block: DirectiveBlock) {
    file = block.header.file
    lines = block.lines
  }

  /// Of the whole lines, whatever stands before the fence included.
  var digest: String {
    let start = file.lineRange(lines.lowerBound).lowerBound
    let end = max(start, file.lineRange(lines.upperBound).upperBound)
    return FileDigest.sha256(Array(file.bytes[start..<end]))
  }

  /// No place stays none; `nil` for a place outside these lines.
  func relative(_ location: DiagnosticLocation?) -> (place: KeptOutput.Place?, Void)? {
    guard let location else { return (nil, ()) }
    guard location.path == file.path, lines.contains(location.start.line), lines.contains(location.end.line),
      location.sourceLine == file.lineText(location.start.line)
    else { return nil }
    let place = KeptOutput.Place(
      startLine: location.start.line - lines.lowerBound, startColumn: location.start.column,
      endLine: location.end.line - lines.lowerBound, endColumn: location.end.column)
    return (place, ())
  }

  func absolute(_ place: KeptOutput.Place) -> DiagnosticLocation {
    let start = SourcePosition(line: place.startLine + lines.lowerBound, column: place.startColumn)
    let end = SourcePosition(line: place.endLine + lines.lowerBound, column: place.endColumn)
    return DiagnosticLocation(
      path: file.path, start: start, end: end, sourceLine: file.lineText(start.line))
  }
}
