// `meier explain`: the manual, page by page.

import ArgumentParser
import Diagnostics
import Directives

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print the manual page of a directive, an option, a function or a diagnostic code.")

  @Argument(help: "What to explain; without it, what there is to explain.") var name: String?

  func run() throws {
    guard let name else {
      Reporter.write(ManualPage.overview(), to: 1)
      return
    }
    guard let page = ManualPage.page(for: name) else {
      let near = NearMiss.remedy(for: name, among: ManualPage.names)
      let remedy = near ?? "see 'meier explain' for what there is"
      throw ValidationError("there is no page '\(name)': \(remedy)")
    }
    Reporter.write(page, to: 1)
  }
}
