// The results of a document as it stood in a commit, computed anew.

import AnalysisDocument
import Diagnostics

/// Takes a document out of a tree with the files it names, and runs it in a folder of its own.
struct RevisionRun {
  let tree: any SourceTree
  let threads: Int
  /// Files that stand in the place of the tree's.
  var replaced: [String: [UInt8]] = [:]

  struct Outcome {
    /// Every file of the run by its path from the top of the repository; empty when it failed.
    let files: [String: [UInt8]]
    let diagnostics: [Diagnostic]

    /// The quantities; `nil` when the run failed.
    var snapshot: ResultSnapshot? {
      files.keys.sorted().first { FilePath.name($0) == ResultLocation.fileName }
        .flatMap { files[$0] }.flatMap { ResultSnapshot($0) }
    }

    /// The first error, for a message on one line.
    var reason: String { diagnostics.first { $0.severity == .error }?.message ?? "it cannot be run" }
  }

  func run(_ location: ResultLocation) throws(GitFailure) -> Outcome {
    guard let document = location.document else { return Outcome(files: [:], diagnostics: []) }
    do throws(FileFailure) {
      let folder = try TemporaryFolder()
      for (path, bytes) in try extracted(document) { try folder.write(path, bytes) }
      let options = RunOptions(
        mode: location.isInPlace ? .inPlace : .output(directory: nil), threads: threads, forces: true)
      let run = DocumentRunner(options: options, workingDirectory: folder.path).run(document)
      var files: [String: [UInt8]] = [:]
      for file in run.files { files[FilePath.relative(file.path, to: folder.path)] = file.bytes }
      return Outcome(files: files, diagnostics: run.diagnostics)
    } catch {
      throw .failed("cannot write to \(error.path): \(error.reason)")
    }
  }

  /// The paths of the document and of every file of the tree that it names.
  func sources(_ document: String) throws(GitFailure) -> [String] {
    do {
      return try extracted(document).keys.sorted()
    } catch {
      throw .failed("cannot read '\(error.path)': \(error.reason)")
    }
  }

  /// The document, every file that it names, those that these name when they are text of Meier's, and `meier.yml`.
  private func extracted(_ document: String) throws(FileFailure) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var wanted = [document] + tree.paths.filter { FilePath.name($0) == Project.configurationName }
    // Each round takes files it has not taken before, so that it ends.
    while !wanted.isEmpty {
      var found: [String: [UInt8]]
      do {
        found = try tree.bytes(wanted)
        for path in wanted { if let bytes = replaced[path] { found[path] = bytes } }
      } catch {
        throw FileFailure(path: document, code: 5)
      }
      files.merge(found, uniquingKeysWith: { first, _ in first })
      wanted = []
      for (path, bytes) in found where [".md", ".yml", ".yaml"].contains(where: { path.hasSuffix($0) }) {
        wanted += Self.mentioned(bytes, in: FilePath.directory(path)).filter {
          files[$0] == nil && tree.contains($0) && !isOutput($0, of: document)
        }
      }
      wanted = Set(wanted).sorted()
    }
    return files
  }

  /// Whether a file is what the document's runs write.
  private func isOutput(_ path: String, of document: String) -> Bool {
    path != document && ResultLocation.documents(ofOutput: path).contains { $0.path == document }
  }

  /// What may be the name of a file in a text, as a path from the top of the repository.
  static func mentioned(_ bytes: [UInt8], in folder: String) -> Set<String> {
    let text = String(decoding: bytes, as: UTF8.self)
    var names: Set<Substring> = []
    for line in text.split(whereSeparator: \.isNewline) {
      names.formUnion(line.split { " \t\"'`,;()[]{}<>".contains($0) })
      // A value with blanks in it.
      if let colon = line.firstIndex(of: ":") {
        var value = line[line.index(after: colon)...]
        while let first = value.first, " \t\"'".contains(first) { value = value.dropFirst() }
        while let last = value.last, " \t\"'".contains(last) { value = value.dropLast() }
        names.insert(value)
      }
    }
    let paths = names.filter { !$0.isEmpty && $0.utf8.count < 512 && !$0.hasPrefix("/") }
      .map { FilePath.join(folder, String($0)) }
    return Set(paths.filter { !$0.hasPrefix("../") && $0 != ".." && $0 != "." })
  }
}
