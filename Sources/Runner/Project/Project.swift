// Where a document belongs: the project's root, and what the paths in it mean.

/// The folder whose documents, data and outputs belong together.
///
/// The root is the nearest folder upwards of the document that holds `meier.yml`, else `.git`, else the working
/// directory.
public struct Project: Sendable {
  static let configurationName = "meier.yml"

  /// Absolute, links resolved.
  public let root: String
  /// Absolute; what paths on the command line and in messages are relative to.
  public let workingDirectory: String

  /// A project whose root is known; both paths absolute.
  public init(root: String, workingDirectory: String) {
    self.root = root
    self.workingDirectory = workingDirectory
  }

  /// The project of a document, given its path as the user wrote it.
  public init(document: String, workingDirectory: String = FileSystem.currentDirectory()) {
    let absolute = FileSystem.resolvingLinks(FilePath.join(workingDirectory, document))
    var directory = FilePath.directory(absolute)
    var repository: String?
    var found: String?
    while true {
      if FileSystem.exists(FilePath.join(directory, Self.configurationName)) {
        found = directory
        break
      }
      if repository == nil, FileSystem.exists(FilePath.join(directory, ".git")) { repository = directory }
      let parent = FilePath.directory(directory)
      if parent == directory { break }
      directory = parent
    }
    let here = FileSystem.resolvingLinks(workingDirectory)
    let fallback = FilePath.isInside(absolute, here) ? here : FilePath.directory(absolute)
    self.init(root: found ?? repository ?? fallback, workingDirectory: here)
  }

  /// A path as the user gave it, absolute, links resolved.
  public func absolute(_ path: String) -> String {
    FileSystem.resolvingLinks(FilePath.join(workingDirectory, path))
  }

  /// The path as messages print it: relative to the working directory where the file lies in it, else absolute.
  public func display(_ absolute: String) -> String {
    FilePath.isInside(absolute, workingDirectory)
      ? FilePath.relative(absolute, to: workingDirectory) : absolute
  }

  /// The path as outputs record it: relative to the root, the same on every machine.
  public func recorded(_ absolute: String) -> String { FilePath.relative(absolute, to: root) }

  /// Whether an absolute path lies at or below the root: what documents may read without being allowed to.
  public func contains(_ absolute: String) -> Bool { FilePath.isInside(absolute, root) }

  /// The folder in which a new document would stand: `analyses/` of the working directory where there is one, which is
  /// where documents are looked for, else the working directory itself.
  public var documentFolder: String {
    let analyses = FilePath.join(workingDirectory, "analyses")
    return FileSystem.isDirectory(analyses) ? analyses : workingDirectory
  }

  /// A path on the command line as a document in `documentFolder` writes it. Files outside the project, which a document
  /// cannot read unasked, keep the path that was given.
  public func pathInDocument(_ path: String) -> String {
    let file = absolute(path)
    return contains(file) ? FilePath.relative(file, to: documentFolder) : path
  }

  /// Where a document's results go.
  ///
  /// `analyses/sub/x.md` → `output/sub/x.md`; a document elsewhere keeps its folders below the root.
  ///
  /// - Parameter directory: a folder that the command line names, relative to the working directory.
  /// - Parameter folder: else the folder that the project's settings name, relative to the root.
  public func outputPath(document: String, directory: String?, folder: String? = nil) -> String {
    let base = directory.map(absolute) ?? FilePath.join(root, folder ?? "output")
    let analyses = FilePath.join(root, "analyses")
    let relative =
      FilePath.isInside(document, analyses)
      ? FilePath.relative(document, to: analyses)
      : contains(document) ? FilePath.relative(document, to: root) : FilePath.name(document)
    return FilePath.join(base, relative)
  }
}
