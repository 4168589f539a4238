// A run as `watch` needs it: timed, with all that it rested on.

extension RunSession {
  var workingDirectory: String { runner.workingDirectory }

  struct Watched {
    let run: WatchedRun
    /// The document itself where the run wrote it, as it stood right after.
    let written: (path: String, picture: WatchedFiles)?

    /// Whether anything came of the run.
    var isWorthSaying: Bool { !run.computed.isEmpty || wroteSomething || !run.report.diagnostics.isEmpty }

    var wroteSomething: Bool { !run.report.changedFiles.isEmpty }
  }

  /// Runs a document and writes its results.
  ///
  /// - Returns: also the absolute paths of all files besides the document whose content the run depended on.
  func watchedRun(_ document: String) -> (Watched, inputs: Set<String>) {
    let clock = ContinuousClock()
    let start = clock.now
    let (run, report) = runAndWrite(document)
    let (seconds, attoseconds) = (clock.now - start).components
    let milliseconds = Double(seconds) * 1e3 + Double(attoseconds) / 1e15
    let watched = WatchedRun(report: report, computed: run.computed, milliseconds: milliseconds)
    return (Watched(run: watched, written: written(document, run)), run.inputFiles)
  }

  /// An in-place run changes its own document, which is no reason to run it again, unless somebody else saved it since.
  private func written(_ document: String, _ run: DocumentRun) -> (path: String, picture: WatchedFiles)? {
    guard runner.options.mode == .inPlace, let planned = run.files.last else { return nil }
    let path = FilePath.join(workingDirectory, document)
    let picture = WatchedFiles([path])
    guard (try? FileSystem.read(planned.path)) == planned.bytes else { return nil }
    return (path, picture)
  }
}
