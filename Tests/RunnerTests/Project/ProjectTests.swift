// Where a project's root is, and where outputs go.

import Foundation
import Runner
import TestSupport
import Testing

@Suite struct ProjectTests {
  /// A folder whose root is not marked by a `meier.yml`.
  private static func unmarked(_ files: [String]) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try FileManager.default.removeItem(atPath: project.absolute("meier.yml"))
    for file in files { try project.write(file, []) }
    return project
  }

  private static func root(_ project: TemporaryProject, _ document: String, from folder: String = "")
    -> String
  {
    let here = folder.isEmpty ? project.path : project.absolute(folder)
    return FilePath.relative(
      Project(document: project.absolute(document), workingDirectory: here).root, to: project.path)
  }

  @Test func theNearestConfigurationIsTheRoot() throws {
    let project = try Self.unmarked(["meier.yml", "x/meier.yml", "x/y/doc.md", "x/.git/HEAD"])
    #expect(Self.root(project, "x/y/doc.md") == "x")
    #expect(Self.root(project, "doc.md") == ".")
  }

  @Test func aConfigurationFurtherUpBeatsARepository() throws {
    let project = try Self.unmarked(["meier.yml", "x/.git/HEAD", "x/y/doc.md"])
    #expect(Self.root(project, "x/y/doc.md") == ".")
  }

  @Test func withoutAConfigurationItIsTheRepository() throws {
    let project = try Self.unmarked([".git/HEAD", "x/y/doc.md", "x/.git", "x/z/doc.md"])
    // A file `.git` marks a linked work tree.
    #expect(Self.root(project, "x/z/doc.md") == "x")
    #expect(Self.root(project, "y/doc.md") == ".")
  }

  @Test func elseItIsTheWorkingDirectory() throws {
    let project = try Self.unmarked(["x/y/doc.md"])
    #expect(Self.root(project, "x/y/doc.md", from: "x") == "x")
    // A document elsewhere brings its own folder: nothing beside it is opened by accident.
    let other = try Self.unmarked(["z/doc.md"])
    let root = Project(document: other.absolute("z/doc.md"), workingDirectory: project.path).root
    #expect(root == other.absolute("z"))
  }

  @Test func outputsMirrorTheFoldersBelowAnalyses() throws {
    let project = try TemporaryProject(["analyses/sub/x.md": [], "notes/y.md": [], "z.md": []])
    let rules = Project(document: project.absolute("z.md"), workingDirectory: project.path)
    func output(_ document: String, _ directory: String? = nil) -> String {
      FilePath.relative(
        rules.outputPath(document: project.absolute(document), directory: directory), to: project.path)
    }
    #expect(output("analyses/x.md") == "output/x.md")
    #expect(output("analyses/sub/x.md") == "output/sub/x.md")
    #expect(output("notes/y.md") == "output/notes/y.md")
    #expect(output("z.md") == "output/z.md")
    #expect(output("analyses/sub/x.md", "build/here") == "build/here/sub/x.md")
  }

  @Test func messagesNameFilesFromTheWorkingDirectory() throws {
    let project = try TemporaryProject(["analyses/x.md": []])
    let rules = Project(document: "x.md", workingDirectory: project.absolute("analyses"))
    #expect(rules.display(project.absolute("analyses/x.md")) == "x.md")
    #expect(rules.display(project.absolute("data.csv")) == project.absolute("data.csv"))
    #expect(rules.recorded(project.absolute("analyses/x.md")) == "analyses/x.md")
  }
}
