// Merges results by computing them from the merged documents and data.

import AnalysisDocument
import Diagnostics

/// What git calls for a result that both sides of a merge changed.
///
/// Git has not written the merged documents and data yet when it asks, so that Meier asks git for the merged tree
/// itself, takes the document and its data from it, and runs them in a folder of their own.
public struct MergeDriver: Sendable {
  let workingDirectory: String
  let threads: Int

  /// - Parameters:
  ///   - workingDirectory: where git calls the driver: the top of the working tree.
  ///   - threads: what a computation may use; no result depends on it.
  public init(workingDirectory: String = FileSystem.currentDirectory(), threads: Int = 1) {
    self.workingDirectory = workingDirectory
    self.threads = threads
  }

  /// How the merge of one file ended.
  public enum Outcome: Sendable, Equatable {
    /// The file holds what the merged document and data give.
    case regenerated
    /// The file holds both sides between git's marks, and this is why.
    case conflict(String)
  }

  /// - Parameters:
  ///   - base, ours, theirs: files with the three versions; the answer goes to `ours`.
  ///   - path: the result's path from the top of the repository.
  public func merge(base: String, ours: String, theirs: String, path: String) throws(GitFailure) -> Outcome {
    // Asked from within the question for the merged tree: results do not matter there.
    if MergeGuard.isActive { return .regenerated }
    let repository = try GitRepository.containing(workingDirectory)
    let sides = [base, ours, theirs].map { FilePath.join(workingDirectory, $0) }
    switch try regenerated(repository, path) {
    case .success(let bytes):
      do {
        _ = try AtomicFileWriter.write([PlannedFile(path: sides[1], bytes: bytes)])
      } catch {
        throw .failed("cannot write '\(ours)': \(error.reason)")
      }
      return .regenerated
    case .failure(let reason):
      _ = try repository.run(
        ["merge-file", "-L", "ours", "-L", "base", "-L", "theirs", sides[1], sides[0], sides[2]])
      return .conflict(reason.words)
    }
  }

  private struct Reason: Error { let words: String }

  private func regenerated(
    _ repository: GitRepository, _ path: String
  ) throws(GitFailure) -> Result<[UInt8], Reason> {
    let merged: MergedTree
    switch try MergedTree.current(repository) {
    case .success(let tree): merged = tree
    case .failure(let fault): return .failure(Reason(words: fault.words))
    }
    let tree = try RevisionTree(repository, tree: merged.tree, name: "the merge")
    let candidates = ResultLocation.documents(ofOutput: path)
    guard let owner = candidates.first(where: { tree.contains($0.path) }) else {
      return .failure(Reason(words: "its document is not there"))
    }
    var replaced: [String: [UInt8]] = [:]
    if owner.isInPlace {
      guard let text = try mergedDocument(repository, merged.sides, owner.path) else {
        return .failure(Reason(words: "\(owner.path) has conflicts"))
      }
      replaced[owner.path] = text
    }
    let location = ResultLocation(document: owner.path, results: "", isInPlace: owner.isInPlace)
    let run = RevisionRun(tree: tree, threads: threads, replaced: replaced)
    let inConflict = merged.conflicts.subtracting(replaced.keys)
    if let file = try run.sources(owner.path).first(where: { inConflict.contains($0) }) {
      return .failure(Reason(words: "\(file) has conflicts"))
    }
    let outcome = try run.run(location)
    guard let bytes = outcome.files[path] else {
      let reason =
        outcome.files.isEmpty
        ? "\(owner.path): \(outcome.reason)" : "\(owner.path) does not write it any more"
      return .failure(Reason(words: reason))
    }
    return .success(bytes)
  }

  /// A document with results in it, merged without them; `nil` when the author's own lines conflict.
  private func mergedDocument(
    _ repository: GitRepository, _ commits: [String], _ path: String
  ) throws(GitFailure) -> [UInt8]? {
    var files: [[UInt8]] = []
    for commit in commits {
      let tree = try RevisionTree(repository, tree: commit, name: commit)
      files.append(ResultRemoval.withoutResults(try tree.bytes(path) ?? []))
    }
    do throws(FileFailure) {
      let folder = try TemporaryFolder()
      for (name, bytes) in zip(["base", "ours", "theirs"], files) { try folder.write(name, bytes) }
      let names = ["ours", "base", "theirs"].map { FilePath.join(folder.path, $0) }
      guard let answer = try? repository.run(["merge-file", "-p", "-q"] + names), answer.status == 0 else {
        return nil
      }
      return answer.output
    } catch {
      throw .failed("cannot merge the document: \(error.reason)")
    }
  }
}

/// A document as it was before it was ever run in place.
enum ResultRemoval {
  /// The document without its regions, and with the expression of every inline value in the place of the value.
  static func withoutResults(_ bytes: [UInt8]) -> [UInt8] {
    let (document, _) = ParsedDocument.parse(file: SourceFile(path: "", bytes: bytes), foreignLanguages: [])
    var edits = document.regions.map { region in
      // The blank line between a directive and its result is the result's.
      let line = region.lines.lowerBound
      let isBlankAbove = line > 1 && document.file.lineRange(line - 1).isEmpty
      let end = document.file.lineRange(region.lines.upperBound)
      let afterEnd =
        region.lines.upperBound < document.file.lineCount
        ? document.file.lineStarts[region.lines.upperBound] : end.upperBound
      let start = document.file.lineStarts[max(line - (isBlankAbove ? 2 : 1), 0)]
      return Edit(range: start..<afterEnd, replacement: [])
    }
    for span in document.spans where span.kind == .value {
      let text = document.file.bytes[span.range]
      guard !text.starts(with: [0x60]) else { continue }
      edits.append(Edit(range: span.range, replacement: Array("`{= \(span.expression.string)}`".utf8)))
    }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return (try? Splice.apply(edits, to: bytes)) ?? bytes
  }
}
