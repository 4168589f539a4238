// `meier diff`: compares results between revisions.

import ArgumentParser
import Runner

enum DiffFormat: String, ExpressibleByArgument, CaseIterable { case text, markdown, json }

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare results between git revisions.",
    discussion: """
      Without a revision, HEAD is compared with the working tree; with one, that revision; with two, both with one \
      another. 'a..b' and 'a...b' are understood as git does.

      Results are read from results.json, and computed where a revision has none. The working tree's documents are \
      always computed, so that a change shows before it is run. What matters comes first: claims that fail now, P \
      values that cross 0.05, intervals that start or stop covering no effect, estimates that are not reached or not \
      estimable. Each change says whether the data, the specification or Meier itself moved it.

      Exit status: 0 whatever differs, 64 when there is no repository or no such revision.
      """)

  @Argument(help: "The earlier revision; HEAD unless given.") var old: String?
  @Argument(help: "The later revision; the working tree unless given.") var new: String?
  @Argument(
    parsing: .postTerminator, help: "After '--': documents, results or folders to keep to.")
  var files: [String] = []
  @Option(help: "The form: text, markdown (for a pull request) or json.") var format: DiffFormat = .text
  @Flag(help: "Show every change of digits, too.") var all = false
  @Flag(help: "Compute the revisions' results anew, with this Meier, although they are recorded.")
  var recompute = false
  @OptionGroup var computation: ComputationOptions

  func run() throws {
    let session = DiffSession(
      threads: computation.threads, allowedDirectories: computation.allow, recomputes: recompute)
    try GitCommand.reporting { () throws(GitFailure) in
      let diff = try session.compare([old, new].compactMap(\.self), files: files)
      switch format {
      case .text:
        let printer = ResultDiffPrinter(usesColor: Reporter.isTerminal(1), showsAll: all)
        Reporter.write(printer.text(diff), to: 1)
      case .markdown: Reporter.write(diff.markdown, to: 1)
      case .json: Reporter.write(diff.json, to: 1)
      }
    }
  }
}
