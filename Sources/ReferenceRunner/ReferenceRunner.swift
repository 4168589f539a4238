// Holds the engine against reference values: every case becomes a document and is run as a user would run it.

import ArgumentParser
import Foundation

@main
struct ReferenceRunner: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ReferenceRunner",
    abstract: "Run reference cases through the meier executable and compare the results.",
    discussion: """
      DIRECTORY holds cases/*.json and data/*.csv in the format that Tests/Reference/README.md describes. The last line \
      counts pass, partial (nothing wrong, some values not supplied), fail and absent (no such analysis). Exits with 1 \
      if a case fails.
      """)

  @Argument(help: "The folder with cases/ and data/.")
  var directory = "Tests/Reference"

  @Option(help: "Write the results as JSON, as check.py reads them.")
  var output: String?

  @Option(help: "The executable; by default the meier beside this one.")
  var meier: String?

  @Option(help: "Run only the cases whose id begins so.")
  var only: String?

  @Option(help: "Keep the documents and what was written in this folder.")
  var keep: String?

  @Option(help: "Seconds after which a case is stopped.")
  var timeLimit = 120.0

  @Flag(help: "Print also what is missing and what a person should look at.")
  var verbose = false

  func run() throws {
    let folder = URL(filePath: directory, directoryHint: .isDirectory)
    let cases = try ReferenceCase.load(from: folder).filter { only == nil || $0.id.hasPrefix(only ?? "") }
    let workspace = keep.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? temporaryFolder()
    defer { if keep == nil { try? FileManager.default.removeItem(at: workspace) } }
    let session = ReferenceSession(
      engine: Engine(executable: try executable(), timeLimit: timeLimit),
      data: folder.appending(path: "data"),
      workspace: workspace)
    let runs = session.run(cases)
    let report = Report(cases: cases, runs: runs)
    print(report.text(verbose: verbose), terminator: "")
    if let output { try Data(report.resultsText.utf8).write(to: URL(filePath: output)) }
    if report.count(.fail) > 0 { throw ExitCode(1) }
  }

  private func executable() throws -> URL {
    let beside = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "meier")
    let file = meier.map { URL(filePath: $0) } ?? beside
    guard FileManager.default.isExecutableFile(atPath: file.path) else {
      throw ValidationError("no executable \(file.path): build it first, or name it by --meier")
    }
    return file.absoluteURL
  }

  private func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "meier-reference-\(UUID().uuidString)")
  }
}
