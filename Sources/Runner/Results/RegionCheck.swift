// Whether the result regions on disk are still what the last run wrote.

import AnalysisDocument
import DataTables
import Diagnostics

/// A short fingerprint of a region's text, by which the next run tells whether somebody edited it.
enum ResultDigest {
  /// Of the text from marker to marker with line feeds and without the prefix of a quote or a list, so that moving
  /// a directive or changing the file's line ends is no edit.
  static func of(_ text: [UInt8]) -> String { String(FileDigest.sha256(text).prefix(16)) }
}

/// Results that were edited by hand, and results whose directive is gone.
struct RegionCheck: Sendable {
  /// Ids of regions that are not what the last run wrote.
  private(set) var editedIDs: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter current: the document that holds the regions of the last run: the source of an in-place run,
  ///   else the output.
  /// - Parameter written: the region that this run would write, by id.
  init(_ current: ParsedDocument, last: LastResults, written: [String: String]) {
    for region in current.regions {
      let id = region.id.string
      guard let recorded = last.digests[id], let new = written[id] else { continue }
      let text = region.generatedText(in: current.file)
      // What equals the new result is nobody's edit, whatever the record says.
      guard ResultDigest.of(text) != recorded, text != Array(new.utf8) else { continue }
      editedIDs.insert(id)
      diagnostics.append(
        Diagnostic(
          .editedResult, "the result of '\(id)' was changed by hand since the last run",
          at: SourceRange(file: current.file, bytes: Self.markerRange(of: region, in: current.file)),
          remedy: "take the change back, or run with --force to write the result anew"))
    }
  }

  /// Regions whose directive is gone: they stay as they are, with numbers that nothing keeps true.
  static func orphans(in document: ParsedDocument) -> [Diagnostic] {
    document.regions.filter { document.directive(id: $0.id.string) == nil }.map { region in
      Diagnostic(
        .warning, .orphanedResult, "the result of '\(region.id.string)' has no directive any more",
        at: SourceRange(file: document.file, bytes: markerRange(of: region, in: document.file)),
        remedy: "delete it with its two markers, or write its directive again")
    }
  }

  private static func markerRange(of region: ResultRegion, in file: SourceFile) -> Range<Int> {
    region.range.lowerBound..<min(region.range.upperBound, file.lineRange(region.lines.lowerBound).upperBound)
  }
}
