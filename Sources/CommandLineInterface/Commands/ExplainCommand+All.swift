// `meier explain --all`: the manual as files, its examples run.

import ArgumentParser
import Diagnostics
import Directives
import Runner

extension ExplainCommand {
  /// Writes the manual and reports what is wrong with its examples.
  func writeAll(to folder: String) throws {
    var diagnostics: [Diagnostic]
    do {
      diagnostics = try Self.writeManual(to: folder)
    } catch {
      diagnostics = [Diagnostic(.unreadableFile, "cannot write '\(error.path)': \(error.reason)")]
    }
    let printer = DiagnosticPrinter(usesColor: Reporter.isTerminal(2))
    for diagnostic in diagnostics { Reporter.write(printer.text(diagnostic), to: 2) }
    if diagnostics.containsError { throw ExitCode(ExitStatus.documentErrors.rawValue) }
  }

  /// Writes every page below the folder, and runs the directives' pages in place.
  ///
  /// - Returns: what is wrong with the examples.
  static func writeManual(to folder: String) throws(FileFailure) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var planned: [PlannedFile] = []
    let runner = DocumentRunner(
      options: RunOptions(mode: .inPlace, threads: Processors.available, forces: true))
    for file in Manual.files() + CommandManual.files() {
      let path = FilePath.join(folder, file.path)
      let bytes = Array(file.text.utf8)
      guard file.isDocument else {
        planned.append(PlannedFile(path: path, bytes: bytes))
        continue
      }
      let run = runner.run(path, contents: bytes)
      diagnostics += run.diagnostics
      // A page whose example fails is a page all the same.
      planned += run.files.isEmpty ? [PlannedFile(path: path, bytes: bytes)] : run.files
    }
    _ = try AtomicFileWriter.write(planned)
    return diagnostics
  }
}
