// A case of `Tests/DocumentFixtures`: a project, a command, and every file that the command must leave.

import Diagnostics
import Foundation
import Runner
import TestSupport
import Testing

/// `CASE/project` is what the author has, `CASE/command` the command line (`run` and its options), and
/// `CASE/expected` what the command writes: the files that are new or changed, and the `report`.
struct DocumentFixture: CustomTestStringConvertible, Sendable {
  let name: String

  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "DocumentFixtures")

  static let all: [DocumentFixture] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [])
    .filter { FileManager.default.fileExists(atPath: folder.appending(path: $0 + "/command").path()) }
    .sorted().map(DocumentFixture.init)

  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  var testDescription: String { name }
  var folder: URL { Self.folder.appending(path: name) }
  var expectedFolder: URL { folder.appending(path: "expected") }

  func arguments() throws -> [String] {
    try String(contentsOf: folder.appending(path: "command"), encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The document that the command names.
  func document() throws -> String { try arguments().last ?? "" }

  func isInPlace() throws -> Bool { try arguments().contains("--in-place") }

  func source() throws -> [String: [UInt8]] {
    try TemporaryProject.files(of: folder.appending(path: "project").path(percentEncoded: false))
  }

  func project() throws -> TemporaryProject { try TemporaryProject(source()) }

  func session(_ project: TemporaryProject, threads: Int = 1) throws -> RunSession {
    let arguments = try arguments()
    let options = RunOptions(
      mode: arguments.contains("--in-place") ? .inPlace : .output(directory: nil), threads: threads,
      keepsGoing: arguments.contains("--keep-going"), annotates: arguments.contains("--annotate"))
    return RunSession(options: options, workingDirectory: project.path)
  }

  func run(_ project: TemporaryProject, threads: Int = 1) throws -> DocumentReport {
    try session(project, threads: threads).run(document())
  }

  /// The files of `project` that are not as the author wrote them.
  func written(_ project: TemporaryProject) throws -> [String: [UInt8]] {
    let source = try source()
    return try project.files().filter { source[$0.key] != $0.value }
  }

  /// What the command must leave, the report set apart.
  func expected() throws -> (files: [String: [UInt8]], report: String) {
    var files = try TemporaryProject.files(of: expectedFolder.path(percentEncoded: false))
    let report = files.removeValue(forKey: "report") ?? []
    return (files, String(decoding: report, as: UTF8.self))
  }

  func record(_ files: [String: [UInt8]], report: String) throws {
    try? FileManager.default.removeItem(at: expectedFolder)
    for (file, bytes) in files.merging(
      ["report": Array(report.utf8)], uniquingKeysWith: { first, _ in first })
    {
      let url = expectedFolder.appending(path: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }

  static func report(_ report: DocumentReport) -> String {
    report.diagnostics.map(DiagnosticPrinter().text).joined()
  }
}

/// The files that differ, and how the first of them does: a failing comparison of bytes says nothing.
func differences(_ got: [String: [UInt8]], _ want: [String: [UInt8]]) -> String {
  var text = ""
  for file in Set(got.keys).union(want.keys).sorted() where got[file] != want[file] {
    guard let new = got[file] else {
      text += "\(file) is missing\n"
      continue
    }
    guard let old = want[file] else {
      text += "\(file) is not expected\n"
      continue
    }
    let lines = String(decoding: new, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = String(decoding: old, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let index =
      zip(lines, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.count, wanted.count)
    let line = lines.indices.contains(index) ? lines[index] : "(end)"
    let other = wanted.indices.contains(index) ? wanted[index] : "(end)"
    text += "\(file):\(index + 1):\n  has  \(line.prefix(300).debugDescription)\n"
    text += "  want \(other.prefix(300).debugDescription)\n"
  }
  return text
}
