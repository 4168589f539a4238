// The exit status of commands, through the executable.

import Foundation
import TestSupport
import Testing

@Suite struct ExitStatusTests {
  /// Arguments and the status they come to, in a fresh project.
  @Test(
    arguments: [
      (["run", "good.md"], 0),
      (["run", "claim.md"], 3),
      (["run", "--allow-failed-claims", "claim.md"], 0),
      (["run", "broken.md"], 1),
      (["run", "missing.md"], 1),
      (["run", "claim.md", "broken.md", "good.md"], 1),
      (["run", "--allow-failed-claims", "claim.md", "broken.md"], 1),
      (["run", "good.md", "claim.md"], 3),
      (["run", "."], 1),
      (["check", "good.md"], 2),
      (["check", "claim.md"], 3),
      (["check", "broken.md"], 1),
      (["check", "good.md", "claim.md"], 3),
      (["check", "good.md", "broken.md"], 1),
      (["describe", "data.csv"], 0),
      (["describe", "nothing.csv"], 1),
      (["describe", "."], 1),
      (["explain"], 0),
      (["explain", "cox"], 0),
      (["explain", "no-events"], 0),
      (["--version"], 0),
      (["--help"], 0),
      (["run", "--help"], 0),
      (["run"], 64),
      (["check"], 64),
      (["frobnicate"], 64),
      (["run", "--no-such-flag", "good.md"], 64),
      (["run", "--in-place", "--output", "x", "good.md"], 64),
      (["run", "--jobs", "0", "good.md"], 64),
      (["run", "--jobs", "many", "good.md"], 64),
      (["run", "--format", "xml", "good.md"], 64),
      (["explain", "coxx"], 64),
      (["describe"], 64),
    ] as [([String], Int32)]) func status(_ arguments: [String], _ expected: Int32) throws
  {
    let project = try CommandProject.make()
    let result = try Executable.run(arguments, in: project.path)
    #expect(result.status == expected, "\(result.errors)")
    // Whatever fails says so.
    #expect((result.status == 0) == result.errors.isEmpty || expected == 0)
  }

  @Test func checkIsFineAfterARun() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "good.md"], in: project.path).status == 0)
    #expect(try Executable.run(["check", "good.md"], in: project.path).status == 0)
    try project.write("data.csv", text: CommandProject.data.replacingOccurrences(of: "6,0,a", with: "6,1,a"))
    #expect(try Executable.run(["check", "good.md"], in: project.path).status == 2)
  }

  @Test func aFailedClaimIsWrittenAllTheSame() throws {
    let project = try CommandProject.make()
    #expect(try Executable.run(["run", "claim.md"], in: project.path).status == 3)
    #expect(project.exists("output/claim.md"))
    #expect(try Executable.run(["check", "claim.md"], in: project.path).status == 3)
  }

  @Test func whatCannotBeWrittenIsAnError() throws {
    let project = try CommandProject.make(["output": "a file where the folder should be"])
    let result = try Executable.run(["run", "good.md"], in: project.path)
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot write 'output/good': Not a directory"), "\(result.errors)")
    #expect(try project.text("output") == "a file where the folder should be")
  }

  @Test func anInterruptLeavesNothingHalfDone() throws {
    let project = try CommandProject.make()
    // A document that never comes: the run waits for it.
    let pipe = project.absolute("pipe.md")
    try #require(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    let before = try FileManager.default.contentsOfDirectory(atPath: project.path)
    let process = Process()
    process.executableURL = URL(filePath: try #require(Executable.path))
    process.arguments = ["run", "pipe.md"]
    process.currentDirectoryURL = URL(filePath: project.path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The writing end opens when the run has opened the other: by then it knows what an interrupt is.
    var writer: Int32 = -1
    for _ in 0..<600 where writer < 0 && process.isRunning {
      Thread.sleep(forTimeInterval: 0.05)
      writer = open(pipe, O_WRONLY | O_NONBLOCK)
    }
    defer { close(writer) }
    for _ in 0..<200 where process.isRunning {
      process.interrupt()
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(!process.isRunning)
    process.terminate()
    process.waitUntilExit()
    #expect(
      process.terminationReason == .exit && process.terminationStatus == 130
    )
    #expect(try FileManager.default.contentsOfDirectory(atPath: project.path) == before)
  }
}
