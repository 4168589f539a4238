// Compares the results of two revisions, or of a revision and the working tree.

import Diagnostics

/// Finds the documents of two moments, reads or computes their results, and compares them.
public struct DiffSession: Sendable {
  let workingDirectory: String
  let threads: Int
  let allowedDirectories: [String]
  /// Whether the results of revisions are computed anew although they are recorded.
  let recomputes: Bool

  /// - Parameters:
  ///   - workingDirectory: a folder of the repository; files are relative to it.
  ///   - threads: what a computation may use; no result depends on it.
  ///   - allowedDirectories: folders outside the project from which the working tree's documents may read
  ///     data.
  ///   - recomputes: whether revisions that carry their results are computed anew.
  public init(
    workingDirectory: String = FileSystem.currentDirectory(), threads: Int = 1,
    allowedDirectories: [String] = [],
    recomputes: Bool = false
  ) {
    self.workingDirectory = FileSystem.resolvingLinks(workingDirectory)
    self.threads = threads
    self.allowedDirectories = allowedDirectories
    self.recomputes = recomputes
  }

  /// - Parameter revisions: none (HEAD against the working tree), one (it against the working tree) or two.
  ///   `a..b` counts as two, `a...b` as the common ancestor of both and b.
  /// - Parameter files: documents, results or folders to keep to, relative to the working directory.
  public func compare(_ revisions: [String], files: [String] = []) throws(GitFailure) -> ResultDiff {
    let repository = try GitRepository.containing(workingDirectory)
    let (old, new) = try trees(revisions, repository)
    let wanted = files.map { FilePath.relative(FilePath.join(workingDirectory, $0), to: repository.root) }
    var documents: [ResultDiff.Document] = []
    for location in try ResultLocation.all([new, old]) where wanted.isEmpty || location.matches(wanted) {
      documents.append(try compare(location, old, new))
    }
    return ResultDiff(old: old.name, new: new.name, documents: documents)
  }

  private func trees(
    _ revisions: [String], _ repository: GitRepository
  ) throws(GitFailure) -> (any SourceTree, any SourceTree) {
    func tree(_ name: String) throws(GitFailure) -> any SourceTree {
      try RevisionTree(repository, tree: try repository.commit(name), name: name)
    }
    var names = revisions
    if names.count == 1, let range = names[0].firstRange(of: "..") {
      let isFromAncestor = names[0][range.upperBound...].first == "."
      let first = String(names[0][..<range.lowerBound])
      let second = String(names[0][range.upperBound...].drop { $0 == "." })
      names = [first, second].map { $0.isEmpty ? "HEAD" : $0 }
      if isFromAncestor {
        let ancestor = try repository.mergeBase(
          try repository.commit(names[0]), try repository.commit(names[1]))
        return (try RevisionTree(repository, tree: ancestor, name: revisions[0]), try tree(names[1]))
      }
    }
    let old = try tree(names.first ?? "HEAD")
    return (old, names.count > 1 ? try tree(names[1]) : try WorkingTree(repository))
  }

  private func compare(
    _ location: ResultLocation, _ old: any SourceTree, _ new: any SourceTree
  ) throws(GitFailure) -> ResultDiff.Document {
    var remarks: [String] = []
    let before = try version(location, old, &remarks)
    let after = try version(location, new, &remarks)
    let comparison = ResultComparison(old: before.snapshot, new: after.snapshot)
    let claims = (after.prepared ?? before.prepared)?.claims ?? []
    var attribution = ChangeAttribution(old: before, new: after)
    var causes: [String: ChangeCauses] = [:]
    // What is new or gone is so because somebody wrote it so.
    for change in comparison.changes where causes[change.id] == nil {
      causes[change.id] = attribution.causes(of: change.id)
    }
    let isOneSided = before.snapshot.values.isEmpty || after.snapshot.values.isEmpty
    return ResultDiff.Document(
      name: location.document ?? location.results,
      claims: after.snapshot.values.isEmpty || (isOneSided && after.prepared == nil)
        ? []
        : ClaimComparison.changes(
          claims, known: isOneSided ? [] : before.prepared?.claims, old: before.snapshot, new: after.snapshot),
      changes: comparison.changes, unchangedCount: comparison.unchangedCount, causes: causes, remarks: remarks
    )
  }

  // MARK: One side

  private func version(
    _ location: ResultLocation, _ tree: any SourceTree, _ remarks: inout [String]
  ) throws(GitFailure) -> DocumentVersion {
    let text = try location.document.flatMap { path throws(GitFailure) in try tree.bytes(path) }
    let prepared = text.map { bytes in
      DocumentPreparation.prepare(SourceFile(path: location.document ?? "", bytes: bytes))
    }
    let recorded = try tree.bytes(location.results).flatMap { ResultSnapshot($0) }
    var snapshot = recorded
    let isWorkingTree = tree is WorkingTree
    if text != nil, recorded == nil || recomputes || isWorkingTree {
      let outcome =
        try isWorkingTree
        ? runOnDisk(location, tree) : RevisionRun(tree: tree, threads: threads).run(location)
      snapshot = outcome.snapshot
      if snapshot == nil {
        snapshot = recorded
        let consequence = recorded == nil ? "it has no results there" : "its recorded results are compared"
        remarks.append("\(tree.name): cannot be run (\(outcome.reason)); \(consequence)")
      }
    }
    return DocumentVersion(
      prepared: prepared, path: location.document, snapshot: snapshot ?? .empty, tree: tree)
  }

  /// The working tree's documents are run as they are, so that results that were not written yet count.
  private func runOnDisk(_ location: ResultLocation, _ tree: any SourceTree) -> RevisionRun.Outcome {
    guard let document = location.document, let root = (tree as? WorkingTree)?.root else {
      return RevisionRun.Outcome(files: [:], diagnostics: [])
    }
    let options = RunOptions(
      mode: location.isInPlace ? .inPlace : .output(directory: nil), threads: threads, forces: true,
      allowedDirectories: allowedDirectories)
    let run = DocumentRunner(options: options, workingDirectory: workingDirectory)
      .run(FilePath.join(root, document))
    var files: [String: [UInt8]] = [:]
    for file in run.files { files[FilePath.relative(file.path, to: root)] = file.bytes }
    return RevisionRun.Outcome(files: files, diagnostics: run.diagnostics)
  }
}
