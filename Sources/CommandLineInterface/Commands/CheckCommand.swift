// `meier check`: says which results are stale and which claims fail; writes nothing.

import ArgumentParser
import CKernels
import Runner

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say which results are stale and which claims fail; write nothing.",
    discussion: """
      Every result is computed in memory and compared with the files, byte for byte; the record in results.json says \
      which of its inputs changed. `meier explain FILE#id` lists them all.

      Without a file, every document below analyses/ is checked, and every other one of the project that carries its \
      results in it. Such a document is checked where its results stand, without --in-place.

      Exit status: 0 fine, 1 a document has errors, 2 results are stale, 3 a claim failed.
      """)

  @Argument(help: "Documents to check.") var files: [String] = []
  @Flag(help: "Check documents that carry their results in them.") var inPlace = false
  @Option(help: "The folder that holds the results instead of output/.") var output: String?
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var computation: ComputationOptions
  @OptionGroup var reporting: ReportOptions

  func run() async throws {
    memory_keep_freed()
    let session = RunSession(
      options: RunOptions(
        mode: inPlace ? .inPlace : .output(directory: output), threads: computation.threads,
        allowedDirectories: computation.allow, parameters: try parameters.values(),
        availableMemory: computation.memory?.bytes ?? MemorySize.available))
    let reporter = Reporter(options: reporting)
    let documents = files.isEmpty ? session.documentsToCheck() : files
    if files.isEmpty { reporter.report(session.orphanedOutputDiagnostics()) }
    if documents.isEmpty { throw ValidationError("no document is named, and there is no analyses/*.md here") }
    let reports = session.check(documents)
    for report in reports {
      reporter.report(report.diagnostics)
      for result in report.results where result.freshness == .fresh {
        reporter.progress("\(report.document)#\(result.id): fresh")
      }
    }
    reporter.finish()
    let summary = CheckSummary(reports)
    switch reporting.format {
    case .text: Reporter.write(summary.line + "\n", to: 1)
    case .json: Reporter.write(summary.jsonLines, to: 1)
    // Standard output holds the log, which is one document.
    case .sarif: break
    }
    let status = ExitStatus.of(reports, isCheck: true, allowsFailedClaims: false)
    if status != .fine { throw ExitCode(status.rawValue) }
  }
}
