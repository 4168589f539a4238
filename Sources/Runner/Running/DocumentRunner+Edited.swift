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

  /// What the last run recorded, and in `output/` the Markdown that it wrote: both of the same run, whoever writes
  /// meanwhile. A run that was killed between the two has left its Markdown beside: then nobody edited anything.
  func standingFiles(_ paths: OutputPaths, _ memory: RunMemory) -> StandingFiles {
    let target = FileSystem.resolvingLinks(paths.markdown)
    let folders = [paths.results, paths.markdown].map { FilePath.directory(FileSystem.resolvingLinks($0)) }
    return withExtendedLifetime(DirectoryLock(Set(folders))) {
      let results = try? FileSystem.read(paths.results)
      let last =
        results.map { results in
          memory.lastResults.made(from: ExactBytes(results)) { LastResults.parse(results) }
        }
        ?? .none
      let markdown = options.mode == .inPlace ? nil : try? FileSystem.read(paths.markdown)
      let wasKilled = FileSystem.exists(StagedFile.temporaryName(for: target, isLocked: true))
      return StandingFiles(
        last: wasKilled ? last.withoutDigests : last, markdown: markdown,
        isUntouched: memory.wrote(results ?? [], markdown ?? []))
    }
  }

  /// Regions that were edited, with what stands in them; none with `--force`.
  ///
  /// - Parameter path: of the Markdown, as messages print it.
  func editedRegions(
    _ document: ParsedDocument, _ before: StandingFiles, _ regions: [String: RegionRenderer.Rendered],
    at path: String
  ) -> (kept: [String: RegionRenderer.Rendered], diagnostics: [Diagnostic]) {
    let last = before.last
    guard !options.forces, !before.isUntouched, !last.digests.isEmpty,
      let current = currentOutput(document, before.markdown.map { SourceFile(path: path, bytes: $0) })
    else { return ([:], []) }
    let check = RegionCheck(current, last: last, written: regions.mapValues(\.text))
    var kept: [String: RegionRenderer.Rendered] = [:]
    for region in current.regions where check.editedIDs.contains(region.id.string) {
      let text = String(decoding: region.generatedText(in: current.file), as: UTF8.self)
      kept[region.id.string] = RegionRenderer.Rendered(text: text, files: [])
    }
    return (kept, check.diagnostics)
  }

  /// Files that results would replace and that are somebody else's: data that the document reads, or in place, where
  /// the folder beside the document may hold anything, a table of which the last run knows nothing.
  func filesInTheWay(
    _ files: [PlannedFile], _ last: LastResults, inputs: Set<String>, _ project: Project
  ) -> [Diagnostic] {
    let inputs = Set(FileSystem.resolvingLinks(inputs.sorted()))
    // A record of an older Meier names no tables.
    let isRecorded = !last.tables.isEmpty || last.records.isEmpty
    return zip(files, FileSystem.resolvingLinks(files.map(\.path))).compactMap { file, target in
      let isInput = inputs.contains(target)
      guard isInput || options.mode == .inPlace && !options.forces && isRecorded && isForeign(file, last)
      else {
        return nil
      }
      return Diagnostic(
        .fileInTheWay,
        "a result would replace '\(project.display(file.path))', which "
          + (isInput ? "the document reads" : "no run of this document wrote"),
        remedy: "give the directive another id, or move the file" + (isInput ? "" : "; --force replaces it"))
    }
  }

  /// Whether another table stands where one is to be written, of which the last run knows nothing.
  private func isForeign(_ file: PlannedFile, _ last: LastResults) -> Bool {
    guard file.path.hasSuffix(".csv"), last.tables[FilePath.name(file.path)] == nil,
      let bytes = try? FileSystem.read(file.path)
    else { return false }
    return bytes != file.bytes
  }

  /// The document in which the results of the last run stand.
  private func currentOutput(_ document: ParsedDocument, _ standing: SourceFile?) -> ParsedDocument? {
    if options.mode == .inPlace { return document }
    return standing.map { ParsedDocument.parse(file: $0, foreignLanguages: []).0 }
  }
}

/// What the last run left of a document.
struct StandingFiles: Sendable {
  let last: LastResults
  /// In `output/`; `nil` when there is none, and in place.
  let markdown: [UInt8]?
  /// Whether the files are this process's own to the byte: then nobody has edited them.
  let isUntouched: Bool
}
