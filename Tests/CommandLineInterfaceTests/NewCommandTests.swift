// A document to begin with.

import TestSupport
import Testing

@Suite struct NewCommandTests {
  @Test func aNewDocumentRunsAtOnce() throws {
    let project = try TemporaryProject()
    let new = try Executable.run(["new", "trial-1"], in: project.path)
    #expect(new.status == 0, "\(new.errors)")
    #expect(new.output.hasSuffix("next: meier run analyses/trial-1.md\n"))
    let run = try Executable.run(["run"], in: project.path)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let output = try project.text("output/trial-1.md")
    #expect(output.contains("Of 160 patients, ") && !output.contains("{="))
    #expect(try Executable.run(["check"], in: project.path).status == 0)
  }

  @Test func nothingIsReplaced() throws {
    let project = try TemporaryProject()
    try project.write("analyses/data/a.csv", text: "mine")
    let taken = try Executable.run(["new", "a"], in: project.path)
    #expect(taken.status == 64 && taken.errors.contains("'analyses/data/a.csv' is there already"))
    #expect(try project.files() == ["analyses/data/a.csv": Array("mine".utf8)])
    for name in ["../a", "a/b", "", "a b", "-a", "ä"] {
      #expect(try Executable.run(["new", "--", name], in: project.path).status == 64, "\(name)")
    }
  }
}
