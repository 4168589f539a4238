// The same results for the same data: rows in another order, a second run, a changed cell.

import Foundation
import Runner
import Testing

@Suite struct DeterminismTests {
  /// A project in a temporary folder with the manuscript and its data, the data changed by `edit`.
  private static func project(_ edit: ([Substring]) -> [Substring]) throws -> URL {
    let root = ManuscriptTests.root
    let directory = FileManager.default.temporaryDirectory.appending(path: "meier-\(UUID().uuidString)")
    let data = directory.appending(path: "analyses/data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try Data().write(to: directory.appending(path: "meier.yml"))
    try FileManager.default.copyItem(
      at: root.appending(path: "analyses/nelm.md"), to: directory.appending(path: "analyses/nelm.md"))
    let text = try String(contentsOf: root.appending(path: "analyses/data/nelm.csv"), encoding: .utf8)
    let lines = edit(text.split(separator: "\n"))
    try Data(lines.joined(separator: "\n").utf8).write(to: data.appending(path: "nelm.csv"))
    return directory
  }

  private static func session(_ directory: URL) -> RunSession {
    RunSession(
      options: RunOptions(threads: 2),
      workingDirectory: directory.resolvingSymlinksInPath().path(percentEncoded: false))
  }

  private static func contents(_ directory: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in ["nelm.md", "nelm/results.json", "nelm/os.svg", "nelm/prognosis.svg", "nelm/cohort.svg"] {
      contents[name] = try Data(contentsOf: directory.appending(path: "output").appending(path: name))
    }
    return contents
  }

  @Test func theOrderOfTheRowsDoesNotShow() throws {
    let plain = try Self.project { $0 }
    let shuffled = try Self.project { lines in
      // A fixed shuffle: rows by a multiplicative hash of their position.
      let rows = lines.dropFirst().enumerated().sorted {
        ($0.offset &* 7919) % 938 < ($1.offset &* 7919) % 938
      }
      return [lines[0]] + rows.map(\.element)
    }
    defer { for folder in [plain, shuffled] { try? FileManager.default.removeItem(at: folder) } }
    #expect(Self.session(plain).run("analyses/nelm.md").diagnostics.isEmpty)
    #expect(Self.session(shuffled).run("analyses/nelm.md").diagnostics.isEmpty)
    #expect(try Self.contents(plain) == Self.contents(shuffled))
  }

  @Test func aSecondRunTouchesNothingAndChecksClean() throws {
    let directory = try Self.project { $0 }
    defer { try? FileManager.default.removeItem(at: directory) }
    let session = Self.session(directory)
    #expect(session.run("analyses/nelm.md").changedFiles.count == 11)
    #expect(session.run("analyses/nelm.md").changedFiles.isEmpty)
    #expect(session.check("analyses/nelm.md").changedFiles.isEmpty)
  }

  @Test func aChangedCellIsStaleUntilTheNextRun() throws {
    let directory = try Self.project { $0 }
    defer { try? FileManager.default.removeItem(at: directory) }
    let session = Self.session(directory)
    _ = session.run("analyses/nelm.md")
    let file = directory.appending(path: "analyses/data/nelm.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacingOccurrences(of: ",24.7,0\n", with: ",24.7,1\n").utf8).write(to: file)
    let report = session.check("analyses/nelm.md")
    #expect(report.changedFiles.contains("output/nelm.md"))
    #expect(ExitStatus.of([report], isCheck: true, allowsFailedClaims: false) == .stale)
    #expect(!session.run("analyses/nelm.md").changedFiles.isEmpty)
    #expect(session.check("analyses/nelm.md").changedFiles.isEmpty)
  }

  @Test func inPlaceARunRepeatsItself() throws {
    let directory = try Self.project { $0 }
    defer { try? FileManager.default.removeItem(at: directory) }
    let session = RunSession(
      options: RunOptions(mode: .inPlace, threads: 2),
      workingDirectory: directory.resolvingSymlinksInPath().path(percentEncoded: false))
    #expect(session.run("analyses/nelm.md").diagnostics.isEmpty)
    let first = try Data(contentsOf: directory.appending(path: "analyses/nelm.md"))
    #expect(session.run("analyses/nelm.md").changedFiles.isEmpty)
    #expect(try Data(contentsOf: directory.appending(path: "analyses/nelm.md")) == first)
  }
}
