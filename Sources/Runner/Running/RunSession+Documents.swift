// Several documents at once: computed in parallel, written and reported in the order given.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives
import NumericalMethods

extension RunSession {
  /// Computes the documents, as many at once as there are threads, reads each data file once for all of them, and writes
  /// their files in the order given.
  public func run(_ paths: [String]) -> [DocumentReport] {
    run(paths.map { DocumentTask(path: $0, mode: runner.options.mode) })
  }

  /// Runs the documents that nobody named, each where its results stand.
  public func runWhereResultsStand(_ paths: [String]) -> [DocumentReport] { run(paths.flatMap(tasks)) }

  private func run(_ tasks: [DocumentTask]) -> [DocumentReport] {
    guard tasks.count > 1 else { return tasks.map { session($0.mode).run($0.path) } }
    let runs = computed(tasks, by: runner)
    return Self.withoutRepetitions(
      zip(tasks, runs).map { session($0.mode).finish($0.path, $1).report })
  }

  /// Checks the document where the session writes results.
  public func check(_ path: String) -> DocumentReport {
    checked(checkingRunner(keepsGoing: true).run(path), runner.options.mode)
  }

  /// Checks the documents wherever their results stand, as many at once as there are threads: computes their files in
  /// memory and compares them with those on disk. One whose results stand in two places has two reports.
  public func check(_ paths: [String]) -> [DocumentReport] {
    let tasks = paths.flatMap(tasks)
    if let task = tasks.first, tasks.count == 1 {
      return [session(task.mode).check(task.path)]
    }
    let runs = computed(tasks, by: checkingRunner(keepsGoing: true))
    return Self.withoutRepetitions(zip(runs, tasks).map { checked($0, $1.mode) })
  }

  /// The runs in the order of the tasks; nothing is written.
  private func computed(_ tasks: [DocumentTask], by runner: DocumentRunner) -> [DocumentRun] {
    let workers = min(max(runner.options.threads, 1), tasks.count)
    var options = runner.options
    options.threads = max(1, options.threads / max(workers, 1))
    options.readings = SharedReadings(expected: expectedColumns(tasks.map(\.path)))
    let (shared, directory) = (options, runner.workingDirectory)
    return Parallel.map(chunks: tasks.count, threads: workers) { index in
      var options = shared
      options.mode = tasks[index].mode
      return DocumentRunner(options: options, workingDirectory: directory).run(tasks[index].path)
    }
  }

  /// The columns that the documents will ask of each data file, by its absolute path.
  private func expectedColumns(_ paths: [String]) -> [String: Set<String>?] {
    var expected: [String: Set<String>?] = [:]
    for path in paths {
      let project = Project(document: path, workingDirectory: runner.workingDirectory)
      guard let source = try? DocumentSource.read(path, in: project, options: runner.options) else {
        continue
      }
      let plan = RunPlan.make(source.prepared)
      for directive in source.prepared.directives where directive.isDataSet {
        guard let declaration = try? DataDeclaration(id: directive.id, options: directive.options),
          let file = declaration.source
        else { continue }
        let holder = source.paths[directive.options.block.origin.file.path] ?? source.path
        let absolute = FileSystem.resolvingLinks(FilePath.join(FilePath.directory(holder), file))
        let columns = declaration.sourceColumns(for: plan.demandedColumns[directive.id] ?? [])
        if let known = expected[absolute] {
          expected[absolute] = .some(known.flatMap { known in columns.map(known.union) })
        } else {
          expected[absolute] = .some(columns)
        }
      }
    }
    return expected
  }

  /// What is wrong with `meier.yml` or with an included file is said once, not for each document; what is wrong with a
  /// document, not for each place of its results.
  static func withoutRepetitions(_ reports: [DocumentReport]) -> [DocumentReport] {
    var seen: Set<String> = []
    var documents: Set<String> = []
    return reports.map { report in
      var report = report
      let isFirst = documents.insert(report.document).inserted
      report.diagnostics = report.diagnostics.filter { diagnostic in
        guard let place = diagnostic.location else { return true }
        let key =
          "\(place.path):\(place.start.line):\(place.start.column):\(diagnostic.code.rawValue):\(diagnostic.message)"
        return seen.insert(key).inserted || isFirst && place.path == report.document
      }
      return report
    }
  }
}
