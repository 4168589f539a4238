// Which documents a command finds by itself, and where it looks for their results.

import TestSupport
import Testing

@Suite struct DefaultDocumentsTests {
  private static func document(_ data: String) -> String {
    CommandProject.good.replacing("source: data.csv", with: "source: \(data)")
  }

  private static func project() throws -> TemporaryProject {
    let project = try CommandProject.make([
      "analyses/main.md": document("../data.csv") + "\n```{include}\nsource: parts/methods.md\n```\n",
      "analyses/parts/methods.md": "\n```{kaplan-meier #again}\ndata: d\nformula: os ~ 1\n```\n",
      "analyses/sub/deep/x.md": document("../../../data.csv"),
      "analyses/sub/data/readme.md": "# What the columns mean\n",
      "analyses/.drafts/no.md": CommandProject.broken,
      "analyses/sub/other/meier.yml": "", "analyses/sub/other/no.md": CommandProject.broken,
    ])
    for file in ["good.md", "claim.md", "broken.md"] { try project.remove(file) }
    return project
  }

  @Test func foldersBelowAnalysesAreRunAndChecked() throws {
    let project = try Self.project()
    let run = try Executable.run(["run"], in: project.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(project.exists("output/main.md") && project.exists("output/sub/deep/x.md"))
    #expect(!project.exists("output/parts") && !project.exists("output/sub/data"))
    #expect(try Executable.run(["check"], in: project.path).output == "5 results: 5 fresh\n")

    try project.write("data.csv", text: CommandProject.data.replacing("5,1,a", with: "5,0,a"))
    let check = try Executable.run(["check"], in: project.path)
    #expect(check.status == 2 && check.errors.contains("analyses/sub/deep/x.md:"), "\(check.errors)")
  }

  @Test func aDocumentThatCarriesItsResultsIsCheckedWhereTheyStand() throws {
    let project = try Self.project()
    try project.write("notes/n.md", text: Self.document("../data.csv"))
    try project.write("analyses/own.md", text: Self.document("../data.csv"))
    for file in ["notes/n.md", "analyses/own.md"] {
      #expect(try Executable.run(["run", "--in-place", file], in: project.path).status == 0)
    }
    #expect(try Executable.run(["check", "notes/n.md"], in: project.path).output == "2 results: 2 fresh\n")

    // Nobody named it, so it is run where its results stand, and no copy is made.
    #expect(try Executable.run(["run"], in: project.path).status == 0)
    #expect(!project.exists("output/own.md") && !project.exists("output/notes"))
    #expect(try Executable.run(["check"], in: project.path).output == "9 results: 9 fresh\n")

    try project.write("data.csv", text: CommandProject.data.replacing("5,1,a", with: "5,0,a"))
    let check = try Executable.run(["check"], in: project.path)
    #expect(check.status == 2)
    for file in ["notes/n.md", "analyses/own.md"] {
      #expect(check.errors.contains("= meier run --in-place \(file)"), "\(check.errors)")
    }

    // A copy that was asked for is checked as well.
    #expect(try Executable.run(["run", "notes/n.md"], in: project.path).status == 0)
    let both = try Executable.run(["check", "notes/n.md"], in: project.path)
    #expect(both.output == "4 results: 2 fresh, 2 stale\n", "\(both.output)")
  }
}
