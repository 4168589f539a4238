// What somebody changed by hand in the results of the last run.

import AnalysisDocument
import Diagnostics

extension DocumentRunner {
  /// Whether `--force` makes a problem none: the value whose text was edited is written anew.
  func isForced(_ diagnostic: Diagnostic, in document: ParsedDocument) -> Bool {
    guard options.forces, diagnostic.code == .editedResult, let place = diagnostic.location else {
      return false
    }
    return document.spans.contains { span in
      span.isEdited
        && DiagnosticLocation(SourceRange(file: document.file, bytes: span.range)).start == place.start
    }
  }

  /// Regions that were edited, with what stands in them; none with `--force`.
  func editedRegions(
    _ document: ParsedDocument, _ project: Project, _ paths: OutputPaths, _ last: LastResults,
    _ regions: [String: RegionRenderer.Rendered]
  ) -> (kept: [String: RegionRenderer.Rendered], diagnostics: [Diagnostic]) {
    guard !options.forces, !last.digests.isEmpty,
      let current = currentOutput(document, project, paths)
    else { return ([:], []) }
    let check = RegionCheck(current, last: last, written: regions.mapValues(\.text))
    var kept: [String: RegionRenderer.Rendered] = [:]
    for region in current.regions where check.editedIDs.contains(region.id.string) {
      let text = String(decoding: region.generatedText(in: current.file), as: UTF8.self)
      kept[region.id.string] = RegionRenderer.Rendered(text: text, files: [])
    }
    return (kept, check.diagnostics)
  }

  /// The document in which the results of the last run stand.
  private func currentOutput(
    _ document: ParsedDocument, _ project: Project, _ paths: OutputPaths
  ) -> ParsedDocument? {
    if options.mode == .inPlace { return document }
    guard let bytes = try? FileSystem.read(paths.markdown) else { return nil }
    return ParsedDocument.parse(
      file: SourceFile(path: project.display(paths.markdown), bytes: bytes), foreignLanguages: []
    ).0
  }
}
