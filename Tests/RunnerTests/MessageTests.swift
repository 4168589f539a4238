// Every message a user can meet, word for word: `Tests/Messages/*.txt` holds documents and the reports they get.
// A file `command` holds what stands behind `meier run` when it is not `doc.md`.

import Diagnostics
import Foundation
import Runner
import Testing

@Suite struct MessageTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Messages")

  static let cases: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test func thereAreCases() { #expect(Self.cases.count >= 38) }

  @Test(arguments: cases) func report(_ name: String) throws {
    let path = Self.folder.appending(path: name)
    let bytes = Array(try Data(contentsOf: path))
    let (files, expected, start) = Self.parse(bytes)
    try #require(files.contains { $0.0 == "doc.md" }, "no document in \(name)")
    let directory = FileManager.default.temporaryDirectory.appending(path: "meier-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    for (file, content) in files {
      let target = directory.appending(path: file)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content).write(to: target)
    }
    if !files.contains(where: { $0.0 == "meier.yml" }) {
      try Data().write(to: directory.appending(path: "meier.yml"))
    }
    let command = files.first { $0.0 == "command" }.map { String(decoding: $0.1, as: UTF8.self) } ?? "doc.md"
    let words = command.split(whereSeparator: \.isWhitespace)
    let session = RunSession(
      options: RunOptions(
        mode: words.contains("--in-place") ? .inPlace : .output(directory: nil),
        parameters: Self.parameters(words.map(String.init))),
      workingDirectory: directory.resolvingSymlinksInPath().path(percentEncoded: false))
    let result = session.run(String(words.last ?? ""))
    let printer = DiagnosticPrinter()
    let status = ExitStatus.of([result], isCheck: false, allowsFailedClaims: false)
    let report = result.diagnostics.map(printer.text).joined() + "exit \(status.rawValue)\n"
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(bytes[..<start] + Array(report.utf8)).write(to: path)
      Issue.record("recorded \(name)")
      return
    }
    #expect(report == expected)
    // A document with errors writes nothing.
    let output = directory.appending(path: "output").path(percentEncoded: false)
    #expect(FileManager.default.fileExists(atPath: output) == (status != .documentErrors))
  }

  /// What stands behind each `-P`.
  private static func parameters(_ words: [String]) -> [String: String] {
    var parameters: [String: String] = [:]
    for (flag, value) in zip(words, words.dropFirst()) where flag == "-P" {
      let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { parameters[parts[0]] = parts[1] }
    }
    return parameters
  }

  /// The files of a case, the report it expects, and where the report begins.
  private static func parse(_ bytes: [UInt8]) -> (files: [(String, [UInt8])], report: String, start: Int) {
    var files: [(String, [UInt8])] = []
    var position = 0
    var name: String?
    var content: [UInt8] = []
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      let line = String(decoding: bytes[position..<end], as: UTF8.self).trimmingCharacters(in: .newlines)
      if line.hasPrefix("--- ") {
        if let name { files.append((name, content)) }
        content = []
        if line == "--- report" { return (files, String(decoding: bytes[end...], as: UTF8.self), end) }
        name = String(line.dropFirst("--- file: ".count))
      } else if name != nil {
        content += bytes[position..<end]
      }
      position = end
    }
    return (files, "", bytes.count)
  }
}
