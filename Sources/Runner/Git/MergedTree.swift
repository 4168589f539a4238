// The tree that the merge under way will come to.

/// The merged files, and those that could not be merged.
struct MergedTree: Sendable {
  let tree: String
  let conflicts: Set<String>
  /// The commits that are merged: the common ancestor, ours, theirs.
  let sides: [String]

  struct Fault: Error { let words: String }

  /// Asks git for the merge of HEAD and what is being merged into it.
  static func current(_ repository: GitRepository) throws(GitFailure) -> Result<MergedTree, Fault> {
    guard let incoming = try Incoming.find(repository) else {
      return .failure(Fault(words: "it is not known which commit is being merged"))
    }
    var arguments = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"]
    if let parent = incoming.base { arguments.append("--merge-base=\(parent)") }
    let answer = try repository.run(
      arguments + ["HEAD", incoming.commit], adding: [MergeGuard.variable: "1"])
    let fields = answer.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard answer.status == 0 || answer.status == 1, let tree = fields.first else {
      return .failure(
        Fault(
          words: "this version of git cannot give the merged files (\(GitRepository.words(answer.errors)))"))
    }
    let base: String
    if let parent = incoming.base {
      base = parent
    } else {
      base = try repository.mergeBase("HEAD", incoming.commit)
    }
    return .success(
      MergedTree(tree: tree, conflicts: Set(fields.dropFirst()), sides: [base, "HEAD", incoming.commit]))
  }
}

/// The commit that is being merged into HEAD.
private struct Incoming {
  let commit: String
  /// Where a commit is picked: its parent. A merge has its own.
  let base: String?

  static func find(_ repository: GitRepository) throws(GitFailure) -> Incoming? {
    // `git merge` names the commits it merges in the environment of the programs it calls.
    let prefix = "GITHEAD_"
    let named = Environment.names().filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    if named.count == 1, let commit = named.first { return Incoming(commit: commit, base: nil) }
    if !named.isEmpty { return nil }
    if let commit = try? repository.commit("MERGE_HEAD") { return Incoming(commit: commit, base: nil) }
    // A rebase notes what it picks before it picks it.
    let folder = try repository.run(["rev-parse", "--git-path", "rebase-merge/done"])
    if let path = GitRepository.lines(folder.output).first,
      let bytes = try? FileSystem.read(FilePath.join(repository.root, path)),
      let line = GitRepository.lines(bytes).last
    {
      let words = line.split(separator: " ")
      if words.count > 1, let commit = try? repository.commit(String(words[1])),
        let parent = try? repository.commit(commit + "^")
      {
        return Incoming(commit: commit, base: parent)
      }
    }
    for name in ["CHERRY_PICK_HEAD", "REBASE_HEAD"] {
      if let commit = try? repository.commit(name), let parent = try? repository.commit(commit + "^") {
        return Incoming(commit: commit, base: parent)
      }
    }
    return nil
  }
}
