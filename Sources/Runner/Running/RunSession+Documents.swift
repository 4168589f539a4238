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
    guard paths.count > 1 else { return paths.map { run($0) } }
    let runs = computed(paths, by: runner)
    return Self.withoutRepetitions(zip(paths, runs).map { finish($0, $1).report })
  }

  /// Checks the documents, as many at once as there are threads.
  public func check(_ paths: [String]) -> [DocumentReport] {
    guard paths.count > 1 else { return paths.map { check($0) } }
    return Self.withoutRepetitions(computed(paths, by: checkingRunner(keepsGoing: true)).map(checked))
  }

  /// The runs in the order of the paths; nothing is written.
  private func computed(_ paths: [String], by runner: DocumentRunner) -> [DocumentRun] {
    let workers = min(max(runner.options.threads, 1), paths.count)
    var options = runner.options
    options.threads = max(1, options.threads / workers)
    options.readings = SharedReadings(expected: expectedColumns(paths))
    let shared = DocumentRunner(options: options, workingDirectory: runner.workingDirectory)
    return Parallel.map(chunks: paths.count, threads: workers) { shared.run(paths[$0]) }
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

  /// What is wrong with `meier.yml` or with an included file is said once, not for each document.
  static func withoutRepetitions(_ reports: [DocumentReport]) -> [DocumentReport] {
    var seen: Set<String> = []
    return reports.map { report in
      var report = report
      report.diagnostics = report.diagnostics.filter { diagnostic in
        guard let place = diagnostic.location, place.path != report.document else { return true }
        let key =
          "\(place.path):\(place.start.line):\(place.start.column):\(diagnostic.code.rawValue):\(diagnostic.message)"
        return seen.insert(key).inserted
      }
      return report
    }
  }
}
