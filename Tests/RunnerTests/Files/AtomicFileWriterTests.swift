// Files are replaced whole or not at all.

import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct AtomicFileWriterTests {
  private static func plan(_ project: TemporaryProject, _ files: [(String, String)]) -> [PlannedFile] {
    files.map { PlannedFile(path: project.absolute($0.0), bytes: Array($0.1.utf8)) }
  }

  private static func temporaryFiles(_ project: TemporaryProject) throws -> [String] {
    try project.files().keys.filter { $0.contains(".meier-") }
  }

  private static let isRoot = geteuid() == 0

  @Test func createsFoldersAndReturnsWhatItWrote() throws {
    let project = try TemporaryProject()
    let plan = Self.plan(project, [("a/b/figure.svg", "<svg/>"), ("a/doc.md", "# Ä\r\n")])
    #expect(try AtomicFileWriter.write(plan) == plan.map(\.path))
    #expect(try project.text("a/b/figure.svg") == "<svg/>")
    #expect(try project.text("a/doc.md") == "# Ä\r\n")
    #expect(try Self.temporaryFiles(project) == [])
  }

  @Test func equalFilesAreNotTouched() throws {
    let project = try TemporaryProject(["same": Array("same".utf8), "other": Array("old".utf8)])
    let times = try project.modificationTimes()
    let written = try AtomicFileWriter.write(Self.plan(project, [("same", "same"), ("other", "new")]))
    #expect(written == [project.absolute("other")])
    #expect(try project.modificationTimes()["same"] == times["same"])
    #expect(try project.text("other") == "new")
  }

  @Test func permissionsAreKept() throws {
    let project = try TemporaryProject(["doc.md": []])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: project.absolute("doc.md"))
    _ = try AtomicFileWriter.write(Self.plan(project, [("doc.md", "x")]))
    let mode = try FileManager.default.attributesOfItem(atPath: project.absolute("doc.md"))[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test func aLinkStaysAndItsTargetIsReplaced() throws {
    let project = try TemporaryProject(["real/doc.md": Array("old".utf8)])
    try FileManager.default.createSymbolicLink(
      atPath: project.absolute("doc.md"), withDestinationPath: "real/doc.md")
    _ = try AtomicFileWriter.write(Self.plan(project, [("doc.md", "new")]))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: project.absolute("doc.md")) == "real/doc.md")
    #expect(try project.text("real/doc.md") == "new")
  }

  @Test func aFileInThePlaceOfAFolderStopsEverything() throws {
    let project = try TemporaryProject(["doc.md": Array("old".utf8), "out": Array("a file".utf8)])
    #expect(throws: FileFailure.self) {
      _ = try AtomicFileWriter.write(Self.plan(project, [("doc.md", "new"), ("out/figure.svg", "x")]))
    }
    #expect(try project.text("doc.md") == "old")
    #expect(try Self.temporaryFiles(project) == [])
  }

  @Test func aFolderInThePlaceOfAFileStopsEverything() throws {
    let project = try TemporaryProject(["doc.md/inner": [], "first": Array("old".utf8)])
    #expect(throws: FileFailure.self) {
      _ = try AtomicFileWriter.write(Self.plan(project, [("first", "new"), ("doc.md", "x")]))
    }
    #expect(try Self.temporaryFiles(project) == [])
    #expect(try project.text("first") == "old")
  }

  @Test func whatAKilledRunLeftIsRemoved() throws {
    let project = try TemporaryProject([
      "doc.md": Array("old".utf8), "doc/.meier-Ab12xY": [1], "doc/.meier-0123456789abcdef": [],
      "doc/os.svg": Array("<svg/>".utf8), ".meier-kept": Array("the author's".utf8),
    ])
    let plan = Self.plan(project, [("doc/os.svg", "<svg/>"), ("doc.md", "new")])
    // A run that was killed between writing and renaming.
    let remains = StagedFile.temporaryName(for: project.absolute("doc.md"), isLocked: true)
    try Data("half".utf8).write(to: URL(filePath: remains))
    #expect(
      try AtomicFileWriter.write(plan, ownDirectory: project.absolute("doc")) == [project.absolute("doc.md")])
    #expect(try Self.temporaryFiles(project) == [".meier-kept"])
    #expect(try project.text("doc.md") == "new")
  }

  @Test func whatSomebodySavedMeanwhileIsNotLost() throws {
    let project = try TemporaryProject([
      "doc.md": Array("saved meanwhile".utf8), "doc/os.svg": Array("old".utf8),
    ])
    let plan = [
      PlannedFile(path: project.absolute("doc/os.svg"), bytes: Array("new".utf8)),
      PlannedFile(path: project.absolute("doc.md"), bytes: Array("new".utf8), replacing: Array("old".utf8)),
    ]
    let error = #expect(throws: FileFailure.self) { _ = try AtomicFileWriter.write(plan) }
    #expect(error?.code == FileFailure.changedMeanwhile)
    #expect(try project.text("doc.md") == "saved meanwhile" && project.text("doc/os.svg") == "old")
    #expect(try Self.temporaryFiles(project) == [])
  }

  /// Eight writers at once, each with its own set of files: what stands there in the end is one of the sets.
  @Test func setsOfFilesDoNotMix() async throws {
    let project = try TemporaryProject()
    let names = ["doc/a.svg", "doc/results.json", "doc.md"]
    for round in 0..<20 {
      await withTaskGroup { group in
        for writer in 0..<8 {
          let plan = Self.plan(project, names.map { ($0, "\(round) \(writer)") })
          group.addTask { _ = try? AtomicFileWriter.write(plan, ownDirectory: project.absolute("doc")) }
        }
      }
      #expect(Set(try names.map { try project.text($0) }).count == 1)
      #expect(try Self.temporaryFiles(project) == [])
    }
  }

  /// The owner of the machine may write everywhere: for him a read-only disk stands in, below.
  @Test(.disabled(if: isRoot, "permissions do not bind root")) func aReadOnlyFolderStopsEverything() throws {
    let project = try TemporaryProject(["doc.md": Array("old".utf8), "out/figure.svg": Array("old".utf8)])
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: project.absolute("out"))
    let error = #expect(throws: FileFailure.self) {
      _ = try AtomicFileWriter.write(Self.plan(project, [("doc.md", "new"), ("out/figure.svg", "new")]))
    }
    #expect(error?.reason == "Permission denied")
    #expect(try project.text("doc.md") == "old")
    #expect(try Self.temporaryFiles(project) == [])
  }

  @Test(.enabled(if: SmallDisk.isAvailable, "no small disk can be mounted"))
  func aReadOnlyDiskLeavesEveryFile()
    throws
  {
    let disk = try #require(SmallDisk())
    let file = PlannedFile(path: disk.path + "/doc.md", bytes: Array("old".utf8))
    _ = try AtomicFileWriter.write([file])
    try #require(disk.makeReadOnly())
    let error = #expect(throws: FileFailure.self) {
      _ = try AtomicFileWriter.write([PlannedFile(path: file.path, bytes: Array("new".utf8))])
    }
    #expect(error?.code == EROFS)
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "old")
    #expect(try AtomicFileWriter.write([file]) == [])
  }

  /// `/dev/full` takes no temporary file: a small disk of our own must be mounted.
  @Test(.enabled(if: SmallDisk.isAvailable, "no small disk can be mounted")) func aFullDiskLeavesEveryFile()
    throws
  {
    let disk = try #require(SmallDisk())
    let small = PlannedFile(path: disk.path + "/small.svg", bytes: Array("old".utf8))
    _ = try AtomicFileWriter.write([small])
    let large = PlannedFile(path: disk.path + "/large.md", bytes: [UInt8](repeating: 0x20, count: 1 << 20))
    let error = #expect(throws: FileFailure.self) {
      _ = try AtomicFileWriter.write([PlannedFile(path: small.path, bytes: Array("new".utf8)), large])
    }
    #expect(error?.code == ENOSPC)
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["small.svg"])
    #expect(try String(contentsOfFile: small.path, encoding: .utf8) == "old")
  }
}

/// A file system in memory with room for 64 KiB, where one may be mounted.
final class SmallDisk: Sendable {
  let path: String

  static let isAvailable: Bool = SmallDisk() != nil

  init?() {
    path = FileManager.default.temporaryDirectory.appending(path: "meier-disk-\(UUID().uuidString)").path()
    guard (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil,
      Self.run("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path])
    else {
      try? FileManager.default.removeItem(atPath: path)
      return nil
    }
  }

  func makeReadOnly() -> Bool { Self.run("mount", ["-o", "remount,ro", path]) }

  deinit {
    _ = Self.run("umount", [path])
    try? FileManager.default.removeItem(atPath: path)
  }

  private static func run(_ command: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/" + command)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
