// Profiles and progress: what they say, and that nothing of it reaches a result.

import Directives
import TestSupport
import Testing

@testable import CommandLineInterface

@Suite struct ObservingTests {
  @Test func aProfileNamesEveryStageAndChangesNoByte() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "good.md"], in: project.path).errors.isEmpty)
    let plain = try project.files()
    let arguments = ["run", "--no-cache", "--profile", "--jobs", "2", "good.md"]
    let result = try Executable.run(arguments, in: project.path)
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(try project.files() == plain)
    let lines = result.errors.split(separator: "\n").map(String.init)
    let stages = lines.map { line in
      line.split(separator: " ").prefix { Double($0) == nil }.joined(separator: " ")
    }
    #expect(
      stages == [
        "stage wall s cpu s memory MB peak MB", "parse good.md", "data d", "read data.csv", "fingerprint",
        "kaplan-meier km", "render", "write", "all,",
      ])
    #expect(Set(lines.map(\.count)).count == 1, "columns stand under one another")
  }

  /// Each process orders its sets in its own way: no key of a result may show that.
  @Test func everyProcessFindsTheResultsOfTheFirst() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "good.md"], in: project.path).errors.isEmpty)
    for _ in 0..<6 {
      let result = try Executable.run(["run", "--profile", "good.md"], in: project.path)
      #expect(!result.errors.contains("kaplan-meier"), "\(result.errors)")
    }
  }

  @Test func progressSaysWhatHowFarAndHowLongStill() {
    func line(_ stages: [RunStage], share: Double = 0, after elapsed: Double) -> String {
      ProgressLine.line("a.md", stages, share, elapsed)
    }
    let cox = RunStage("cox", of: "prognosis", position: 4, count: 9)
    #expect(line([cox], after: 3.2) == "a.md · 4 of 9 · cox prognosis · 3 s, about 7 s left")
    let data = RunStage("data", of: "registry", position: 1, count: 4)
    let read = RunStage("read", of: "r.csv", depth: 1)
    #expect(
      line([data, read], share: 0.5, after: 2)
        == "a.md · 1 of 4 · data registry (read) 50 % · 2 s, about 14 s left")
    #expect(line([data], after: 2) == "a.md · 1 of 4 · data registry · 2 s")
    #expect(line([RunStage("render")], after: 2) == "a.md · render · 2 s")
    #expect(line([], after: 2) == "a.md · 2 s")
  }
}
