// The main path: a document in, its outputs out.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives
import Presentation

/// What a run of one document came to; nothing has been written yet.
public struct DocumentRun: Sendable {
  /// The document's path as messages print it.
  public let document: String
  /// In document order.
  public let diagnostics: [Diagnostic]
  /// Figures and results first, the Markdown last: the order in which they must be written.
  public let files: [PlannedFile]
  public let failedClaimCount: Int
  /// In document order.
  public internal(set) var results: [DocumentResult] = []
  /// Ids of the analyses that were computed and not used again, in the order in which they ran.
  public internal(set) var computed: [String] = []
  /// Of all directives, in document order.
  var ids: [String] = []
  /// The file of the results' values and records, absolute; empty when nothing could be computed.
  var resultsPath = ""
  /// What the last run recorded.
  var last = LastResults.none
  /// All files besides the document whose content the run depended on, those that are missing included; absolute.
  var inputFiles: Set<String> = []
  /// The document as it was read.
  var source: [UInt8] = []

  public var hasErrors: Bool { DocumentRunner.hasErrors(diagnostics) }
}

/// Runs documents in memory.
public struct DocumentRunner: Sendable {
  public let options: RunOptions
  public let workingDirectory: String
  /// Of a process that stays, what it remembers of its runs.
  let memory: ResultMemory?

  public init(options: RunOptions, workingDirectory: String = FileSystem.currentDirectory()) {
    self.init(options: options, workingDirectory: workingDirectory, memory: nil)
  }

  init(options: RunOptions, workingDirectory: String, memory: ResultMemory?) {
    self.options = options
    self.workingDirectory = workingDirectory
    self.memory = memory
  }

  /// Reads a document, checks it, computes its results and splices them in.
  ///
  /// - Parameters:
  ///   - path: as the user wrote it, relative to the working directory.
  ///   - contents: what stands there instead of what the file holds, if anything.
  public func run(_ path: String, contents: [UInt8]? = nil) -> DocumentRun {
    let opened = OpenedFiles()
    var run = run(path, contents, opened)
    run.inputFiles = opened.paths
    return run
  }

  private func run(_ path: String, _ contents: [UInt8]?, _ opened: OpenedFiles) -> DocumentRun {
    let project = Project(document: path, workingDirectory: workingDirectory)
    let absolute = project.absolute(path)
    opened.insert(FilePath.join(project.root, Project.configurationName))
    let bytes: [UInt8]
    do {
      if let contents { bytes = contents } else { bytes = try FileSystem.read(absolute) }
    } catch {
      return failure(path, Self.unreadable(path, at: absolute, error))
    }
    let file = SourceFile(path: project.display(absolute), bytes: bytes)
    let (prepared, plan) = options.observer.during(RunStage("parse", of: file.path)) {
      let prepared = DocumentPreparation.prepare(file)
      return (prepared, RunPlan.make(prepared))
    }
    var diagnostics = prepared.diagnostics.filter { !isForced($0, in: prepared.document) } + plan.diagnostics
    diagnostics += RegionCheck.orphans(in: prepared.document)
    let files = ProjectFiles(
      project: project, directory: FilePath.directory(absolute),
      allowedDirectories: options.allowedDirectories.map { project.absolute($0) }, contents: memory?.contents,
      opened: opened)
    let execution = DirectiveExecution.run(
      prepared, plan: plan, files: files, options: options,
      cache: options.usesCache ? ResultCache(projectRoot: project.root) : nil, memory: memory)
    diagnostics += execution.diagnostics
    options.observer.began(RunStage("render"))
    defer { options.observer.ended(RunStage("render")) }

    var store = ResultStore(ids: prepared.allIDs, failed: execution.failed)
    for id in plan.order { if let output = execution.outputs[id] { store.add(id: id, output: output) } }
    let paths = OutputPaths(project: project, document: absolute, mode: options.mode)
    let last = LastResults.read(paths.results)
    let inline = InlineEvaluation(prepared, store: store)
    let claims = ClaimCheck(prepared.claims, store: store, last: last.values)
    diagnostics += inline.diagnostics + claims.diagnostics
    for (path, value) in inline.recorded.merging(claims.recorded, uniquingKeysWith: { first, _ in first }) {
      store.record(path, value)
    }

    let renderer = renderer(prepared, execution, inline, claims, paths)
    let regions = renderer.regions()
    let edited = editedRegions(prepared.document, project, paths, last, regions)
    diagnostics += edited.diagnostics
    let rendered = renderer.render(regions.merging(edited.kept, uniquingKeysWith: { _, kept in kept }))
    diagnostics += rendered.diagnostics
    if Self.hasErrors(diagnostics), !options.keepsGoing {
      return failure(file.path, diagnostics, claims.failures.count)
    }
    do {
      let settlement = try StructureGuard.settle(prepared.document, edits: rendered.edits)
      let faults = settlement.complaints
      if faults.containsError { return failure(file.path, diagnostics + faults, claims.failures.count) }
      let digests = regions.mapValues { ResultDigest.of(Array($0.text.utf8)) }
      let records = DependencyRecorder(
        prepared: prepared, plan: plan, execution: execution, numbering: renderer.numbering, values: inline
      ).records()
      let inputs = InputRecord.json(store: store, prepared: prepared, digests: digests, records: records)
      let results = PlannedFile(path: paths.results, bytes: Array(store.json(inputs: inputs).utf8))
      let figures = prepared.directives.flatMap { regions[$0.id]?.files ?? [] }
      var run = DocumentRun(
        document: file.path, diagnostics: (diagnostics + faults).inDocumentOrder(),
        files: figures + [results, PlannedFile(path: paths.markdown, bytes: settlement.result)],
        failedClaimCount: claims.failures.count)
      run.results = prepared.directives.compactMap { directive in
        records[directive.id].map {
          DocumentResult(directive, record: $0, last: last, region: regions[directive.id])
        }
      }
      run.computed = execution.computed
      run.source = bytes
      run.ids = prepared.allIDs
      run.resultsPath = paths.results
      run.last = last
      return run
    } catch {
      diagnostics.append(Diagnostic(.internalFault, "the results could not be spliced in: \(error)"))
      return failure(file.path, diagnostics, claims.failures.count)
    }
  }

  private func renderer(
    _ prepared: PreparedDocument, _ execution: DirectiveExecution, _ inline: InlineEvaluation,
    _ claims: ClaimCheck, _ paths: OutputPaths
  ) -> DocumentRenderer {
    var numbering = Numbering()
    for directive in prepared.directives {
      if let output = execution.outputs[directive.id] {
        numbering.add(id: directive.id, blocks: output.blocks)
      }
    }
    var failures: [String: String] = [:]
    if options.keepsGoing {
      for id in execution.failed { failures[id] = execution.message(of: id) }
    }
    return DocumentRenderer(
      prepared: prepared, outputs: execution.outputs, failures: failures, values: inline,
      claims: ClaimTrace(check: claims),
      numbering: numbering,
      options: options, figureLink: paths.figureLink, figureDirectory: paths.figures)
  }

  /// Whether something besides a claim is wrong.
  static func hasErrors(_ diagnostics: [Diagnostic]) -> Bool {
    diagnostics.contains { $0.severity == .error && $0.code != .claimFailed }
  }

  private func failure(_ path: String, _ diagnostics: [Diagnostic], _ failedClaims: Int = 0) -> DocumentRun {
    DocumentRun(
      document: path, diagnostics: diagnostics.inDocumentOrder(), files: [], failedClaimCount: failedClaims)
  }

  private static func unreadable(_ path: String, at absolute: String, _ failure: FileFailure) -> [Diagnostic]
  {
    if failure.isMissing {
      let documents = FileSystem.list(FilePath.directory(absolute)).filter { $0.hasSuffix(".md") }
      let remedy = NearMiss.remedy(for: FilePath.name(path), among: documents)
      return [Diagnostic(.missingFile, "no file '\(path)'", remedy: remedy)]
    }
    return [Diagnostic(.unreadableFile, "cannot read '\(path)': \(failure.reason)")]
  }
}
