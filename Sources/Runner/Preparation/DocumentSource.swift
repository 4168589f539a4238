// A document as it was read: its bytes, the project's settings, and the files it includes.

import AnalysisDocument
import Diagnostics

/// Everything a run reads besides data.
struct DocumentSource: Sendable {
  let project: Project
  let settings: ProjectSettings
  /// Absolute path of the document.
  let path: String
  /// The file as its author wrote it.
  let host: SourceFile
  let prepared: PreparedDocument
  /// Absolute paths of the document and the files it includes, by the path that messages print.
  let paths: [String: String]
  /// Absolute paths of the files it includes, in the order of their first use.
  let includedPaths: [String]

  /// Every file whose change may change the outputs, data aside.
  var inputPaths: [String] { [path] + includedPaths + (settings.path.map { [$0] } ?? []) }

  /// Reads, assembles and checks a document.
  ///
  /// - Parameter path: as the user wrote it, relative to the project's working directory.
  /// - Parameter contents: what stands there instead of what the file holds, if anything.
  static func read(
    _ path: String, _ contents: [UInt8]? = nil, in project: Project, options: RunOptions
  ) throws(FileFailure) -> DocumentSource {
    let absolute = project.absolute(path)
    let bytes: [UInt8]
    if let contents { bytes = contents } else { bytes = try FileSystem.read(absolute) }
    let host = SourceFile(path: project.display(absolute), bytes: bytes)
    let defaults = ProjectSettings.read(project)
    var (document, diagnostics) = ParsedDocument.parse(
      file: host, foreignLanguages: defaults.foreignLanguages)
    let layers = [document.frontMatter?.options, defaults.options].compactMap(\.self)
    var (settings, problems) = DocumentSettings.read(layers)
    problems += settings.set(options.parameters, for: host.path)
    problems += defaults.diagnostics
    var included: [String] = []
    var paths = [host.path: absolute]
    if DocumentAssembly.hasIncludes(document) {
      var assembly = DocumentAssembly(
        project: project, allowedDirectories: options.allowedDirectories.map(project.absolute),
        foreignLanguages: defaults.foreignLanguages, parameters: settings.parameters)
      if let file = assembly.assemble(document, at: absolute) {
        (document, diagnostics) = ParsedDocument.parse(
          file: file, foreignLanguages: defaults.foreignLanguages)
      }
      problems += assembly.diagnostics
      included = assembly.includedPaths
      paths = assembly.paths
    }
    let prepared = DocumentPreparation.prepare(
      document, settings: settings, diagnostics: diagnostics + problems)
    return DocumentSource(
      project: project, settings: defaults, path: absolute, host: host, prepared: prepared,
      paths: paths, includedPaths: included)
  }

  /// Whether bytes of the assembled document were written in the document itself, not in a file it includes.
  func isOwn(_ directive: PreparedDirective) -> Bool {
    SourceRange(file: prepared.file, bytes: directive.block.range).bytes(in: host) != nil
  }

  /// The edits that a run makes: in place those of the document itself, not those of the files it includes.
  func writable(_ edits: [Edit], _ mode: RunOptions.Mode) -> [Edit] {
    guard mode == .inPlace, prepared.file.isAssembled else { return edits }
    return edits.filter { SourceRange(file: prepared.file, bytes: $0.range).bytes(in: host) != nil }
  }

  /// The bytes to write: in place the document itself, without the text of the files it includes.
  func output(_ settlement: StructureGuard.Settlement, _ mode: RunOptions.Mode) throws(SpliceError) -> [UInt8]
  {
    guard mode == .inPlace, prepared.file.isAssembled else { return settlement.result }
    let own = settlement.edits.compactMap { edit in
      SourceRange(file: prepared.file, bytes: edit.range).bytes(in: host).map {
        Edit(range: $0, replacement: edit.replacement)
      }
    }
    return try Splice.apply(own, to: host.bytes)
  }

  /// The files with these edits of the assembled document made where their text was written. A file in which a
  /// replacement would not be read as what it is stays as it was.
  func corrected(_ edits: [Edit]) -> [PlannedFile] {
    var files: [String: (file: SourceFile, edits: [Edit])] = [:]
    for edit in edits {
      let origin = SourceRange(file: prepared.file, bytes: edit.range).origin
      guard origin.bytes.count == edit.range.count else { continue }
      files[origin.file.path, default: (origin.file, [])].edits.append(
        Edit(range: origin.bytes, replacement: edit.replacement))
    }
    return files.sorted { $0.key < $1.key }.compactMap { display, change in
      guard let path = paths[display], let bytes = try? Splice.apply(change.edits, to: change.file.bytes)
      else {
        return nil
      }
      let before = ParsedDocument.parse(file: change.file).0.spans.count
      let after = ParsedDocument.parse(file: SourceFile(path: display, bytes: bytes)).0.spans.count
      return after == before + change.edits.count ? PlannedFile(path: path, bytes: bytes) : nil
    }
  }

  /// The document without result regions whose directive is gone; `nil` when it has none.
  func withoutOrphanedRegions() -> PlannedFile? {
    let (document, _) = ParsedDocument.parse(file: host, foreignLanguages: settings.foreignLanguages)
    // A directive of an included file may own a region of the document.
    let known = Set(prepared.allIDs)
    let edits = document.regions.filter { !known.contains($0.id.string) }.map(document.edit(removing:))
    guard !edits.isEmpty, let bytes = try? Splice.apply(edits, to: host.bytes) else { return nil }
    return PlannedFile(path: path, bytes: bytes)
  }
}
