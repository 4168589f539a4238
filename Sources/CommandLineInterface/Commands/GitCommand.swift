// `meier git`: lets git compare and merge results with Meier's help.

import ArgumentParser
import Diagnostics
import Runner

struct GitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "Let git compare and merge results with Meier's help.",
    subcommands: [
      GitInstallCommand.self, GitUninstallCommand.self, GitTextConversionCommand.self, GitMergeCommand.self,
    ])

  /// Runs the body and reports what git refuses.
  static func reporting(_ body: () throws(GitFailure) -> Void) throws {
    do {
      try body()
    } catch {
      Reporter.write(DiagnosticPrinter(usesColor: Reporter.isTerminal(2)).text(error.diagnostic), to: 2)
      throw ExitCode(error.isUsage ? ExitStatus.usage.rawValue : ExitStatus.documentErrors.rawValue)
    }
  }
}

extension GitFailure {
  /// Whether the command was given in the wrong place or with a wrong name.
  var isUsage: Bool {
    switch self {
    case .notARepository, .unknownRevision: true
    case .notInstalled, .failed: false
    }
  }
}

struct GitInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Set up this repository so that git compares and merges results with Meier.",
    discussion: """
      Two settings are made in the repository's own configuration, and a few lines are written to .gitattributes, \
      which is yours to commit. After that 'git diff' shows results as one line per quantity, and a merge computes \
      the results of the merged document and data instead of leaving conflicts. Running it again changes nothing.
      """)

  @Option(help: "How git finds Meier: a name on the search path, or a path.") var executable: String?

  func run() throws {
    try GitCommand.reporting { () throws(GitFailure) in
      let integration = try GitIntegration()
      let settings = GitIntegration.settings(executable: executable ?? ExecutablePath.forOthers())
      let lines = try integration.attributes()
      try integration.install(settings)
      var text = settings.map { $0.command + "\n" }.joined()
      do throws(FileFailure) {
        let isNew = try integration.writeAttributes(lines)
        text += "\(GitIntegration.attributesName): \(isNew ? "written" : "as it should be")\n"
        text += lines.map { "  \($0)\n" }.joined()
      } catch {
        throw .failed("cannot write \(GitIntegration.attributesName): \(error.reason)")
      }
      Reporter.write(text, to: 1)
    }
  }
}

struct GitUninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Take back what 'meier git install' set up.")

  func run() throws {
    try GitCommand.reporting { () throws(GitFailure) in
      let integration = try GitIntegration()
      try integration.uninstall()
      do throws(FileFailure) {
        let isChanged = try integration.removeAttributes()
        let words = isChanged ? "Meier's lines taken out" : "holds no line of Meier's"
        Reporter.write("settings removed\n\(GitIntegration.attributesName): \(words)\n", to: 1)
      } catch {
        throw .failed("cannot write \(GitIntegration.attributesName): \(error.reason)")
      }
    }
  }
}

struct GitTextConversionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv", abstract: "Print a results file or a figure as lines that git can compare.")

  @Argument(help: "The file.") var file: String

  func run() throws {
    do {
      let bytes = TextConversion.text(try FileSystem.read(file), path: file)
      Reporter.write(String(decoding: bytes, as: UTF8.self), to: 1)
    } catch {
      let problem = Diagnostic(.unreadableFile, "cannot read '\(file)': \(error.reason)")
      Reporter.write(DiagnosticPrinter().text(problem), to: 2)
      throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
  }
}

struct GitMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge a result by computing it from the merged document and data; git calls this.",
    discussion: """
      Exit status: 0 when the file was computed, 1 when it holds a conflict, for example because the document or its \
      data have one themselves: resolve that, run the document, and add the results.
      """)

  @Argument(help: "The file with the common ancestor's version.") var base: String
  @Argument(help: "The file with our version, which takes the result.") var ours: String
  @Argument(help: "The file with their version.") var theirs: String
  @Argument(help: "The path of the result in the repository.") var path: String

  func run() throws {
    var outcome = MergeDriver.Outcome.regenerated
    try GitCommand.reporting { () throws(GitFailure) in
      outcome = try MergeDriver(threads: Processors.available)
        .merge(base: base, ours: ours, theirs: theirs, path: path)
    }
    guard case .conflict(let reason) = outcome else { return }
    Reporter.write("meier: \(path) is not computed: \(reason); resolve that, then 'meier run' it\n", to: 2)
    throw ExitCode(ExitStatus.documentErrors.rawValue)
  }
}
