// Reading a git repository: revisions, the files of a revision, their bytes.

import Diagnostics

/// A repository with a working tree, asked by plumbing commands alone: none of them runs what a repository's
/// configuration names.
struct GitRepository: Sendable {
  /// The top of the working tree, absolute.
  let root: String

  static func containing(_ folder: String) throws(GitFailure) -> GitRepository {
    let answer = try git(["-C", folder, "rev-parse", "--show-toplevel"])
    guard answer.status == 0, let root = lines(answer.output).first, !root.isEmpty else {
      if answer.errors.contains("dubious ownership") { throw .failed(words(answer.errors)) }
      throw .notARepository(folder)
    }
    return GitRepository(root: FileSystem.resolvingLinks(root))
  }

  /// The commit a name stands for. Names that look like options are unknown.
  func commit(_ name: String) throws(GitFailure) -> String {
    if !name.hasPrefix("-"), !name.isEmpty {
      let answer = try run(["rev-parse", "--verify", "--quiet", name + "^{commit}"])
      if answer.status == 0, let id = Self.lines(answer.output).first, !id.isEmpty { return id }
    }
    let names = try run(["for-each-ref", "--format=%(refname:short)"])
    throw .unknownRevision(name, near: NearMiss.best(for: name, among: Self.lines(names.output) + ["HEAD"]))
  }

  /// Where two histories part.
  func mergeBase(_ first: String, _ second: String) throws(GitFailure) -> String {
    let answer = try run(["merge-base", first, second])
    guard answer.status == 0, let id = Self.lines(answer.output).first, !id.isEmpty else {
      throw .failed("'\(first)' and '\(second)' have no common ancestor")
    }
    return id
  }

  /// The files of a commit or a tree by their paths from the root, each with its object; links and
  /// submodules are left out.
  func files(of tree: String) throws(GitFailure) -> [String: String] {
    let answer = try run(["ls-tree", "-r", "-z", "--full-tree", tree])
    guard answer.status == 0 else { throw .failed(Self.words(answer.errors)) }
    var files: [String: String] = [:]
    for entry in answer.output.split(separator: 0) {
      let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      let head = parts.first.map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
      guard parts.count == 2, head.count == 3, head[0].hasPrefix("100") else { continue }
      files[String(decoding: parts[1], as: UTF8.self)] = String(head[2])
    }
    return files
  }

  /// The bytes of objects, in the order given; `nil` for one that is missing.
  func blobs(_ objects: [String]) throws(GitFailure) -> [[UInt8]?] {
    guard !objects.isEmpty else { return [] }
    let request = objects.map { $0 + "\n" }.joined()
    let answer = try run(["cat-file", "--batch"], input: Array(request.utf8))
    guard answer.status == 0 else { throw .failed(Self.words(answer.errors)) }
    var blobs: [[UInt8]?] = []
    var rest = answer.output[...]
    while blobs.count < objects.count, let end = rest.firstIndex(of: 0x0A) {
      let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard head.count == 3, let size = Int(head[2]), size >= 0, size <= rest.count else {
        blobs.append(nil)
        continue
      }
      blobs.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size + 1)
    }
    return blobs + Array(repeating: nil, count: objects.count - blobs.count)
  }

  /// The files of the working tree that git knows or would add.
  func workingFiles() throws(GitFailure) -> [String] {
    let answer = try run(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name"])
    guard answer.status == 0 else { throw .failed(Self.words(answer.errors)) }
    let names = answer.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return Set(names).sorted()
  }

  // MARK: The program

  /// - Parameter variables: of the environment, beside those that git needs.
  func run(
    _ arguments: [String], input: [UInt8] = [], adding variables: [String: String] = [:]
  ) throws(GitFailure) -> ChildProcess {
    try Self.git(["-C", root] + arguments, input: input, adding: variables)
  }

  private static func git(
    _ arguments: [String], input: [UInt8] = [], adding variables: [String: String] = [:]
  ) throws(GitFailure) -> ChildProcess {
    do {
      let environment = environment.merging(variables) { _, new in new }
      return try ChildProcess.run("git", arguments, input: input, environment: environment)
    } catch {
      if error.code == 2 { throw .notInstalled }
      throw .failed(error.reason)
    }
  }

  /// What git needs to find itself and its configuration, and nothing else; its words in one language.
  private static var environment: [String: String] {
    var names = [
      "PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "LD_LIBRARY_PATH", "GIT_DIR", "GIT_WORK_TREE",
      "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_INDEX_FILE",
      "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
      "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_EXEC_PATH",
    ]
    let pairs = min(Environment.value("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0, 64)
    for index in 0..<max(pairs, 0) { names += ["GIT_CONFIG_KEY_\(index)", "GIT_CONFIG_VALUE_\(index)"] }
    var environment = ["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"]
    for name in names { environment[name] = Environment.value(name) }
    return environment
  }

  static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Git's message on one line, without its prefix.
  static func words(_ errors: String) -> String {
    let line = errors.split(whereSeparator: \.isNewline).first.map(String.init) ?? "failed without a word"
    for prefix in ["fatal: ", "error: "] where line.hasPrefix(prefix) {
      return String(line.dropFirst(prefix.count))
    }
    return line
  }
}
