// `meier watch`: runs documents again as they and their data are saved.

import ArgumentParser
import Runner

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Run documents again whenever they or their data are saved.",
    discussion: """
      Without a file, every document below analyses/ is watched. Only what a change affects is computed again. Errors are reported, \
      and the next save is awaited; an interrupt ends the command.

      Exit status: 130 after an interrupt, 0 after a request to terminate, 64 usage.
      """)

  @Argument(help: "Documents to watch.") var files: [String] = []
  @Flag(help: "Write each result into the document, under its directive.") var inPlace = false
  @Option(help: "Write results to this folder instead of output/.") var output: String?
  @Flag(help: "Write the healthy directives although others failed.") var keepGoing = false
  @Flag(help: "Keep the expression of each inline value in a comment.") var annotate = false
  @Flag(help: "Keep no results in .meier/cache, and use none of it.") var noCache = false
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var computation: ComputationOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if inPlace, output != nil { throw ValidationError("--in-place and --output exclude one another") }
  }

  func run() throws {
    Interruption.install(endsOnTermination: true)
    let options = RunOptions(
      mode: inPlace ? .inPlace : .output(directory: output), threads: computation.threads,
      keepsGoing: keepGoing, annotates: annotate, allowedDirectories: computation.allow,
      parameters: try parameters.values(), usesCache: !noCache)
    let reporter = Reporter(options: reporting)
    WatchSession(files, options: options).run { run in
      reporter.report(run.report.diagnostics)
      Reporter.write(Self.line(run) + "\n", to: 1)
    }
  }

  /// `analyses/nelm.md: computed os; wrote output/nelm/os.svg, output/nelm.md; 4.1 ms`
  private static func line(_ run: WatchedRun) -> String {
    var parts: [String] = []
    if run.report.hasErrors { parts.append("has errors") }
    if !run.computed.isEmpty { parts.append("computed " + run.computed.joined(separator: ", ")) }
    if !run.report.changedFiles.isEmpty {
      parts.append("wrote " + run.report.changedFiles.joined(separator: ", "))
    }
    if parts.isEmpty { parts.append("nothing to write") }
    let tenths = Int((run.milliseconds * 10).rounded())
    return "\(run.report.document): \(parts.joined(separator: "; ")); \(tenths / 10).\(tenths % 10) ms"
  }
}
