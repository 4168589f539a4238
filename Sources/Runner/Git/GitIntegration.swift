// Makes git compare and merge results with Meier's help, and undoes it.

import AnalysisDocument

/// The two settings and the lines of `.gitattributes` by which git calls Meier.
public struct GitIntegration: Sendable {
  /// A setting of the repository.
  public struct Setting: Sendable, Equatable {
    let key: String
    let value: String

    /// The command that a person would type.
    public var command: String { "git config \(key) \(GitIntegration.quoted(value))" }
  }

  let repository: GitRepository
  /// The project's root: where `.gitattributes` is written.
  let root: String

  /// - Parameter workingDirectory: a folder of the project.
  public init(workingDirectory: String = FileSystem.currentDirectory()) throws(GitFailure) {
    repository = try GitRepository.containing(workingDirectory)
    // Any name will do: the project of a file is that of its folder.
    let project = Project(document: ".gitattributes", workingDirectory: workingDirectory)
    root = FilePath.isInside(project.root, repository.root) ? project.root : repository.root
  }

  /// The file in the project's root in which git is told which files are Meier's.
  public static let attributesName = ".gitattributes"
  private static let begin = "# meier begin: git compares and merges results with meier (meier git install)"
  private static let end = "# meier end"

  /// - Parameter executable: how git's shell finds Meier.
  public static func settings(executable: String) -> [Setting] {
    let program = quoted(executable)
    return [
      Setting(key: "diff.meier.textconv", value: "\(program) git textconv"),
      Setting(key: "merge.meier.driver", value: "\(program) git merge %O %A %B %P"),
    ]
  }

  /// A word of a shell, in quotes where it needs them.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  // MARK: Settings

  /// Makes the settings in the repository's own configuration; those that stand there already are replaced.
  public func install(_ settings: [Setting]) throws(GitFailure) {
    for setting in settings {
      let answer = try repository.run(["config", "--local", setting.key, setting.value])
      guard answer.status == 0 else { throw .failed(GitRepository.words(answer.errors)) }
    }
  }

  /// Takes the settings back; one that is not there is no failure.
  public func uninstall() throws(GitFailure) {
    for setting in Self.settings(executable: "meier") {
      let answer = try repository.run(["config", "--local", "--unset-all", setting.key])
      // 5: there was no such setting.
      guard answer.status == 0 || answer.status == 5 else {
        throw .failed(GitRepository.words(answer.errors))
      }
    }
  }

  // MARK: Attributes

  /// What stands in `.gitattributes` between Meier's two marks.
  public func attributes() throws(GitFailure) -> [String] {
    let prefix = FilePath.relative(root, to: repository.root)
    let inPlace = try repository.workingFiles().filter { path in
      path.hasSuffix(".md") && !path.split(separator: "/").contains("output")
        && (prefix == "." || path.hasPrefix(prefix + "/"))
    }.filter { path in
      guard let bytes = try? FileSystem.read(FilePath.join(repository.root, path)) else { return false }
      let mark = Array("<!-- meier:begin ".utf8)
      return bytes.indices.contains { bytes[$0...].starts(with: mark) }
    }
    let documents = inPlace.flatMap { path in
      let name = "/" + FilePath.relative(FilePath.join(repository.root, path), to: root)
      // The document, and what it writes beside it.
      return [
        Self.pattern(name) + " merge=meier",
        Self.pattern(String(name.dropLast(3)) + "/*") + " merge=meier",
        Self.pattern(String(name.dropLast(3)) + "/*.svg") + " diff=meier",
      ]
    }
    return ["output/** merge=meier", "output/**/*.svg diff=meier", "**/results.json diff=meier merge=meier"]
      + documents
  }

  /// A name as `.gitattributes` writes it.
  private static func pattern(_ name: String) -> String {
    name.contains(" ") || name.contains("\"") ? "\"" + name.replacing("\"", with: "\\\"") + "\"" : name
  }

  /// Writes the lines, in the place of those of an earlier installation; `false` when they stood there already.
  public func writeAttributes(_ lines: [String]) throws(FileFailure) -> Bool {
    let block = [Self.begin] + lines + [Self.end]
    return try rewriteAttributes { rest in rest + block }
  }

  /// Takes the lines out; `false` when there were none. A file that held nothing else goes.
  public func removeAttributes() throws(FileFailure) -> Bool { try rewriteAttributes { $0 } }

  private func rewriteAttributes(_ body: ([String]) -> [String]) throws(FileFailure) -> Bool {
    let path = FilePath.join(root, Self.attributesName)
    let old = (try? FileSystem.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    var rest: [String] = []
    var isOwn = false
    for line in old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == Self.begin { isOwn = true }
      if !isOwn { rest.append(line) }
      if line == Self.end { isOwn = false }
    }
    while rest.last == "" { rest.removeLast() }
    let lines = body(rest)
    let new = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    guard new != old else { return false }
    if new.isEmpty {
      try FileSystem.remove(path)
    } else {
      _ = try AtomicFileWriter.write([PlannedFile(path: path, bytes: Array(new.utf8))])
    }
    return true
  }
}
