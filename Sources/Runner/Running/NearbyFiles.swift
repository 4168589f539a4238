// Which file a path was meant for that leads to none.

import Diagnostics

/// The files around a document that it may read.
struct NearbyFiles {
  let project: Project
  /// Absolute folder of the document.
  let directory: String

  /// Folders with more entries are not searched: whoever keeps so many files in one knows their names.
  private static let entryLimit = 1000

  /// A file of a like name where the path leads; else a file of that name in the folders of the document and above it, or
  /// in a folder of one of these; else what is wrong with the path. `nil` when nothing is known.
  func remedy(for path: String) -> String? {
    let name = FilePath.name(path)
    let folder = FilePath.directory(FilePath.join(directory, path))
    if FileSystem.isDirectory(folder), let near = NearMiss.best(for: name, among: FileSystem.list(folder)) {
      return "did you mean '\(near)'?"
    }
    if let other = nearest(name) { return "did you mean '\(other)'?" }
    return FileSystem.isDirectory(folder) ? nil : "there is no folder \(project.display(folder))"
  }

  /// The first file of the name, as the document would write it: nearer folders come first, those of a folder in the order
  /// of their names.
  private func nearest(_ name: String) -> String? {
    for folder in ancestors {
      let entries = visible(folder)
      if entries.contains(name) { return relative(FilePath.join(folder, name)) }
      for entry in entries {
        let child = FilePath.join(folder, entry)
        guard FileSystem.isDirectory(child), !FileSystem.isLink(child) else { continue }
        if visible(child).contains(name) { return relative(FilePath.join(child, name)) }
      }
    }
    return nil
  }

  /// The folder of the document and those above it, up to the project's root.
  private var ancestors: [String] {
    var folders: [String] = []
    var folder = directory
    while project.contains(folder), !folders.contains(folder) {
      folders.append(folder)
      folder = FilePath.directory(folder)
    }
    return folders
  }

  private func visible(_ folder: String) -> [String] {
    let entries = FileSystem.list(folder).filter { !$0.hasPrefix(".") }
    return entries.count > Self.entryLimit ? [] : entries
  }

  private func relative(_ file: String) -> String { FilePath.relative(file, to: directory) }
}
