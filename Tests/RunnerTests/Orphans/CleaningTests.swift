// What is left of directives and documents that are gone, and what `clean` takes away of it.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct CleaningTests {
  private static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n"
  private static let head = "```{data #d}\nsource: data.csv\noutcomes:\n  os: Surv(months, died == 1)\n```\n"
  private static let curves = "\n```{kaplan-meier #km}\ndata: d\nformula: os ~ grp\n```\n"
  private static let foreign = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"

  private static func project(_ document: String) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.write("analyses/data.csv", text: data)
    try project.write("analyses/doc.md", text: document)
    return project
  }

  private static func session(_ project: TemporaryProject, inPlace: Bool = false) -> RunSession {
    RunSession(
      options: RunOptions(mode: inPlace ? .inPlace : .output(directory: nil)), workingDirectory: project.path)
  }

  @Test func figuresOfDirectivesThatAreGone() throws {
    let project = try Self.project(Self.head + Self.curves)
    #expect(Self.session(project).run("analyses/doc.md").diagnostics.isEmpty)
    try project.write("output/doc/logo.svg", text: Self.foreign)
    try project.write("output/doc/gone.svg", text: Self.foreign)
    try project.write("analyses/doc.md", text: Self.head + Self.curves.replacing("#km", with: "#other"))
    let run = Self.session(project).run("analyses/doc.md")
    #expect(run.diagnostics.map(\.code) == [.orphanedFile])
    #expect(run.diagnostics.first?.message.contains("output/doc/km.svg") == true)
    #expect(Self.session(project).check("analyses/doc.md").diagnostics.map(\.code) == [.orphanedFile])
    let listed = Self.session(project).clean("analyses/doc.md", removes: false)
    #expect(listed.changedFiles == ["output/doc/km.svg"] && project.exists("output/doc/km.svg"))
    #expect(Self.session(project).clean("analyses/doc.md", removes: true).changedFiles == listed.changedFiles)
    #expect(!project.exists("output/doc/km.svg"))
    #expect(project.exists("output/doc/logo.svg") && project.exists("output/doc/gone.svg"))
    #expect(project.exists("output/doc/other.svg"))
    #expect(Self.session(project).run("analyses/doc.md").diagnostics.isEmpty)
  }

  @Test func outputsOfDocumentsThatAreGone() throws {
    let project = try Self.project(Self.head + Self.curves)
    try project.write("analyses/kept.md", text: Self.head)
    for document in ["analyses/doc.md", "analyses/kept.md"] { _ = Self.session(project).run(document) }
    try project.write("output/notes.md", text: "The author's.\n")
    try project.write("output/notes/results.json", text: "{}\n")
    #expect(Self.session(project).orphanedOutputs().isEmpty)
    try project.remove("analyses/doc.md")
    let session = Self.session(project)
    let warnings = session.orphanedOutputDiagnostics()
    #expect(warnings.map(\.code) == [.orphanedFile])
    let files = ["output/doc.md", "output/doc/km.csv", "output/doc/km.svg", "output/doc/results.json"]
    #expect(warnings.first?.message.hasPrefix("4 files ") == true)
    #expect(files.allSatisfy { warnings.first?.message.contains("'\($0)'") == true })
    let done = session.cleanOrphanedOutputs(removes: true)
    #expect(done.changedFiles == files)
    #expect(project.exists("output/kept.md") && project.exists("output/notes/results.json"))
    #expect(project.exists("output/notes.md") && !project.exists("output/doc.md"))
  }

  @Test func resultsWithoutTheirDirective() throws {
    let project = try Self.project("Above.\n\n" + Self.head + Self.curves + "\nBelow.\n")
    #expect(Self.session(project, inPlace: true).run("analyses/doc.md").diagnostics.isEmpty)
    let text = try project.text("analyses/doc.md")
    #expect(text.contains("<!-- meier:begin km -->"))
    try project.write("analyses/doc.md", text: text.replacing(Self.curves.dropFirst(), with: ""))
    #expect(
      Self.session(project, inPlace: true).run("analyses/doc.md").diagnostics.map(\.code).contains(
        .orphanedResult))
    let done = Self.session(project, inPlace: true).clean("analyses/doc.md", removes: true)
    #expect(done.changedFiles == ["analyses/doc.md", "analyses/doc/km.svg"])
    let cleaned = try project.text("analyses/doc.md")
    #expect(!cleaned.contains("meier:begin km") && cleaned.hasSuffix("\n\nBelow.\n"))
    #expect(Self.session(project, inPlace: true).run("analyses/doc.md").diagnostics.isEmpty)
  }

  @Test func aDocumentWithErrorsLosesNothing() throws {
    let project = try Self.project(Self.head + Self.curves)
    _ = Self.session(project).run("analyses/doc.md")
    try project.write("analyses/doc.md", text: Self.head + Self.curves.replacing("grp", with: "group"))
    let done = Self.session(project).clean("analyses/doc.md", removes: true)
    #expect(done.hasErrors && done.changedFiles.isEmpty && project.exists("output/doc/km.svg"))
  }
}
