// Several documents, run or checked, and the exit status they come to.

import Diagnostics
import Directives

/// What a command came to.
public enum ExitStatus: Int32, Sendable {
  case fine = 0
  case documentErrors = 1
  case stale = 2
  case claimFailed = 3
  case usage = 64
  case internalFault = 70
  case interrupted = 130
}

/// What is known about one document after a run or a check.
public struct DocumentReport: Sendable {
  public let document: String
  public let diagnostics: [Diagnostic]
  /// Files written, or by a check the files that differ, as messages print them.
  public let changedFiles: [String]
  public let failedClaimCount: Int
  public let hasErrors: Bool
}

/// Runs documents and writes their files, or checks them and writes nothing.
public struct RunSession: Sendable {
  public let runner: DocumentRunner

  public init(options: RunOptions, workingDirectory: String = FileSystem.currentDirectory()) {
    runner = DocumentRunner(options: options, workingDirectory: workingDirectory)
  }

  /// The documents to run when none is named: every `analyses/*.md` of the working directory's project.
  public func defaultDocuments() -> [String] {
    let folder = FilePath.join(runner.workingDirectory, "analyses")
    return FileSystem.list(folder).filter { $0.hasSuffix(".md") }.map { "analyses/" + $0 }
  }

  public func run(_ path: String) -> DocumentReport {
    let run = runner.run(path)
    var diagnostics = run.diagnostics
    var written: [String] = []
    if !run.files.isEmpty {
      do throws(FileFailure) {
        written = try Interruption.deferring { () throws(FileFailure) in
          try runner.options.observer.during(RunStage("write")) { () throws(FileFailure) in
            try AtomicFileWriter.write(run.files)
          }
        }
      } catch {
        diagnostics.append(
          Diagnostic(.unreadableFile, "cannot write '\(display(error.path))': \(error.reason)"))
      }
    }
    return DocumentReport(
      document: run.document, diagnostics: diagnostics, changedFiles: written.map(display),
      failedClaimCount: run.failedClaimCount,
      hasErrors: diagnostics.contains { $0.severity == .error && $0.code != .claimFailed })
  }

  /// Computes the document's files in memory and compares them with those on disk.
  public func check(_ path: String) -> DocumentReport {
    let run = runner.run(path)
    let stale = run.files.filter { file in (try? FileSystem.read(file.path)) != file.bytes }.map {
      display($0.path)
    }
    let problems = stale.map { name in
      Diagnostic(
        .staleResult, "'\(name)' is not what the document and its data give now",
        remedy: "meier run \(run.document)")
    }
    return DocumentReport(
      document: run.document, diagnostics: run.diagnostics + problems, changedFiles: stale,
      failedClaimCount: run.failedClaimCount, hasErrors: run.hasErrors)
  }

  private func display(_ path: String) -> String {
    FilePath.isInside(path, runner.workingDirectory)
      ? FilePath.relative(path, to: runner.workingDirectory) : path
  }
}

extension ExitStatus {
  /// The first that holds of 70, 1, 3, 2.
  public static func of(_ reports: [DocumentReport], isCheck: Bool, allowsFailedClaims: Bool) -> ExitStatus {
    if reports.contains(where: { $0.diagnostics.contains { $0.code == .internalFault } }) {
      return .internalFault
    }
    if reports.contains(where: \.hasErrors) { return .documentErrors }
    if !allowsFailedClaims, reports.contains(where: { $0.failedClaimCount > 0 }) { return .claimFailed }
    if isCheck, reports.contains(where: { !$0.changedFiles.isEmpty }) { return .stale }
    return .fine
  }
}
