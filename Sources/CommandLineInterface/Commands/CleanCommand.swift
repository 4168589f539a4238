// `meier clean`: removes results that nothing writes any more.

import ArgumentParser
import Runner

struct CleanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Remove results that no document writes any more.",
    discussion: """
      Figures whose directive is gone, outputs whose document is gone, and with --in-place results in a document whose \
      directive is gone. Only files that Meier itself wrote are removed, and each is named.
      """)

  @Argument(help: "Documents to clean up after; without one, every document and all outputs.")
  var files: [String] = []
  @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false
  @Flag(help: "Clean documents that carry their results in them.") var inPlace = false
  @Option(help: "The folder that holds the results instead of output/.") var output: String?
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var computation: ComputationOptions
  @OptionGroup var reporting: ReportOptions

  func run() async throws {
    Interruption.install()
    let session = RunSession(
      options: RunOptions(
        mode: inPlace ? .inPlace : .output(directory: output), threads: computation.threads,
        allowedDirectories: computation.allow, parameters: try parameters.values()))
    let reporter = Reporter(options: reporting)
    let documents = files.isEmpty ? session.defaultDocuments() : files
    var reports = documents.map { document in
      (files.isEmpty ? session.whereResultsStand(document) : session).clean(document, removes: !dryRun)
    }
    if files.isEmpty { reports.append(session.cleanOrphanedOutputs(removes: !dryRun)) }
    for report in reports {
      reporter.report(report.diagnostics)
      for file in report.changedFiles {
        let isDocument = documents.contains(file)
        let done = isDocument ? "cleaned" : "removed"
        let planned = isDocument ? "would clean" : "would remove"
        Reporter.write("\(dryRun ? planned : done) \(file)\n", to: 1)
      }
    }
    let status = ExitStatus.of(reports, isCheck: false, allowsFailedClaims: true)
    if status != .fine { throw ExitCode(status.rawValue) }
  }
}
