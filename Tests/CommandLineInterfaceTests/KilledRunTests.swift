// Runs that are killed, meet one another, or lose their reader.

import Foundation
import TestSupport
import Testing

@Suite struct KilledRunTests {
  /// A document whose every output file changes with the data.
  private static func project() throws -> TemporaryProject {
    try CommandProject.make([
      "study.md": CommandProject.good + "\n```{cox #c}\ndata: d\nformula: os ~ grp\n```\n"
    ])
  }

  private static let otherData = CommandProject.data.replacingOccurrences(
    of: "6,0,a\n", with: "6,1,a\n6,1,a\n")

  /// The files below `output/` after a run of its own.
  private static func output(_ data: String) throws -> [String: [UInt8]] {
    let project = try project()
    try project.write("data.csv", text: data)
    #expect(try Executable.run(["run", "study.md"], in: project.path).status == 0)
    return try project.files().filter { $0.key.hasPrefix("output/") }
  }

  /// What killed runs left; the cache, which is bounded, looks after its own.
  private static func remains(_ project: TemporaryProject) throws -> [String] {
    try project.files().keys.filter { $0.contains(".meier-") && !$0.hasPrefix(".meier/") }
  }

  private static func start(_ arguments: [String], in project: TemporaryProject) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Executable.path))
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: project.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// `Scripts/crash-test` kills hundreds.
  @Test func aKilledRunLeavesOldFilesOrNewOnes() throws {
    let sets = try [Self.output(CommandProject.data), Self.output(Self.otherData)]
    let names = Set(sets[0].keys)
    #expect(names == Set(sets[1].keys) && names.allSatisfy { sets[0][$0] != sets[1][$0] })
    let project = try Self.project()
    #expect(try Executable.run(["run", "study.md"], in: project.path).status == 0)
    let clock = ContinuousClock()
    let duration = try clock.measure { _ = try Executable.run(["run", "study.md"], in: project.path) }
    for round in 1...20 {
      let new = round % 2
      // The old files, mended where the round before left them between: so that what is new is this round's.
      try project.write("data.csv", text: new == 1 ? CommandProject.data : Self.otherData)
      #expect(try Executable.run(["run", "study.md"], in: project.path).status == 0)
      try project.write("data.csv", text: new == 1 ? Self.otherData : CommandProject.data)
      let before = try project.bytes("output/study.md")
      let process = try Self.start(["run", "study.md"], in: project)
      usleep(UInt32(duration / .microseconds(1) * Double(round) / 20))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let files = try project.files().filter { $0.key.hasPrefix("output/") }
      for name in names {
        #expect(
          files[name] == sets[0][name] || files[name] == sets[1][name], "\(name) is neither old nor new")
      }
      // The Markdown comes last: when it was replaced, so was all the rest.
      if files["output/study.md"] != before {
        #expect(files.filter { names.contains($0.key) } == sets[new])
      }
    }
    #expect(try Executable.run(["run", "study.md"], in: project.path).status == 0)
    #expect(try project.files().filter { $0.key.hasPrefix("output/") } == sets[0])
    #expect(try Self.remains(project) == [])
  }

  /// Two documents that write the same files, at the same time.
  @Test func runsAtOnceDoNotMix() throws {
    let sets = try [Self.output(CommandProject.data), Self.output(Self.otherData)]
    let project = try CommandProject.make([
      "a/study.md": try Self.project().text("study.md"), "a/data.csv": CommandProject.data,
      "b/study.md": try Self.project().text("study.md"), "b/data.csv": Self.otherData,
    ])
    for folder in ["a", "b"] { try project.write("\(folder)/meier.yml", []) }
    for _ in 0..<6 {
      let runs = try ["a", "b", "a", "b"].map {
        try Self.start(["run", "--output", "output", "\($0)/study.md"], in: project)
      }
      for run in runs {
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
      }
      let files = try project.files().filter { $0.key.hasPrefix("output/") }
      #expect(sets.contains(files))
    }
  }

  /// What the author saved while the document was computed is there afterwards, with the results below it.
  @Test func inPlaceRunsAtOnceLoseNothing() throws {
    let project = try Self.project()
    let runs = try (0..<4).map { _ in try Self.start(["run", "--in-place", "study.md"], in: project) }
    try project.write("study.md", text: try project.text("study.md") + "\nA new sentence.\n")
    for run in runs { run.waitUntilExit() }
    #expect(try Executable.run(["run", "--in-place", "study.md"], in: project.path).status == 0)
    #expect(try project.text("study.md").contains("\nA new sentence.\n"))
    #expect(try Executable.run(["check", "--in-place", "study.md"], in: project.path).status == 0)
    #expect(try Self.remains(project) == [])
  }

  @Test(arguments: [["run", "broken.md", "study.md"], ["explain"], ["describe", "data.csv"]])
  func aReaderThatGoesAwayStopsNothing(_ arguments: [String]) throws {
    let project = try Self.project()
    let process = Process()
    process.executableURL = URL(filePath: try #require(Executable.path))
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: project.path)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try pipe.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == (arguments[0] == "run" ? 1 : 0))
    #expect(project.exists("output/study.md") == (arguments[0] == "run"))
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func aRequestToEndEndsARun(_ signal: Int32) throws {
    let project = try Self.project()
    let pipe = project.absolute("pipe.md")
    try #require(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    let process = try Self.start(["run", "pipe.md"], in: project)
    for _ in 0..<200 where process.isRunning {
      usleep(50_000)
      kill(process.processIdentifier, signal)
    }
    process.waitUntilExit()
    // Before the first instruction of Meier's own the system ends the process.
    #expect(
      process.terminationReason == .uncaughtSignal || process.terminationStatus == 128 + signal)
  }
}
