// The files that matter to some documents, and which of them are others than before.

/// A picture of some files at one moment.
struct WatchedFiles: Sendable, Equatable {
  /// By absolute path; `nil` for a file that does not exist.
  private var identities: [String: FileIdentity?] = [:]

  init(_ paths: Set<String> = []) {
    for path in paths { identities.updateValue(FileIdentity(path), forKey: path) }
  }

  var paths: Set<String> { Set(identities.keys) }

  /// Takes over what another picture shows of one file.
  mutating func update(_ path: String, from other: WatchedFiles) {
    if let identity = other.identities[path] { identities.updateValue(identity, forKey: path) }
  }

  /// Files that this picture shows otherwise than the one before, or that were not in it.
  func changes(since before: WatchedFiles) -> Set<String> {
    Set(
      identities.filter { path, identity in
        guard let old = before.identities[path] else { return true }
        return old != identity
      }.keys)
  }

  /// The folders in which a change of these files shows: their own, that of the file behind a link, and where there
  /// is none, the nearest that exists.
  static func folders(of paths: Set<String>) -> Set<String> {
    var folders: Set<String> = []
    for path in paths {
      for file in [path, FileSystem.resolvingLinks(path)] {
        var folder = FilePath.directory(file)
        while !FileSystem.isDirectory(folder) {
          let parent = FilePath.directory(folder)
          if parent == folder { break }
          folder = parent
        }
        folders.insert(folder)
      }
    }
    return folders
  }
}
