// Removing what Meier wrote and nothing writes any more.

import Diagnostics

extension RunSession {
  /// Removes a document's orphaned figures and, in place, results without their directive; of a document that is gone,
  /// all its outputs.
  ///
  /// - Parameter removes: whether files are touched; else they are only listed.
  /// - Returns: the files removed and the documents changed, as `changedFiles`.
  public func clean(_ path: String, removes: Bool) -> DocumentReport {
    let project = Project(document: path, workingDirectory: runner.workingDirectory)
    if !FileSystem.exists(project.absolute(path)) {
      let paths = OutputPaths(
        project: project, document: project.absolute(path), mode: runner.options.mode,
        folder: ProjectSettings.read(project).outputFolder)
      let orphans = OrphanedFiles.files(ofResults: paths.figures, markdown: paths.markdown)
      if !orphans.isEmpty { return remove(orphans, rewriting: nil, of: path, removes, []) }
    }
    let run = runner.run(path)
    // With an error it is not known what the document would write.
    guard !run.hasErrors else {
      return remove([], rewriting: nil, of: run.document, removes, run.diagnostics)
    }
    return remove(
      run.orphans + run.outdatedTables,
      rewriting: runner.options.mode == .inPlace ? run.withoutOrphanedRegions : nil,
      of: run.document, removes, [])
  }

  /// The outputs of documents that are gone, absolute.
  public func orphanedOutputs() -> [String] {
    let project = Project(document: "analyses", workingDirectory: runner.workingDirectory)
    guard case .output(let directory) = runner.options.mode else { return [] }
    let folder = ProjectSettings.read(project).outputFolder ?? "output"
    let outputs = directory.map(project.absolute) ?? FilePath.join(project.root, folder)
    return OrphanedFiles.documents(in: outputs, project: project)
  }

  /// What to say about them.
  public func orphanedOutputDiagnostics() -> [Diagnostic] {
    OrphanedFiles.diagnostics(orphanedOutputs().map(display))
  }

  /// Removes the outputs of documents that are gone.
  public func cleanOrphanedOutputs(removes: Bool) -> DocumentReport {
    remove(orphanedOutputs(), rewriting: nil, of: "", removes, [])
  }

  private func remove(
    _ orphans: [String], rewriting: PlannedFile?, of document: String, _ removes: Bool,
    _ problems: [Diagnostic]
  ) -> DocumentReport {
    var diagnostics = problems
    var done: [String] = []
    do throws(FileFailure) {
      if let rewriting {
        if removes { _ = try AtomicFileWriter.write([rewriting]) }
        done.append(display(rewriting.path))
      }
      for path in orphans {
        if removes { try FileSystem.remove(path) }
        done.append(display(path))
      }
    } catch {
      diagnostics.append(
        Diagnostic(.unreadableFile, "cannot remove '\(display(error.path))': \(error.reason)"))
    }
    if removes {
      for folder in Set(orphans.map(FilePath.directory)) { FileSystem.removeEmptyDirectory(folder) }
    }
    return DocumentReport(
      document: document, diagnostics: diagnostics, changedFiles: done, failedClaimCount: 0,
      hasErrors: diagnostics.containsError)
  }
}
