// What the commands print and write, through the executable.

import Foundation
import TestSupport
import Testing

@Suite struct CommandTests {
  @Test func aRunThatIsFineIsQuietInAPipe() throws {
    let project = try CommandProject.make()
    let result = try Executable.run(["run", "good.md"], in: project.path)
    #expect(result.output.isEmpty && result.errors.isEmpty)
    #expect(project.exists("output/good.md") && project.exists("output/good/results.json"))
  }

  @Test func withoutAFileEveryAnalysisIsRun() throws {
    let head = CommandProject.head.replacingOccurrences(of: "data.csv", with: "../data.csv")
    let project = try CommandProject.make([
      "analyses/b.md": head, "analyses/a.md": head, "analyses/no.txt": head,
    ])
    let result = try Executable.run(["run"], in: project.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      project.exists("output/a.md") && project.exists("output/b.md") && !project.exists("output/no.txt"))
    #expect(!project.exists("output/good.md"))
  }

  @Test func checkWritesNothing() throws {
    let project = try CommandProject.make()
    let before = try project.files()
    let result = try Executable.run(["check", "good.md"], in: project.path)
    #expect(result.errors.contains("[stale-result]"))
    #expect(result.errors.contains("meier run good.md"))
    #expect(try project.files() == before)
  }

  @Test func anotherFolderTakesTheOutput() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "--output", "build/x", "good.md"], in: project.path).status == 0)
    #expect(project.exists("build/x/good.md") && !project.exists("output"))
    #expect(try Executable.run(["check", "--output", "build/x", "good.md"], in: project.path).status == 0)
  }

  @Test func diagnosticsAsJSONAreOneObjectPerLine() throws {
    let project = try CommandProject.make()
    let result = try Executable.run(["run", "--format", "json", "broken.md", "claim.md"], in: project.path)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 2)
    let objects = try lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(objects.map { $0["code"] as? String } == ["unknown-result", "claim-failed"])
    #expect(objects.first?["file"] as? String == "broken.md")
    #expect(objects.first?["line"] as? Int == 8)
    #expect(objects.first?["column"] as? Int == 7)
  }

  @Test func allDocumentsAreReportedInOneRun() throws {
    let project = try CommandProject.make()
    let result = try Executable.run(["run", "broken.md", "missing.md", "claim.md"], in: project.path)
    #expect(result.errors.contains("broken.md:8:7: error: "))
    #expect(result.errors.contains("meier: error: no file 'missing.md' [missing-file]"))
    #expect(result.errors.contains("claim.md:8:3: error: the claim does not hold [claim-failed]"))
    #expect(!project.exists("output/broken.md") && project.exists("output/claim.md"))
  }

  @Test func keepGoingWritesWhatIsHealthy() throws {
    let project = try CommandProject.make([
      "mixed.md": CommandProject.good + "\n```{cox #c}\ndata: d\nformula: os ~ nothing\n```\n\nStill here.\n"
    ])
    #expect(try Executable.run(["run", "mixed.md"], in: project.path).status == 1)
    #expect(!project.exists("output"))
    #expect(try Executable.run(["run", "--keep-going", "mixed.md"], in: project.path).status == 1)
    let output = try project.text("output/mixed.md")
    #expect(output.contains("8 patients.") && output.contains("<!-- meier:end km -->"))
    #expect(output.contains("**Error.** no column 'nothing' in 'd' \\[unknown-column\\]"), "\(output)")
    #expect(output.hasSuffix("\nStill here.\n"))
  }

  @Test func valuesOfCellsAreShownOnRequestAlone() throws {
    let rows = CommandProject.data + (1...20).map { "\($0),1,a\n" }.joined()
    let project = try CommandProject.make(["data.csv": rows.replacingOccurrences(of: "7.5,1", with: "sev,1")])
    let plain = try Executable.run(["run", "good.md"], in: project.path)
    #expect(plain.status == 1 && plain.errors.contains("data.csv:4:1: error: "))
    #expect(!plain.errors.contains("sev,") && !plain.errors.contains("met:"))
    let shown = try Executable.run(["run", "--show-values", "good.md"], in: project.path)
    #expect(shown.errors.contains("= met: sev"), "\(shown.errors)")
  }

  @Test func dataElsewhereNeedsPermission() throws {
    let elsewhere = try TemporaryProject(["data.csv": Array(CommandProject.data.utf8)])
    let project = try CommandProject.make([
      "far.md": CommandProject.head.replacingOccurrences(of: "data.csv", with: elsewhere.absolute("data.csv"))
    ])
    let refused = try Executable.run(["run", "far.md"], in: project.path)
    #expect(refused.status == 1 && refused.errors.contains("[outside-project]"))
    let allowed = try Executable.run(["run", "--allow", elsewhere.path, "far.md"], in: project.path)
    #expect(allowed.status == 0, "\(allowed.errors)")
    // A link inside the project leads outside all the same.
    try FileManager.default.createSymbolicLink(
      atPath: project.absolute("link.csv"), withDestinationPath: elsewhere.absolute("data.csv"))
    try project.write(
      "link.md", text: CommandProject.head.replacingOccurrences(of: "data.csv", with: "link.csv"))
    #expect(try Executable.run(["run", "link.md"], in: project.path).errors.contains("[outside-project]"))
  }

  @Test func describeGivesABlockThatRuns() throws {
    let project = try CommandProject.make()
    let result = try Executable.run(["describe", "--id", "mine", "data.csv"], in: project.path)
    #expect(result.output.contains("SHA-256 `"))
    let start = try #require(result.output.range(of: "```{data #mine}")).lowerBound
    try project.write("described.md", text: String(result.output[start...]))
    let run = try Executable.run(["run", "described.md"], in: project.path)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// The path is the one that a document of the project would write.
  @Test func describeWritesThePathOfADocument() throws {
    let project = try CommandProject.make()
    try project.write("data/trial.csv", text: CommandProject.data)
    #expect(
      try Executable.run(["describe", "data/trial.csv"], in: project.path).output.contains(
        "source: data/trial.csv"))
    try project.write("analyses/other.md", text: "Text.\n")
    let output = try Executable.run(["describe", "data/trial.csv"], in: project.path).output
    #expect(
      output.contains("For a document in `analyses/`:\n") && output.contains("source: \"../data/trial.csv\""))
    let there = try Executable.run(["describe", "../data/trial.csv"], in: project.path + "/analyses").output
    #expect(!there.contains("For a document") && there.contains("source: \"../data/trial.csv\""))
  }

  @Test func explainHasAPageForAllThatItLists() throws {
    let project = try CommandProject.make()
    let overview = try Executable.run(["explain"], in: project.path).output
    #expect(overview.contains("kaplan-meier"))
    let page = try Executable.run(["explain", "kaplan-meier"], in: project.path).output
    #expect(page.hasPrefix("# kaplan-meier\n") && page.contains("## Results"))
    let near = try Executable.run(["explain", "kaplan-meyer"], in: project.path)
    #expect(near.errors.contains("did you mean 'kaplan-meier'?"))
  }
}
