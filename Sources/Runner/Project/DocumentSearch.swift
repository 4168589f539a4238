// Which documents a folder holds when none is named.

import AnalysisDocument
import Diagnostics

/// Looks for documents in a folder and those below it. Hidden folders, the folder of the outputs, links, and folders that
/// are projects of their own are not entered.
struct DocumentSearch {
  /// Absolute; what the paths found are relative to.
  let directory: String
  /// Absolute.
  let outputs: String

  static let folder = "analyses"
  /// Folders after which a search ends: whoever has more of them names the documents.
  private static let folderLimit = 10_000

  /// Every `analyses/*.md`, and of the folders below it the documents that ask for results and that no other document
  /// includes: there stand texts of other kinds as well.
  func analyses() -> [String] {
    let (files, _) = markdown(below: Self.folder)
    let below = files.filter { FilePath.directory($0) != Self.folder }
    if below.isEmpty { return files }
    let texts = files.map { (path: $0, bytes: bytes(of: $0)) }
    let included = IncludedSources.of(texts)
    return texts.filter { path, bytes in
      FilePath.directory(path) == Self.folder
        || ResultLocation.holdsDirectives(bytes) && !included.contains(path)
    }.map(\.path)
  }

  /// The folders that `analyses()` looks at, as they are now.
  func analysesFolders() -> [String] { markdown(below: Self.folder).folders }

  /// Documents outside `analyses/` that carry their results in them.
  func carryingResults() -> [String] {
    markdown(below: "", besides: [Self.folder]).files.filter { Self.carriesResults(bytes(of: $0), path: $0) }
  }

  /// Whether a document has a directive with its result under it.
  static func carriesResults(_ bytes: [UInt8], path: String) -> Bool {
    guard bytes.holds("<!-- meier:begin ") else { return false }
    let document = ParsedDocument.parse(file: SourceFile(path: path, bytes: bytes), foreignLanguages: []).0
    return document.directives.contains { directive in
      directive.id.map { document.region(id: $0.string) != nil } ?? false
    }
  }

  private func bytes(of path: String) -> [UInt8] {
    (try? FileSystem.read(FilePath.join(directory, path))) ?? []
  }

  /// Markdown files at and below a folder, sorted, and the folders in which they could stand.
  private func markdown(below folder: String, besides left: Set<String> = []) -> (
    files: [String], folders: [String]
  ) {
    var waiting = [folder]
    var folders: [String] = []
    var files: [String] = []
    var next = 0
    while next < waiting.count, next < Self.folderLimit {
      let folder = waiting[next]
      next += 1
      let entries = FileSystem.entries(FilePath.join(directory, folder))
      if next > 1, entries.contains(where: { $0.name == Project.configurationName || $0.name == ".git" }) {
        continue
      }
      folders.append(folder)
      for (name, isFolder) in entries {
        let path = folder.isEmpty ? name : folder + "/" + name
        if !isFolder {
          if name.hasSuffix(".md") { files.append(path) }
        } else if !name.hasPrefix("."), name != "output", !left.contains(path),
          FilePath.join(directory, path) != outputs
        {
          waiting.append(path)
        }
      }
    }
    return (files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, folders)
  }
}

/// The files that documents include.
enum IncludedSources {
  /// Paths relative to what the documents' are relative to. What stands in an include that cannot be read is said when the
  /// document runs.
  static func of(_ documents: [(path: String, bytes: [UInt8])]) -> Set<String> {
    var sources: Set<String> = []
    for (path, bytes) in documents where bytes.holds("{include") {
      let document = ParsedDocument.parse(file: SourceFile(path: path, bytes: bytes), foreignLanguages: []).0
      for block in document.directives where block.name.string == DocumentAssembly.directiveName {
        guard let source = block.options?.mapping?["source"]?.scalar?.text.string else { continue }
        sources.insert(FilePath.join(FilePath.directory(path), source))
      }
    }
    return sources
  }
}

extension [UInt8] {
  /// Whether these bytes stand somewhere among them.
  func holds(_ pattern: StaticString) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard length > 0, count >= length else { return length == 0 }
    return pattern.withUTF8Buffer { pattern in
      withUnsafeBufferPointer { bytes in
        for start in 0...(bytes.count - length) where bytes[start] == pattern[0] {
          var matched = 1
          while matched < length, bytes[start + matched] == pattern[matched] { matched += 1 }
          if matched == length { return true }
        }
        return false
      }
    }
  }
}
