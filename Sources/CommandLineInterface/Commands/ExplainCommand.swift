// `meier explain`: the manual, page by page.

import ArgumentParser
import Diagnostics
import Directives
import Runner

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Print the manual page of a directive, an option, a function, a result name or a diagnostic code.",
    discussion: """
      With FILE#id, list what that result of a document rests on, and what of it changed since the last run.
      """)

  @Argument(help: "What to explain; without it, what there is to explain.") var name: String?
  @Option(help: "The folder that holds the results of FILE#id instead of output/.") var output: String?

  @Option(help: "Write the whole manual as files to this folder, with the examples' results.") var all:
    String?

  func run() throws {
    if let all { return try writeAll(to: all) }
    guard let name else {
      Reporter.write(ManualPage.overview(), to: 1)
      return
    }
    if let hash = name.lastIndex(of: "#") {
      return try explainResult(String(name[name.index(after: hash)...]), of: String(name[..<hash]))
    }
    guard let page = ManualPage.page(for: name) else {
      let near = NearMiss.remedy(for: name, among: ManualPage.names)
      let remedy = near ?? "see 'meier explain' for what there is"
      throw ValidationError("there is no page '\(name)': \(remedy)")
    }
    Reporter.write(page, to: 1)
  }
}
