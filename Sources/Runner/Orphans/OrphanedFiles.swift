// Files that Meier once wrote and that nothing writes any more.

import Diagnostics
import Presentation

/// Finds outputs without a source. A file counts as Meier's only when it says so itself: a figure by the ids in its first
/// line, a folder of results by its `results.json`. Everything else is somebody's and stays.
enum OrphanedFiles {
  /// Figures in a document's folder that the document does not write.
  ///
  /// - Parameter written: absolute paths of the files that it does write.
  /// - Parameter failed: ids of directives that would have written theirs, had they not failed.
  static func figures(in folder: String, written: Set<String>, failed: Set<String> = []) -> [String] {
    FileSystem.list(folder).filter { $0.hasSuffix(".svg") }.map { FilePath.join(folder, $0) }.filter { path in
      let stem = FilePath.stem(path)
      let id = String(stem.prefix { $0 != "-" })
      return !written.contains(path) && !failed.contains(id) && isFigure(path)
    }
  }

  /// One warning for all of them: a renamed document leaves dozens.
  ///
  /// - Parameter paths: as messages print them.
  static func diagnostics(_ paths: [String]) -> [Diagnostic] {
    guard let first = paths.first else { return [] }
    guard paths.count > 1 else {
      return [
        Diagnostic(
          .warning, .orphanedFile, "'\(first)' is a result that no document writes any more",
          remedy: "'meier clean' removes it")
      ]
    }
    let listed = paths.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let rest = paths.count > 8 ? " and \(paths.count - 8) more" : ""
    return [
      Diagnostic(
        .warning, .orphanedFile,
        "\(paths.count) files are results that no document writes any more: \(listed)\(rest)",
        remedy: "'meier clean' removes them, 'meier clean --dry-run' lists them")
    ]
  }

  /// Files of documents that are gone, below the folder of the outputs.
  static func documents(in outputs: String, project: Project) -> [String] {
    var orphans: [String] = []
    var folders = [outputs]
    var visited = 0
    while let folder = folders.popLast(), visited < 100_000 {
      visited += 1
      for name in FileSystem.list(folder).reversed() {
        let path = FilePath.join(folder, name)
        guard FileSystem.isDirectory(path), !FileSystem.isLink(path) else { continue }
        folders.append(path)
        let markdown = path + ".md"
        let relative = FilePath.relative(markdown, to: outputs)
        let sources = [FilePath.join(project.root, "analyses"), project.root].map {
          FilePath.join($0, relative)
        }
        if sources.contains(where: FileSystem.exists) { continue }
        orphans += files(ofResults: path, markdown: markdown)
      }
    }
    return orphans.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The outputs of one document, as far as they can be told from other files.
  static func files(ofResults folder: String, markdown: String) -> [String] {
    let record = FilePath.join(folder, "results.json")
    guard let bytes = try? FileSystem.read(record), let ids = recordedIDs(bytes) else { return [] }
    var files = figures(in: folder, written: [])
    files += TableFiles.outdated(LastResults.parse(bytes), in: folder, written: [])
    if let text = try? FileSystem.read(markdown), holdsResult(text, of: ids) { files.append(markdown) }
    return files + [record]
  }

  /// `<svg … aria-labelledby="ID-title ID-desc" …`, ID being the file's own name.
  static func isFigure(_ path: String) -> Bool {
    guard let bytes = try? FileSystem.read(path) else { return false }
    let line = String(decoding: bytes.prefix { $0 != 0x0A }.prefix(2_000), as: UTF8.self)
    let stem = FilePath.stem(path)
    return line.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"")
      && line.contains(" aria-labelledby=\"\(stem)-title \(stem)-desc\"")
  }

  /// The ids of a `results.json` that Meier wrote; `nil` for any other file.
  private static func recordedIDs(_ bytes: [UInt8]) -> [String]? {
    guard case .object(let members)? = JSONReader.value(of: bytes),
      case .object(let inputs)? = members["inputs"]
    else { return nil }
    let ids = inputs.filter {
      if case .object(let entry) = $0.value { entry["directive"] != nil } else { false }
    }
    return ids.keys.sorted()
  }

  private static func holdsResult(_ markdown: [UInt8], of ids: [String]) -> Bool {
    let text = String(decoding: markdown, as: UTF8.self)
    return ids.contains { text.contains("<!-- meier:begin \($0) -->") }
  }
}
