// `meier describe`: what is in a data file, and a `{data}` block to begin with.

import ArgumentParser
import DataTables
import Diagnostics
import Runner

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describe a data file, and write a {data} block to begin with.",
    discussion: """
      Columns, types, missing values and ranges. Levels are shown for columns of at most 20; no other cell value is \
      printed but the smallest and largest.
      """)

  @Argument(help: "The data file, CSV or TSV, also compressed with gzip.") var file: String
  @Option(help: "The id of the data block.") var id = "data"
  @OptionGroup var computation: ComputationOptions
  @OptionGroup var reporting: ReportOptions

  func run() throws {
    let reporter = Reporter(options: reporting)
    // The description has standard output for itself.
    defer { reporter.finish(to: 2) }
    guard FileSystem.exists(file) else {
      let near = NearMiss.remedy(for: FilePath.name(file), among: FileSystem.list(FilePath.directory(file)))
      reporter.report([Diagnostic(.missingFile, "no file '\(file)'", remedy: near)])
      throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
    do {
      let source = CSVSource(file: file, name: id)
      let reading = try source.read(columns: nil, threads: computation.threads)
      reporter.report(reading.diagnostics)
      let description = DataDescription(reading.table, threads: computation.threads)
      var text = description.markdown
      text += "\nSHA-256 `\(try FileDigest.sha256(file: file))`\n"
      let project = Project(document: "new.md")
      let folder = project.display(project.documentFolder)
      if folder != "." { text += "\nFor a document in `\(folder)/`:\n" }
      text += "\n" + description.dataBlock(id: id, source: project.pathInDocument(file)) + "\n"
      Reporter.write(text, to: 1)
    } catch {
      reporter.report(error.diagnostics)
      throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
  }
}
