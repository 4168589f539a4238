// Documents that nobody named, and where a document's results stand.

/// A document with the place of its results.
struct DocumentTask: Sendable {
  /// As the user wrote it.
  let path: String
  let mode: RunOptions.Mode
}

extension RunSession {
  private var search: DocumentSearch {
    let project = Project(document: DocumentSearch.folder, workingDirectory: runner.workingDirectory)
    let folder = ProjectSettings.read(project).outputFolder ?? "output"
    return DocumentSearch(directory: project.workingDirectory, outputs: FilePath.join(project.root, folder))
  }

  /// The documents to run when none is named: every `analyses/*.md` of the working directory, and in the folders below it.
  public func defaultDocuments() -> [String] { search.analyses() }

  /// The documents to check when none is named: also those elsewhere that carry their results in them.
  public func documentsToCheck() -> [String] {
    let search = search
    return search.analyses()
      + (runner.options.mode == .output(directory: nil) ? search.carryingResults() : [])
  }

  /// Absolute; where another default document may appear.
  func defaultFolders() -> Set<String> {
    let folders = search.analysesFolders() + [DocumentSearch.folder]
    return Set(folders.map { FilePath.join(runner.workingDirectory, $0) })
  }

  /// A document that carries its results in it has them there, and in `output/` only if it was run into it.
  func tasks(_ path: String) -> [DocumentTask] {
    let output = DocumentTask(path: path, mode: runner.options.mode)
    guard runner.options.mode == .output(directory: nil) else { return [output] }
    let project = Project(document: path, workingDirectory: runner.workingDirectory)
    let document = project.absolute(path)
    guard let bytes = try? FileSystem.read(document), DocumentSearch.carriesResults(bytes, path: path) else {
      return [output]
    }
    let paths = OutputPaths(
      project: project, document: document, mode: output.mode,
      folder: ProjectSettings.read(project).outputFolder)
    let inPlace = DocumentTask(path: path, mode: .inPlace)
    return FileSystem.exists(paths.results) ? [inPlace, output] : [inPlace]
  }

  /// The session as it runs documents whose results stand elsewhere.
  func session(_ mode: RunOptions.Mode) -> RunSession {
    if mode == runner.options.mode { return self }
    var options = runner.options
    options.mode = mode
    return RunSession(options: options, workingDirectory: runner.workingDirectory, memory: runner.memory)
  }

  /// The session as it runs a document that nobody named.
  public func whereResultsStand(_ path: String) -> RunSession {
    session(tasks(path).first?.mode ?? runner.options.mode)
  }
}
