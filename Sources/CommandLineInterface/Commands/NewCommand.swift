// `meier new`: a document to begin with, and its data.

import ArgumentParser
import Diagnostics
import Runner

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a document, with simulated data that it runs on.",
    discussion: """
      Writes analyses/NAME.md and analyses/data/NAME.csv; nothing that is there is replaced. 'meier run \
      analyses/NAME.md' then writes output/NAME.md. Put your own data in the place of the simulated ones.
      """)

  @Argument(help: "The document's name: letters, digits, '-' and '_'.") var name: String

  func validate() throws {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    if !isPlain || name.isEmpty || name.hasPrefix("-") {
      throw ValidationError("a name is made of letters, digits, '-' and '_'")
    }
  }

  func run() throws {
    let files = [
      ("analyses/\(name).md", StarterProject.document(name: name)),
      ("analyses/data/\(name).csv", StarterProject.data),
    ]
    if let taken = files.first(where: { FileSystem.exists($0.0) }) {
      let problem = Diagnostic(
        .unreadableFile, "'\(taken.0)' is there already", remedy: "choose another name; nothing was written")
      Reporter.write(DiagnosticPrinter(usesColor: Reporter.isTerminal(2)).text(problem), to: 2)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    do {
      _ = try AtomicFileWriter.write(files.map { PlannedFile(path: $0.0, bytes: Array($0.1.utf8)) })
    } catch {
      let problem = Diagnostic(.unreadableFile, "cannot write '\(error.path)': \(error.reason)")
      Reporter.write(DiagnosticPrinter(usesColor: Reporter.isTerminal(2)).text(problem), to: 2)
      throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
    Reporter.write(files.map { "wrote \($0.0)\n" }.joined() + "next: meier run analyses/\(name).md\n", to: 1)
  }
}
