// Several documents, run or checked, and the exit status they come to.

import Diagnostics
import Directives

/// What a command came to.
public enum ExitStatus: Int32, Sendable {
  /// Everything is as it should be.
  case fine = 0
  /// A document has errors.
  case documentErrors = 1
  /// A check found results that a run would write otherwise.
  case stale = 2
  /// A claim does not hold.
  case claimFailed = 3
  /// The command was not given as it must be.
  case usage = 64
  /// A fault of Meier's own.
  case internalFault = 70
  /// Somebody interrupted the run.
  case interrupted = 130
}

/// What is known about one document after a run or a check.
public struct DocumentReport: Sendable {
  /// The document, as messages print it.
  public let document: String
  /// In document order.
  public internal(set) var diagnostics: [Diagnostic]
  /// Files written, or by a check the files that differ, as messages print them.
  public let changedFiles: [String]
  let failedClaimCount: Int
  /// Whether something besides a claim is wrong.
  public let hasErrors: Bool
  /// After a check, the freshness of each result, in document order.
  public var results: [ResultState] = []
}

/// Runs documents and writes their files, or checks them and writes nothing.
public struct RunSession: Sendable {
  let runner: DocumentRunner

  /// - Parameters:
  ///   - options: how documents are run; `forces` and `keepsGoing` decide what is written when something is
  ///     wrong.
  ///   - workingDirectory: absolute; what paths of documents and in messages are relative to.
  public init(options: RunOptions, workingDirectory: String = FileSystem.currentDirectory()) {
    self.init(options: options, workingDirectory: workingDirectory, memory: nil)
  }

  init(options: RunOptions, workingDirectory: String, memory: ResultMemory?) {
    runner = DocumentRunner(options: options, workingDirectory: workingDirectory, memory: memory)
  }

  /// Runs a document and writes its files. One that is saved meanwhile is computed anew, up to three times.
  ///
  /// - Parameter path: as the user wrote it.
  public func run(_ path: String) -> DocumentReport { runAndWrite(path).report }

  /// Rounds after which a document that is changed again and again is given up.
  private static let patience = 3

  func runAndWrite(_ path: String) -> (run: DocumentRun, report: DocumentReport) {
    finish(path, runner.run(path))
  }

  /// Writes what a run of the document came to.
  func finish(_ path: String, _ first: DocumentRun) -> (run: DocumentRun, report: DocumentReport) {
    var run = first
    var written: [String] = []
    var round = 1
    while true {
      do throws(FileFailure) {
        if runner.options.fixesTypedNumbers, !run.corrections.isEmpty, written.isEmpty {
          written = try AtomicFileWriter.write(run.corrections)
          run = runner.run(path)
        }
        return (run, report(run, run.diagnostics, written: written + (try write(run))))
      } catch {
        // Somebody who saved the document while it was computed must not lose a word: it is computed anew.
        if error.code == FileFailure.changedMeanwhile, round < Self.patience {
          round += 1
          run = runner.run(path)
          continue
        }
        let failure = Diagnostic(.unreadableFile, "cannot write '\(display(error.path))': \(error.reason)")
        return (run, report(run, run.diagnostics + [failure], written: written))
      }
    }
  }

  private func write(_ run: DocumentRun) throws(FileFailure) -> [String] {
    guard !run.files.isEmpty else { return [] }
    return try runner.options.observer.during(RunStage("write")) { () throws(FileFailure) in
      let written = try AtomicFileWriter.write(run.files, ownDirectory: run.figureDirectory)
      for path in run.outdatedTables { try FileSystem.remove(path) }
      return written
    }
  }

  private func report(_ run: DocumentRun, _ diagnostics: [Diagnostic], written: [String]) -> DocumentReport {
    DocumentReport(
      document: run.document, diagnostics: diagnostics, changedFiles: written.map(display),
      failedClaimCount: run.failedClaimCount,
      hasErrors: diagnostics.contains { $0.severity == .error && $0.code != .claimFailed })
  }

  /// Compares the files that a run in memory came to with those on disk.
  func checked(_ run: DocumentRun, _ mode: RunOptions.Mode) -> DocumentReport {
    let check = DocumentCheck(run, display: display)
    // A document with errors is not fresh, whatever its results are.
    let staleFiles = run.hasErrors ? [] : check.staleFiles
    var problems = run.hasErrors ? [] : check.states.compactMap(\.diagnostic)
    if problems.isEmpty, !staleFiles.isEmpty {
      // No result is, so it is what stands around them.
      let names = staleFiles.map { "'\(display($0))'" }.joined(separator: ", ")
      let isOne = staleFiles.count == 1
      problems.append(
        Diagnostic(
          .staleResult, "\(names) \(isOne ? "is" : "are") not what the document and its data give now"))
    }
    let command = mode == .inPlace ? "meier run --in-place" : "meier run"
    let report = (run.diagnostics + problems.map { $0.remedied("\(command) \(run.document)") })
    return DocumentReport(
      document: run.document, diagnostics: report.inDocumentOrder(),
      changedFiles: staleFiles.map(display), failedClaimCount: run.failedClaimCount,
      hasErrors: run.hasErrors, results: check.states)
  }

  /// A runner that uses nothing of earlier runs again: a check computes.
  func checkingRunner(keepsGoing: Bool) -> DocumentRunner {
    var options = runner.options
    options.usesCache = false
    options.keepsGoing = keepsGoing
    return DocumentRunner(options: options, workingDirectory: runner.workingDirectory)
  }

  func display(_ path: String) -> String {
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

extension Diagnostic {
  fileprivate func remedied(_ remedy: String) -> Diagnostic {
    Diagnostic(severity, code, message, at: location, remedy: remedy, notes: notes, values: values)
  }
}
