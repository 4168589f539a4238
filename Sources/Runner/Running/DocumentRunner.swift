// The main path: a document in, its outputs out.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives
import Presentation

/// Runs documents in memory.
public struct DocumentRunner: Sendable {
  let options: RunOptions
  let workingDirectory: String
  /// Of a process that stays, what it remembers of its runs.
  let memory: ResultMemory?

  /// - Parameters:
  ///   - options: what the command line asks for.
  ///   - workingDirectory: absolute; what paths of documents and in messages are relative to.
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
    opened.insert(FilePath.join(project.root, Project.configurationName))
    let source: DocumentSource
    let plan: RunPlan
    do {
      let stage = RunStage("parse", of: project.display(project.absolute(path)))
      options.observer.began(stage)
      defer { options.observer.ended(stage) }
      source = try DocumentSource.read(path, contents, in: project, options: options)
      plan = RunPlan.make(source.prepared)
    } catch {
      return failure(path, Self.unreadable(path, at: project.absolute(path), error))
    }
    for path in source.inputPaths.dropFirst() { opened.insert(path) }
    let prepared = source.prepared
    let file = prepared.file
    var diagnostics = prepared.diagnostics.filter { !isForced($0, in: prepared.document) } + plan.diagnostics
    diagnostics += RegionCheck.orphans(in: prepared.document)
    var files = ProjectFiles(
      source, allowedDirectories: options.allowedDirectories.map { project.absolute($0) },
      contents: memory?.contents, opened: opened)
    files.readings = options.readings
    let paths = OutputPaths(
      project: project, document: source.path, mode: options.mode, folder: source.settings.outputFolder)
    let cache = options.usesCache ? ResultCache(projectRoot: project.root) : nil
    let execution = DirectiveExecution.run(
      prepared, plan: plan, files: files, options: options, cache: cache, memory: memory,
      standing: standingResults(prepared, plan, cache, paths))
    diagnostics += execution.diagnostics
    options.observer.began(RunStage("render"))
    defer { options.observer.ended(RunStage("render")) }

    let memory = memory?.run(of: file.path) ?? RunMemory()
    var store = ResultStore(
      ids: prepared.allIDs, failed: execution.failed,
      outputs: plan.order.compactMap { id in execution.outputs[id].map { (id, $0) } },
      keys: execution.exactKeys, memory: memory)
    let (last, standing) = standingResults(paths, memory)
    let inline = InlineEvaluation(prepared, store: store, memory: memory)
    let claims = ClaimCheck(prepared.claims, store: store, last: last.values)
    diagnostics += inline.diagnostics + claims.diagnostics
    for (path, value) in inline.recorded.merging(claims.recorded, uniquingKeysWith: { first, _ in first }) {
      store.record(path, value)
    }

    let typed = HandTypedNumbers(prepared, store: store, last: last.values)
    diagnostics += typed.diagnostics
    let renderer = renderer(prepared, execution, inline, claims, paths)
    var regions = renderer.regions(execution.exactKeys, memory)
    if options.mode == .inPlace {
      // What an included file's directives write belongs to documents that stand elsewhere.
      for directive in prepared.directives where !source.isOwn(directive) { regions[directive.id] = nil }
    }
    let edited = editedRegions(
      prepared.document, last, standing.map { SourceFile(path: project.display(paths.markdown), bytes: $0) },
      regions)
    diagnostics += edited.diagnostics
    let rendered = renderer.render(regions.merging(edited.kept, uniquingKeysWith: { _, kept in kept }))
    diagnostics += rendered.diagnostics
    if Self.hasErrors(diagnostics), !options.keepsGoing {
      return failure(file.path, diagnostics, claims.failures.count)
    }
    do {
      let settlement = try StructureGuard.settle(
        prepared.document, edits: source.writable(rendered.edits, options.mode))
      let faults = settlement.complaints
      let output = try source.output(settlement, options.mode)
      if faults.containsError { return failure(file.path, diagnostics + faults, claims.failures.count) }
      let digests = regions.mapValues { ResultDigest.of(Array($0.text.utf8)) }
      let now = DependencyRecorder(
        prepared: prepared, plan: plan, execution: execution, numbering: renderer.numbering, values: inline
      ).records()
      let records = now.merging(last.records.filter { execution.standing.contains($0.key) }) { $1 }
      keepIndex(of: prepared, execution, records, in: cache)
      let tables = regions.mapValues { TableFiles.digests($0.files) }
      let inputs = InputRecord.json(
        store: store, prepared: prepared, digests: digests, tables: tables, records: records)
      let results = PlannedFile(path: paths.results, bytes: store.json(inputs: inputs, memory: memory))
      let markdown = PlannedFile(
        path: paths.markdown, bytes: output,
        replacing: options.mode == .inPlace && contents == nil ? source.host.bytes : nil)
      let figures = prepared.directives.flatMap { regions[$0.id]?.files ?? [] }
      let written = figures + [results, markdown]
      let inTheWay = filesInTheWay(figures, last, inputs: opened.paths, project)
      if !inTheWay.isEmpty { return failure(file.path, diagnostics + inTheWay, claims.failures.count) }
      let orphans = OrphanedFiles.figures(
        in: paths.figures, written: Set(written.map(\.path)), failed: execution.failed)
      diagnostics += staleStanding(execution.standing, now, last, in: prepared)
      diagnostics += faults + OrphanedFiles.diagnostics(orphans.map(project.display))
      var run = DocumentRun(
        document: file.path, diagnostics: diagnostics.inDocumentOrder(), files: written,
        figureDirectory: paths.figures,
        failedClaimCount: claims.failures.count)
      run.results = prepared.directives.compactMap { directive in
        records[directive.id].map {
          DocumentResult(directive, record: $0, last: last, region: regions[directive.id])
        }
      }
      run.computed = execution.computed
      run.ids = prepared.allIDs
      run.resultsPath = paths.results
      run.last = last
      run.corrections = source.corrected(typed.edits)
      run.orphans = orphans
      run.outdatedTables = TableFiles.outdated(
        last, in: paths.figures, written: Set(written.map(\.path)), failed: execution.failed)
      if options.mode == .inPlace { run.withoutOrphanedRegions = source.withoutOrphanedRegions() }
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
        numbering.add(
          id: directive.id, blocks: output.blocks, isSupplementary: directive.options.isSupplementary)
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
      document: path, diagnostics: diagnostics.inDocumentOrder(), files: [], figureDirectory: nil,
      failedClaimCount: failedClaims)
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
