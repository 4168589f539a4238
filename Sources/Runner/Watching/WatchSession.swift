// Runs documents again as they and their data are saved.

/// One run of a document that something saved brought about.
public struct WatchedRun: Sendable {
  /// What was written, and what there is to say.
  public let report: DocumentReport
  /// Ids of the results that were computed and not used again.
  public let computed: [String]
  /// From reading the document to the last file written.
  public let milliseconds: Double
}

/// Watches documents and everything they rest on. What it knows of data and results stays in memory, so that a change
/// costs what it affects.
public struct WatchSession: Sendable {
  private let session: RunSession
  private let files: [String]

  /// - Parameter files: the documents; none for every `analyses/*.md` and those in folders below, those
  ///   that come later included.
  public init(
    _ files: [String], options: RunOptions, workingDirectory: String = FileSystem.currentDirectory()
  ) {
    self.files = files
    session = RunSession(options: options, workingDirectory: workingDirectory, memory: ResultMemory())
  }

  /// Never returns: an interrupt ends the process.
  ///
  /// - Parameter report: is told about each run that wrote something, computed something, or has something to say.
  public func run(_ report: (WatchedRun) -> Void) -> Never {
    var events = FolderEvents()
    var inputs: [String: Set<String>] = [:]
    var known = WatchedFiles()
    var isDiscovering = false
    while true {
      let documents = self.documents
      inputs = inputs.filter { documents.contains($0.key) }
      let everything = documents.reduce(into: Set<String>()) { all, document in
        all.formUnion(inputs[document] ?? [absolute(document)])
      }
      // Taken before anything is read: what is saved during a run is a change after it.
      var now = WatchedFiles(everything)
      let changed = now.changes(since: known)
      for document in documents where !changed.isDisjoint(with: inputs[document] ?? [absolute(document)]) {
        let before = inputs[document] ?? []
        let session = files.isEmpty ? session.whereResultsStand(document) : session
        let (run, used) = session.watchedRun(document)
        inputs[document] = used.union([absolute(document)])
        if let own = run.written { now.update(own.path, from: own.picture) }
        if isDiscovering ? run.wroteSomething : before.isEmpty || run.isWorthSaying { report(run.run) }
      }
      known = now
      // Files that were met for the first time may have changed since they were read: with them in the picture the
      // document runs once more.
      isDiscovering = inputs.values.contains { !$0.isSubset(of: known.paths) }
      if isDiscovering { continue }
      events.watch(
        WatchedFiles.folders(of: everything).union(files.isEmpty ? session.defaultFolders() : []))
      // What changed before the folders were watched shows in the files.
      if WatchedFiles(known.paths).changes(since: known).isEmpty { events.wait() }
      events.settle()
    }
  }

  private var documents: [String] { files.isEmpty ? session.defaultDocuments() : files }

  private func absolute(_ document: String) -> String {
    FilePath.join(session.workingDirectory, document)
  }
}
