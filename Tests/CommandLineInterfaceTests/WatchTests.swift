// `meier watch`: what is saved is run, however it is saved.

import Foundation
import TestSupport
import Testing

@Suite struct WatchTests {
  private static func isFresh(_ project: TemporaryProject, _ arguments: [String]) throws -> Bool {
    try Executable.run(["check"] + arguments, in: project.path).status == 0
  }

  @Test func savedDocumentsAndDataAreRun() throws {
    let project = try CommandProject.make()
    let command = try RunningCommand(["watch", "good.md"], in: project.path)
    #expect(command.waits { command.output.contains("computed km; wrote ") })

    // The document's prose: nothing is computed.
    try project.write("good.md", text: CommandProject.good + "\nNew words.\n")
    #expect(command.waits { try project.text("output/good.md").contains("New words.") })
    #expect(command.waits { command.output.contains("good.md: wrote output/good.md; ") })

    // The data, replaced as editors do it.
    try project.write("data.csv.new", text: CommandProject.data + "10,1,a\n")
    #expect(rename(project.absolute("data.csv.new"), project.absolute("data.csv")) == 0)
    #expect(command.waits { try project.text("output/good.md").contains("9 patients.") })

    // The data, gone and back.
    try FileManager.default.removeItem(atPath: project.absolute("data.csv"))
    #expect(command.waits { command.errors.contains("[missing-file]") })
    #expect(try project.text("output/good.md").contains("9 patients."))
    try project.write("data.csv", text: CommandProject.data)
    #expect(command.waits { try project.text("output/good.md").contains("8 patients.") })

    // The document, half saved and then whole.
    try project.write("good.md", text: CommandProject.head + "```{kaplan-meier #km}\ndata: d\n")
    #expect(command.waits { command.errors.contains("[unclosed-directive]") })
    try project.write("good.md", text: CommandProject.good.replacingOccurrences(of: "~ grp", with: "~ 1"))
    #expect(command.waits { try Self.isFresh(project, ["good.md"]) })
    #expect(command.end(by: SIGINT) == 130)
    #expect(try Self.isFresh(project, ["good.md"]))
  }

  @Test func resultsInTheDocumentFollowToo() throws {
    let project = try CommandProject.make()
    let command = try RunningCommand(["watch", "--in-place", "good.md"], in: project.path)
    #expect(command.waits { try project.text("good.md").contains("<!-- meier:end km -->") })
    #expect(command.waits { try Self.isFresh(project, ["--in-place", "good.md"]) })
    try project.write("data.csv", text: CommandProject.data + "10,1,a\n")
    #expect(command.waits { try project.text("good.md").contains("9<!--= d.n → 9 --> patients") })
    let text = try project.text("good.md")
    try project.write(
      "good.md", text: text.replacingOccurrences(of: " patients.", with: " patients, all of them."))
    #expect(command.waits { try Self.isFresh(project, ["--in-place", "good.md"]) })
    #expect(try project.text("good.md").contains("9<!--= d.n → 9 --> patients, all of them."))
    #expect(command.end(by: SIGTERM) == 0)
  }

  /// Without a file, analyses that come later are watched as well.
  @Test func newAnalysesAreFound() throws {
    let project = try CommandProject.make()
    let text = CommandProject.good.replacingOccurrences(of: "data.csv", with: "../data.csv")
    try project.write("analyses/one.md", text: text)
    let command = try RunningCommand(["watch"], in: project.path)
    #expect(command.waits { project.exists("output/one.md") })
    try project.write("analyses/two.md", text: text)
    #expect(command.waits { project.exists("output/two.md") })
    #expect(command.end(by: SIGINT) == 130)
  }
}
