// What a run's files mean for those of the run before.

import AnalysisDocument
import Diagnostics
import Presentation

extension DocumentRunner {
  /// Notes of a run what is new since the last one, and which files nobody writes any more.
  func compare(
    _ run: inout DocumentRun, with last: LastResults, _ execution: DirectiveExecution, _ record: RunRecord,
    _ regions: [String: RegionRenderer.Rendered], _ paths: OutputPaths, _ project: Project
  ) {
    let prepared = execution.prepared
    let written = Set(run.files.map(\.path))
    run.orphans = OrphanedFiles.figures(in: paths.figures, written: written, failed: execution.failed)
    run.outdatedTables = TableFiles.outdated(
      last, in: paths.figures, written: written, failed: execution.failed)
    run.diagnostics += staleStanding(execution.standing, record.now, last, in: prepared)
    run.diagnostics += OrphanedFiles.diagnostics(run.orphans.map(project.display))
    run.figureDirectory = paths.figures
    run.resultsPath = paths.results
    run.results = prepared.directives.compactMap { directive in
      record.records[directive.id].map {
        DocumentResult(directive, record: $0, last: last, region: regions[directive.id])
      }
    }
    run.computed = execution.computed
    run.ids = prepared.allIDs
    run.last = last
  }
}
