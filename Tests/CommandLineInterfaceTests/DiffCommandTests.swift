// `meier diff` through the executable.

import Foundation
import TestSupport
import Testing

@Suite struct DiffCommandTests {
  private static func project() throws -> TemporaryProject {
    let project = try CommandProject.make()
    try project.beginRepository()
    #expect(try Executable.run(["run", "good.md"], in: project.path).status == 0)
    try project.commit("first")
    return project
  }

  @Test func aChangeOfDataIsToldBeforeItIsRun() throws {
    let project = try Self.project()
    let same = try Executable.run(["diff"], in: project.path)
    #expect(same.status == 0)
    #expect(same.output == "1 document without a change of results between HEAD and working tree\n")
    try project.write("data.csv", text: CommandProject.data + "9,1,a\n")
    let text = try Executable.run(["diff"], in: project.path)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(
      text.output.hasPrefix("good.md  HEAD → working tree\n  because of data: data.csv\n"), "\(text.output)")
    let markdown = try Executable.run(
      ["diff", "--format", "markdown", "HEAD", "--", "good.md"], in: project.path)
    #expect(markdown.output.hasPrefix("### Results: HEAD → working tree\n"))
    let json = try Executable.run(["diff", "--format", "json"], in: project.path)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let documents = try #require(root["documents"] as? [[String: Any]])
    let changes = try #require(documents.first?["changes"] as? [[String: Any]])
    let count = try #require(changes.first { $0["quantity"] as? String == "d.n" })
    #expect(count["old"] as? Int == 8 && count["new"] as? Int == 9 && count["difference"] as? Int == 1)
    #expect(count["causes"] as? [String] == ["data"])
  }

  @Test func faultsSayWhatToDo() throws {
    let project = try Self.project()
    let revision = try Executable.run(["diff", "mian"], in: project.path)
    #expect(revision.status == 64)
    #expect(
      revision.errors == "meier: error: no revision 'mian' [unknown-revision]\n   = did you mean 'main'?\n",
      "\(revision.errors)")
    #expect(try Executable.run(["diff", "a", "b", "c"], in: project.path).status == 64)
    let option = try Executable.run(["diff", "--output=x"], in: project.path)
    #expect(option.status == 64 && !project.exists("x"))
    let other = try TemporaryProject()
    let elsewhere = try Executable.run(["diff"], in: other.path)
    #expect(elsewhere.status == 64 && elsewhere.errors.contains("[not-a-repository]"))
  }
}
