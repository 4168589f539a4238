// `meier check` and `meier explain FILE#id`: which results are fresh, and why the others are not.

import Foundation
import TestSupport
import Testing

@Suite struct CheckTests {
  private static func project() throws -> TemporaryProject {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "good.md"], in: project.path).status == 0)
    return project
  }

  private static func edit(_ project: TemporaryProject, _ old: String, _ new: String) throws {
    try project.write("good.md", text: try project.text("good.md").replacingOccurrences(of: old, with: new))
  }

  @Test func everyResultIsCounted() throws {
    let project = try Self.project()
    let fresh = try Executable.run(["check", "good.md"], in: project.path)
    #expect(fresh.status == 0 && fresh.output == "2 results: 2 fresh\n" && fresh.errors.isEmpty)

    try Self.edit(project, "formula: os ~ grp", "formula: os ~ grp\ntimes: [5]")
    let stale = try Executable.run(["check", "good.md"], in: project.path)
    #expect(stale.status == 2 && stale.output == "2 results: 1 fresh, 1 stale\n")
    #expect(stale.errors.contains("good.md:9:4: error: 'km' is stale: option times added [stale-result]"))

    let claim = try Executable.run(["check", "claim.md", "broken.md"], in: project.path)
    #expect(claim.status == 1)
    #expect(claim.output.contains("; 1 claim fails"), "\(claim.output)")
  }

  @Test func wordsAroundTheResultsAreNamedWhereNoResultIsStale() throws {
    let project = try Self.project()
    try Self.edit(project, "patients.", "people.")
    let result = try Executable.run(["check", "good.md"], in: project.path)
    #expect(result.status == 2 && result.output == "2 results: 2 fresh\n")
    #expect(result.errors.contains("'output/good.md' is not what the document and its data give now"))
  }

  @Test func programsGetOneObjectPerResult() throws {
    let project = try Self.project()
    try project.write("data.csv", text: CommandProject.data.replacingOccurrences(of: "5,1,a", with: "5,1,b"))
    let result = try Executable.run(["check", "--format", "json", "good.md"], in: project.path)
    let objects = try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    try #require(objects.count == 3)
    #expect(objects[1]["result"] as? String == "km" && objects[1]["state"] as? String == "stale")
    #expect(objects[1]["reasons"] as? [String] == ["data: column grp"])
    #expect(objects[2]["stale"] as? Int == 2 && objects[2]["fresh"] as? Int == 0)
  }

  @Test func anExplanationListsWhatAResultRestsOn() throws {
    let project = try Self.project()
    try Self.edit(project, "died == 1", "died == 0")
    let result = try Executable.run(["explain", "good.md#km"], in: project.path)
    let lines = result.output.split(separator: "\n")
    #expect(
      lines.first == "km: kaplan-meier, good.md:9, stale: outcome os", "\(result.output)\(result.errors)")
    #expect(lines.dropFirst().first == "  changed  outcome os")
    #expect(lines.contains("  same     data: column months") && lines.contains("  same     option formula"))
    let wrong = try Executable.run(["explain", "good.md#kn"], in: project.path)
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'km'?"))
  }

  @Test func anExplanationFindsResultsInTheDocument() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "--in-place", "good.md"], in: project.path).status == 0)
    let result = try Executable.run(["explain", "good.md#km"], in: project.path)
    #expect(result.output.hasPrefix("km: kaplan-meier, good.md:"), "\(result.errors)")
    #expect(result.output.contains(", fresh\n"))
  }

  /// Deleting the cache, or doing without, changes no byte.
  @Test func theCacheShowsInNothing() throws {
    let project = try Self.project()
    #expect(project.exists(".meier/cache"))
    let files = try project.files()
    let bare = try CommandProject.make()
    #expect(try Executable.run(["run", "--no-cache", "good.md"], in: bare.path).status == 0)
    #expect(!bare.exists(".meier"))
    #expect(try bare.files() == files)
    try FileManager.default.removeItem(atPath: project.absolute(".meier"))
    #expect(try Executable.run(["run", "good.md"], in: project.path).status == 0)
    #expect(try project.files() == files)
  }
}
