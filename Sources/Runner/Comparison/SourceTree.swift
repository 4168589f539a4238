// The files of a project at one moment: of a commit, or of the working tree.

import Diagnostics

/// Files by their paths from the top of the repository.
protocol SourceTree: Sendable {
  /// As the comparison names it: `HEAD`, `working tree`.
  var name: String { get }
  /// Sorted.
  var paths: [String] { get }
  func contains(_ path: String) -> Bool
  /// The bytes of those of the files that there are.
  func bytes(_ paths: [String]) throws(GitFailure) -> [String: [UInt8]]
}

extension SourceTree {
  func bytes(_ path: String) throws(GitFailure) -> [UInt8]? { try bytes([path])[path] }
}

/// The files of a commit, or of any tree object.
struct RevisionTree: SourceTree {
  let name: String
  let repository: GitRepository
  let paths: [String]
  private let objects: [String: String]

  init(_ repository: GitRepository, tree: String, name: String) throws(GitFailure) {
    self.name = name
    self.repository = repository
    objects = try repository.files(of: tree)
    paths = objects.keys.sorted()
  }

  func contains(_ path: String) -> Bool { objects[path] != nil }

  func bytes(_ paths: [String]) throws(GitFailure) -> [String: [UInt8]] {
    let known = paths.filter { objects[$0] != nil }
    let blobs = try repository.blobs(known.compactMap { objects[$0] })
    var files: [String: [UInt8]] = [:]
    for (path, blob) in zip(known, blobs) { files[path] = blob }
    return files
  }
}

/// The files on disk that git knows or would add.
struct WorkingTree: SourceTree {
  let name = "working tree"
  let root: String
  let paths: [String]

  init(_ repository: GitRepository) throws(GitFailure) {
    root = repository.root
    let root = root
    paths = try repository.workingFiles().filter { FileSystem.exists(FilePath.join(root, $0)) }
  }

  /// Ignored files count: data often are not in version control.
  func contains(_ path: String) -> Bool {
    FileSystem.exists(FilePath.join(root, path)) && !FileSystem.isDirectory(FilePath.join(root, path))
  }

  func bytes(_ paths: [String]) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in paths { files[path] = try? FileSystem.read(FilePath.join(root, path)) }
    return files
  }
}
