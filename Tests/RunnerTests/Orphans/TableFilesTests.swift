// CSV files of tables: removed when nothing writes them, never when they are somebody else's.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct TableFilesTests {
  private static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n"
  private static let head =
    "```{data #d}\nsource: ../data.csv\noutcomes:\n  os: Surv(months, died == 1)\n```\n"

  private static func curves(_ id: String) -> String {
    "\n```{kaplan-meier #\(id)}\ndata: d\nformula: os ~ grp\n```\n"
  }

  private static func project() throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.write("data.csv", text: data)
    try project.write("analyses/doc.md", text: head + curves("km"))
    return project
  }

  private static func session(_ project: TemporaryProject, inPlace: Bool = false, forces: Bool = false)
    -> RunSession
  {
    RunSession(
      options: RunOptions(mode: inPlace ? .inPlace : .output(directory: nil), forces: forces),
      workingDirectory: project.path)
  }

  @Test func whatNothingWritesGoesWithItsDirective() throws {
    let project = try Self.project()
    _ = Self.session(project).run("analyses/doc.md")
    #expect(project.exists("output/doc/km.csv"))
    try project.write("output/doc/mine.csv", text: "a\n1\n")
    try project.write("analyses/doc.md", text: Self.head + Self.curves("other"))
    _ = Self.session(project).run("analyses/doc.md")
    #expect(!project.exists("output/doc/km.csv") && project.exists("output/doc/other.csv"))
    #expect(project.exists("output/doc/mine.csv"))
  }

  @Test func whatSomebodyChangedStays() throws {
    let project = try Self.project()
    _ = Self.session(project).run("analyses/doc.md")
    try project.write("output/doc/km.csv", text: "changed\n")
    try project.write("analyses/doc.md", text: Self.head + Self.curves("other"))
    _ = Self.session(project).run("analyses/doc.md")
    #expect(try project.text("output/doc/km.csv") == "changed\n")
  }

  @Test func outputsOfADocumentThatIsGoneHoldItsTables() throws {
    let project = try Self.project()
    _ = Self.session(project).run("analyses/doc.md")
    try project.remove("analyses/doc.md")
    #expect(Self.session(project).orphanedOutputs().contains { $0.hasSuffix("output/doc/km.csv") })
  }

  @Test func dataAreNeverReplaced() throws {
    let project = try Self.project()
    try project.write("analyses/doc/km.csv", text: Self.data)
    let document = (Self.head + Self.curves("km")).replacing("../data.csv", with: "doc/km.csv")
    try project.write("analyses/doc.md", text: document)
    let report = Self.session(project, inPlace: true, forces: true).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.code) == [.fileInTheWay])
    #expect(try project.text("analyses/doc/km.csv") == Self.data)
    #expect(try project.text("analyses/doc.md") == document)
  }

  @Test func inPlaceAFileThatNoRunWroteStays() throws {
    let project = try Self.project()
    try project.write("analyses/doc/km.csv", text: "mine\n")
    let report = Self.session(project, inPlace: true).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.code) == [.fileInTheWay])
    #expect(try project.text("analyses/doc/km.csv") == "mine\n")
    #expect(Self.session(project, inPlace: true, forces: true).run("analyses/doc.md").diagnostics.isEmpty)
    #expect(try project.text("analyses/doc/km.csv") != "mine\n")
    #expect(Self.session(project, inPlace: true).run("analyses/doc.md").diagnostics.isEmpty)
  }
}
