// Runs the directives of a plan, each after what it needs, and uses results again whose inputs are the same.

import Diagnostics
import Directives
import NumericalMethods

/// The outputs of a document's directives, and why some have none.
struct DirectiveExecution: Sendable {
  private(set) var outputs: [String: DirectiveOutput] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Directives that failed, or rest on one that did.
  private(set) var failed: Set<String> = []
  /// Analyses whose results were computed and not used again, in the order in which they ran.
  var computed: [String] = []
  /// Results that were not asked for and stay as an earlier run left them.
  private(set) var standing: Set<String> = []
  /// Of the data sets.
  private(set) var digests: [String: DataSetDigests] = [:]
  /// Of data sets that could not be made.
  var knownColumns: [String: KnownColumns] = [:]
  private var messages: [String: String] = [:]

  var prepared: PreparedDocument
  var plan: RunPlan
  var files: ProjectFiles
  let options: RunOptions
  private let standingResults: StandingResults?
  private var reuse: OutputReuse

  static func run(
    _ prepared: PreparedDocument, plan: RunPlan, files: ProjectFiles, options: RunOptions,
    cache: ResultCache?, memory: ResultMemory?, standing: StandingResults? = nil
  ) -> DirectiveExecution {
    let reuse = OutputReuse(prepared, plan, cache: cache, memory: memory)
    let execution = DirectiveExecution(prepared, plan, files, options, reuse, standing)
    let finished = execution.finished()
    guard finished.mayPointElsewhere else { return finished }
    // Models and outcomes of an earlier run know the places of the earlier document: messages need those of this one.
    let anew = OutputReuse(prepared, plan, cache: cache, memory: memory, readsMemory: false)
    return DirectiveExecution(prepared, plan, files, options, anew, standing).finished()
  }

  private init(
    _ prepared: PreparedDocument, _ plan: RunPlan, _ files: ProjectFiles, _ options: RunOptions,
    _ reuse: OutputReuse, _ standing: StandingResults?
  ) {
    self.prepared = prepared
    self.plan = plan
    self.files = files
    self.options = options
    self.reuse = reuse
    standingResults = standing
  }

  private func finished() -> DirectiveExecution {
    var execution = self
    // Blocks that could not even be prepared have failed as well.
    execution.failed = Set(prepared.document.directives.compactMap { $0.id?.string })
      .subtracting(prepared.directives.map(\.id))
    var waiting = plan.order[...]
    while !waiting.isEmpty {
      let batch = execution.batch(of: waiting)
      waiting.removeAll { batch.contains($0) }
      execution.supply(batch)
      execution.dropArtifacts(unlessUsedBy: waiting)
      execution.makeRoom(for: waiting)
    }
    execution.diagnostics += execution.unknownColumnsOfSentences()
    execution.reuse.finish()
    return execution
  }

  /// Under which key each analysis was kept.
  var keys: [String: ResultKey] { reuse.keptKeys }

  /// Of all directives whose outputs are exactly what is kept under a key, data sets included.
  var exactKeys: [String: ResultKey] { reuse.exactKeys }

  /// Whether something was said anew by a directive while others' artifacts came from an earlier run.
  private var mayPointElsewhere: Bool { reuse.usedMemory && reuse.hasFreshDiagnostics }

  /// Lets go of fitted models that no later directive rests on. Data sets stay: prose counts their rows.
  private mutating func dropArtifacts(unlessUsedBy later: ArraySlice<String>) {
    let used = later.reduce(into: Set<String>()) { used, id in
      if let directive = prepared.directive(id) { used.formUnion(inputs(of: directive, in: prepared)) }
    }
    for (id, output) in outputs where !used.contains(id) {
      guard let artifact = output.artifact, !(artifact is DataSet) else { continue }
      outputs[id] = plan.askedIDs.contains(id) ? output.withoutModel : output.withoutArtifact
    }
  }

  /// What to say in the place of a failed directive's result.
  func message(of id: String) -> String {
    messages[id] ?? "not computed, because a directive it rests on failed"
  }

  // MARK: Data sets

  private mutating func supplyData(_ directive: PreparedDirective) {
    let id = directive.id
    let demanded = plan.demandedColumns[id] ?? []
    supplyArtifacts(directive.options.use.ids)
    let key = reuse.key(ofData: directive, demanded: demanded, files: files)
    if let (output, digests) = reuse.data(key, directive.block) {
      outputs[id] = output
      self.digests[id] = digests
      report(output.warnings, of: directive)
      return
    }
    let context = context(id, outputs: outputs, among: nil, files: files, demanded: demanded)
    guard let output = attempt(directive, in: context) else { return }
    accept(output, of: directive)
    if let dataSet = output.artifact as? DataSet {
      let digests = DataSetDigests(dataSet, threads: options.threads)
      self.digests[id] = digests
      // A file that changed while it was read is not what its key says.
      if reuse.key(ofData: directive, demanded: demanded, files: files) == key {
        reuse.keep(output, digests: digests, key, of: directive)
      }
    }
  }

  // MARK: Analyses

  /// Runs analyses of which none rests on another: one on all threads, several at once on one each.
  private mutating func supply(_ batch: [String]) {
    var analyses: [Analysis] = []
    for id in batch {
      guard let directive = prepared.directive(id) else { continue }
      if let output = standingResults?.output(of: directive) {
        outputs[id] = output
        standing.insert(id)
        continue
      }
      let isSound = directive.isSound && !plan.unsound.contains(id)
      if !isSound || !directive.options.use.ids.isDisjoint(with: failed) {
        // What it rests on has been reported already.
        failed.insert(id)
        if directive.isDataSet {
          checkNames(of: directive)
        } else {
          diagnostics += unknownColumns(of: directive)
        }
        continue
      }
      if directive.isDataSet {
        options.observer.during(stage(directive)) { supplyData(directive) }
      } else if let analysis = analysisToRun(directive) {
        analyses.append(analysis)
      }
    }
    let threads = analyses.count > 1 ? 1 : options.threads
    let results = Parallel.map(chunks: analyses.count, threads: options.threads) { [self, analyses] index in
      let analysis = analyses[index]
      return options.observer.during(stage(analysis.directive)) {
        Result { try analysis.directive.output(in: context(of: analysis, threads: threads)) }
      }
    }
    for (analysis, result) in zip(analyses, results) { accept(result, of: analysis) }
  }

  /// An analysis whose result has to be computed, with what it may see.
  private struct Analysis {
    let directive: PreparedDirective
    let ids: Set<String>
    let outputs: [String: DirectiveOutput]
    let key: ResultKey?
  }

  /// Takes an earlier result where there is one.
  private mutating func analysisToRun(_ directive: PreparedDirective) -> Analysis? {
    let ids = inputs(of: directive, in: prepared)
    let inputs = reuse.inputs(directive, ids: ids, outputs: outputs, digests: digests)
    if let output = reuse.output(of: directive, inputs.key) {
      outputs[directive.id] = output
      report(output.warnings, of: directive)
      if plan.askedIDs.contains(directive.id) { supplyArtifacts(ids.union([directive.id])) }
      return nil
    }
    let isComplete = !supplyArtifacts(ids)
    return Analysis(
      directive: directive, ids: ids,
      outputs: isComplete ? inputs.outputs : isolated(directive, ids), key: inputs.key)
  }

  /// Results that were used again came without what others build on: those needed now are computed after all.
  ///
  /// - Returns: whether there were any.
  @discardableResult private mutating func supplyArtifacts(_ ids: Set<String>) -> Bool {
    guard reuse.lacksArtifact(ids) else { return false }
    for id in plan.order where ids.contains(id) && reuse.lacksArtifact([id]) {
      guard let directive = prepared.directive(id) else { continue }
      let ids = inputs(of: directive, in: prepared)
      let isolated = isolated(directive, ids)
      let context = context(id, outputs: isolated, among: ids, files: nil, demanded: [])
      if let output = try? directive.output(in: context) { outputs[id] = output }
      reuse.hasArtifact(id, outputs[id]?.artifact)
    }
    return true
  }

  private func isolated(_ directive: PreparedDirective, _ ids: Set<String>) -> [String: DirectiveOutput] {
    reuse.isolated(directive, ids: ids, outputs: outputs, digests: digests).outputs
  }

  /// Takes the result of an analysis on its isolated inputs. Where that failed it runs again among everything else, for
  /// messages that know all names; if it should succeed then, it has seen what its key does not hold, and is not kept.
  private mutating func accept(_ result: Result<DirectiveOutput, any Error>, of analysis: Analysis) {
    let directive = analysis.directive
    computed.append(directive.id)
    if case .success(let output) = result, !output.warnings.containsError {
      accept(output, of: directive)
      reuse.keep(output, digests: nil, analysis.key, of: directive)
      return
    }
    reuse.keyIsIncomplete(directive.id)
    let context = context(
      directive.id, outputs: outputs, among: nil, files: files,
      demanded: plan.demandedColumns[directive.id] ?? [])
    if let output = attempt(directive, in: context) { accept(output, of: directive) }
  }

  // MARK: Outcomes

  private func context(of analysis: Analysis, threads: Int) -> DirectiveContext {
    context(
      analysis.directive.id, outputs: analysis.outputs, among: analysis.ids, files: nil, demanded: [],
      threads: threads)
  }

  private func stage(_ directive: PreparedDirective) -> RunStage {
    RunStage(
      directive.specification.name, of: directive.id,
      position: (plan.order.firstIndex(of: directive.id) ?? 0) + 1, count: plan.order.count)
  }

  func context(
    _ id: String, outputs: [String: DirectiveOutput], among ids: Set<String>?, files: ProjectFiles?,
    demanded: Set<String>?, threads: Int? = nil
  ) -> DirectiveContext {
    // What others were asked for is an input as well: of those among the inputs.
    let requests = prepared.directives.filter { ids?.contains($0.id) ?? true }.map {
      ($0.id, DirectiveRequest(type: $0.type, options: $0.options))
    }
    return DirectiveContext(
      id: id, style: prepared.settings.style, compatibility: prepared.settings.compatibility,
      threads: threads ?? options.threads,
      outputs: outputs, files: files ?? NoFiles(), demandedColumns: demanded,
      availableMemory: options.availableMemory, observer: options.observer,
      requests: Dictionary(requests) { first, _ in first })
  }

  private mutating func accept(_ output: DirectiveOutput, of directive: PreparedDirective) {
    report(output.warnings, of: directive)
    if !output.warnings.isEmpty { reuse.hasFreshDiagnostics = true }
    if output.warnings.containsError {
      failed.insert(directive.id)
    } else {
      outputs[directive.id] = output
    }
  }

  private mutating func attempt(_ directive: PreparedDirective, in context: DirectiveContext)
    -> DirectiveOutput?
  {
    do {
      return try directive.output(in: context)
    } catch let diagnostic as Diagnostic {
      fail(directive, [diagnostic])
    } catch let list as DiagnosticList {
      fail(directive, list.diagnostics)
    } catch {
      let message = "'\(directive.specification.name)': \(error)"
      fail(directive, [Diagnostic(.internalFault, message, at: directive.block.header)])
    }
    return nil
  }

  private mutating func fail(_ directive: PreparedDirective, _ problems: [Diagnostic]) {
    reuse.hasFreshDiagnostics = true
    failed.insert(directive.id)
    messages[directive.id] = problems.first { $0.severity == .error }.map {
      "\($0.message) [\($0.code.rawValue)]"
    }
    report(problems + unknownColumns(of: directive, besides: problems), of: directive)
    if directive.isDataSet { checkNames(of: directive, besides: problems) }
  }

  mutating func report(_ problems: [Diagnostic], of directive: PreparedDirective) {
    for problem in problems { diagnostics.report(problem, of: directive) }
  }
}
