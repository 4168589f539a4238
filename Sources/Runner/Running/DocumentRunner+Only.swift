// Runs of some results, which leave the others as they stand.

import AnalysisDocument
import Diagnostics
import Directives

extension DocumentRunner {
  /// What stays as the last run left it; `nil` where everything is computed.
  func standingResults(
    _ prepared: PreparedDocument, _ plan: RunPlan, _ cache: ResultCache?, _ paths: OutputPaths
  ) -> StandingResults? {
    guard !options.only.isEmpty, let cache else { return nil }
    return StandingResults(
      cache: cache, document: prepared.file.path, last: LastResults.read(paths.results),
      needed: plan.needed(for: options.only, in: prepared))
  }

  /// Says which of the results that were left as they stand are not what the document and its data give now.
  func staleStanding(
    _ standing: Set<String>, _ now: [String: DependencyRecord], _ last: LastResults,
    in prepared: PreparedDocument
  ) -> [Diagnostic] {
    prepared.directives.filter { standing.contains($0.id) }.compactMap { directive in
      guard let record = now[directive.id], let before = last.records[directive.id] else { return nil }
      let reasons = record.changes(since: before).map(\.words)
      if reasons.isEmpty { return nil }
      return Diagnostic(
        .warning, .staleResult,
        "'\(directive.id)' was left as it stands and is stale: \(reasons.joined(separator: "; "))",
        at: directive.block.header, remedy: "run without --only")
    }
  }

  /// Notes where this run kept its results, for one that computes some of them.
  func keepIndex(
    of prepared: PreparedDocument, _ execution: DirectiveExecution, _ records: [String: DependencyRecord],
    in cache: ResultCache?
  ) {
    guard let cache else { return }
    let document = prepared.file.path
    let index = ResultIndex(
      keys: execution.keys, records: records, standing: execution.standing,
      before: execution.standing.isEmpty ? .none : cache.index(of: document))
    cache.keep(index, of: document)
  }
}

extension RunSession {
  /// The documents that hold one of the results asked for with `--only`, and what is wrong with those that none holds.
  ///
  /// A document that cannot be read is among them: its run says why.
  public func documentsWithAskedResults(among paths: [String]) -> (
    documents: [String], problems: [Diagnostic]
  ) {
    let asked = runner.options.only
    guard !asked.isEmpty else { return (paths, []) }
    var documents: [String] = []
    var known: Set<String> = []
    var isComplete = true
    for path in paths {
      let project = Project(document: path, workingDirectory: runner.workingDirectory)
      guard let source = try? DocumentSource.read(path, in: project, options: runner.options) else {
        isComplete = false
        documents.append(path)
        continue
      }
      let ids = source.prepared.document.directives.compactMap { $0.id?.string }
      known.formUnion(ids)
      if !asked.isDisjoint(with: ids) { documents.append(path) }
    }
    guard isComplete else { return (documents, []) }
    let problems = asked.subtracting(known).sorted().map { id in
      Diagnostic(
        .unknownResult, "--only: no document has a directive with the id '\(id)'",
        remedy: NearMiss.remedy(for: id, among: known.sorted())
          ?? (known.isEmpty ? nil : "ids: \(known.sorted().joined(separator: ", "))"))
    }
    return (documents, problems)
  }
}
