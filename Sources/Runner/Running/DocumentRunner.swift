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
    run.diagnostics = run.diagnostics.inDocumentOrder()
    run.inputFiles = opened.paths
    return run
  }

  private func run(_ path: String, _ contents: [UInt8]?, _ opened: OpenedFiles) -> DocumentRun {
    let project = Project(document: path, workingDirectory: workingDirectory)
    opened.insert(FilePath.join(project.root, Project.configurationName))
    let source: DocumentSource
    do {
      let stage = RunStage("parse", of: project.display(project.absolute(path)))
      options.observer.began(stage)
      defer { options.observer.ended(stage) }
      source = try DocumentSource.read(path, contents, in: project, options: options)
    } catch {
      var run = DocumentRun(document: path)
      run.diagnostics = Self.unreadable(path, at: project.absolute(path), error)
      return run
    }
    for path in source.inputPaths.dropFirst() { opened.insert(path) }
    let prepared = source.prepared
    let memory = memory?.run(of: prepared.file.path) ?? RunMemory()
    let analysis = prepared.analysisText
    let plan = memory.plan.made(from: analysis) {
      RunPlan.make(prepared)
    } keeping: {
      $0.diagnostics.isEmpty
    }
    let paths = OutputPaths(
      project: project, document: source.path, mode: options.mode, folder: source.settings.outputFolder)
    let execution = execution(of: source, plan, analysis, paths, opened, memory)
    options.observer.began(RunStage("render"))
    defer { options.observer.ended(RunStage("render")) }

    let before = standingFiles(paths, memory)
    let sentences = SentenceEvaluation(prepared, plan, execution, last: before.last, memory)
    let renderer = renderer(prepared, execution, sentences, paths)
    var regions = renderer.regions(execution.exactKeys, memory)
    if options.mode == .inPlace {
      // What an included file's directives write belongs to documents that stand elsewhere.
      for directive in prepared.directives where !source.isOwn(directive) { regions[directive.id] = nil }
    }
    let edited = editedRegions(prepared.document, before, regions, at: project.display(paths.markdown))
    let rendered = renderer.render(regions.merging(edited.kept, uniquingKeysWith: { _, kept in kept }))
    var run = DocumentRun(document: prepared.file.path, failedClaimCount: sentences.claims.failures.count)
    run.diagnostics =
      prepared.diagnostics.filter { !isForced($0, in: prepared.document) } + plan.diagnostics
      + RegionCheck.orphans(in: prepared.document) + execution.diagnostics + sentences.diagnostics
      + edited.diagnostics + rendered.diagnostics
    if run.hasErrors, !options.keepsGoing { return run }
    do {
      let settlement = try StructureGuard.settle(
        prepared.document, edits: source.writable(rendered.edits, options.mode))
      run.diagnostics += settlement.complaints
      if settlement.complaints.containsError { return run }
      let output = try source.output(settlement, options.mode)
      let recorder = DependencyRecorder(
        prepared: prepared, plan: plan, execution: execution, numbering: renderer.numbering,
        values: sentences.inline)
      let record = RunRecord(recorder, analysis, last: before.last, regions: regions, memory)
      memory.index.made(from: record.key) {
        keepIndex(of: prepared, execution, record.records, in: cache(of: project))
      }
      let results = record.json(sentences.store, memory)
      if edited.kept.isEmpty { memory.remember(results: results, markdown: output) }
      let figures = prepared.directives.flatMap { regions[$0.id]?.files ?? [] }
      let inTheWay = filesInTheWay(figures, before.last, inputs: opened.paths, project)
      run.diagnostics += inTheWay
      if !inTheWay.isEmpty { return run }
      run.files =
        figures + [
          PlannedFile(path: paths.results, bytes: results),
          PlannedFile(
            path: paths.markdown, bytes: output,
            replacing: options.mode == .inPlace && contents == nil ? source.host.bytes : nil),
        ]
      compare(&run, with: before.last, execution, record, regions, paths, project)
      run.corrections = source.corrected(sentences.typed.edits)
      if options.mode == .inPlace { run.withoutOrphanedRegions = source.withoutOrphanedRegions() }
    } catch {
      run.diagnostics.append(
        Diagnostic(.internalFault, "the results could not be spliced in: \(error)"))
    }
    return run
  }

  /// Runs the directives, or takes the last run's outputs where they are the same.
  private func execution(
    of source: DocumentSource, _ plan: RunPlan, _ analysis: ExactBytes, _ paths: OutputPaths,
    _ opened: OpenedFiles, _ memory: RunMemory
  ) -> DirectiveExecution {
    let prepared = source.prepared
    var files = ProjectFiles(
      source, allowedDirectories: options.allowedDirectories.map { source.project.absolute($0) },
      contents: self.memory?.contents, opened: opened)
    files.readings = options.readings
    let cache = cache(of: source.project)
    let standing = standingResults(prepared, plan, cache, paths)
    let key = standing == nil ? DirectiveExecution.key(analysis, prepared, files, memory) : nil
    var isNew = false
    let execution = memory.execution.made(from: key) {
      isNew = true
      return DirectiveExecution.run(
        prepared, plan: plan, files: files, options: options, cache: cache, memory: self.memory,
        standing: standing)
    } keeping: {
      $0.isSilent
    }
    return isNew ? execution : execution.remembered(prepared, plan, files)
  }

  private func cache(of project: Project) -> ResultCache? {
    options.usesCache ? ResultCache(projectRoot: project.root) : nil
  }

  private func renderer(
    _ prepared: PreparedDocument, _ execution: DirectiveExecution, _ sentences: SentenceEvaluation,
    _ paths: OutputPaths
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
      prepared: prepared, outputs: execution.outputs, failures: failures, values: sentences.inline,
      claims: ClaimTrace(check: sentences.claims),
      numbering: numbering,
      options: options, figureLink: paths.figureLink, figureDirectory: paths.figures)
  }

  /// Whether something besides a claim is wrong.
  static func hasErrors(_ diagnostics: [Diagnostic]) -> Bool {
    diagnostics.contains { $0.severity == .error && $0.code != .claimFailed }
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
