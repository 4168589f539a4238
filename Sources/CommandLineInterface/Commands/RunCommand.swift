// `meier run`: computes documents and writes their results.

import ArgumentParser
import CKernels
import Directives
import Runner

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Compute documents and write their results.",
    discussion: """
      Without a file, every analyses/*.md is run, and in folders below the documents that hold directives; those that \
      carry their results in them are run in place. Results of the others go to output/, which mirrors the folders below \
      analyses/. Nothing is written when a directive fails.

      Exit status: 0 fine, 1 a document has errors, 3 a claim failed, 64 usage, 70 a fault of Meier's own.
      """)

  @Argument(help: "Documents to run.") var files: [String] = []
  @Flag(help: "Write each result into the document, under its directive.") var inPlace = false
  @Option(help: "Write results to this folder instead of output/.") var output: String?
  @Option(
    help: ArgumentHelp(
      "Compute this result and what it rests on; the others stay as the last run left them. Can be repeated.",
      valueName: "id"))
  var only: [String] = []
  @Flag(help: "Write the healthy directives although others failed.") var keepGoing = false
  @Flag(help: "Replace results that were edited by hand.") var force = false
  @Flag(help: "Keep the expression of each inline value in a comment.") var annotate = false
  @Flag(help: "Exit with 0 although a claim failed.") var allowFailedClaims = false
  @Flag(help: "Replace numbers typed by hand by the results they are copies of.") var fix = false
  @Flag(help: "Print where time and memory went.") var profile = false
  @Flag(help: "Compute every result, and keep none in .meier/cache.") var noCache = false
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var computation: ComputationOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if noCache, !only.isEmpty {
      throw ValidationError("--only leaves results as .meier/cache holds them, and --no-cache excludes it")
    }
    if inPlace, output != nil { throw ValidationError("--in-place and --output exclude one another") }
  }

  func run() async throws {
    Interruption.install()
    memory_keep_freed()
    let profile = profile ? RunProfile(threads: computation.threads) : nil
    let progress = Reporter.isTerminal(2) && reporting.format == .text ? ProgressLine() : nil
    progress?.watch()
    let observers: [(any RunObserver)?] = [profile, progress]
    let session = RunSession(
      options: RunOptions(
        mode: inPlace ? .inPlace : .output(directory: output), threads: computation.threads,
        keepsGoing: keepGoing,
        forces: force, annotates: annotate, allowedDirectories: computation.allow,
        parameters: try parameters.values(), fixesTypedNumbers: fix,
        availableMemory: computation.memory?.bytes ?? MemorySize.available,
        observer: SharedObserver(observers: observers.compactMap(\.self)), usesCache: !noCache,
        only: Set(only)))
    let reporter = Reporter(options: reporting)
    let named = files.isEmpty ? session.defaultDocuments() : files
    if files.isEmpty { reporter.report(session.orphanedOutputDiagnostics()) }
    if named.isEmpty { throw ValidationError("no document is named, and there is no analyses/*.md here") }
    let (documents, problems) = session.documentsWithAskedResults(among: named)
    guard problems.isEmpty else {
      reporter.report(problems)
      reporter.finish()
      throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
    // A profile is of one document after the other.
    let reports =
      profile != nil
      ? documents.map { (files.isEmpty ? session.whereResultsStand($0) : session).run($0) }
      : files.isEmpty ? session.runWhereResultsStand(documents) : session.run(documents)
    for report in reports {
      reporter.report(report.diagnostics)
      for file in report.changedFiles { reporter.progress("wrote \(file)") }
    }
    if let profile { Reporter.write(profile.report, to: 2) }
    reporter.finish()
    let status = ExitStatus.of(reports, isCheck: false, allowsFailedClaims: allowFailedClaims)
    if status != .fine { throw ExitCode(status.rawValue) }
  }
}
