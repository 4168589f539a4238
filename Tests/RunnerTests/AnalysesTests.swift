// The committed analyses: their outputs are the same however they are run.

import Foundation
import TestSupport
import Testing

/// A document of `analyses/`.
struct Analysis: CustomTestStringConvertible, Sendable {
  let name: String
  var testDescription: String { name }

  static let root = ManuscriptTests.root

  static let all: [Analysis] =
    ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "analyses").path())) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted().map { Analysis(name: String($0.dropLast(3))) }

  /// The document with all that `analyses/` holds besides documents.
  func project() throws -> TemporaryProject {
    let files = try TemporaryProject.files(of: Self.root.appending(path: "analyses").path())
    return try TemporaryProject(
      Dictionary(
        uniqueKeysWithValues: files.filter { !$0.key.hasSuffix(".md") || $0.key == name + ".md" }
          .map { ("analyses/" + $0.key, $0.value) }))
  }

  func expected() throws -> [String: [UInt8]] {
    try TemporaryProject.files(of: Self.root.appending(path: "output").path())
      .filter { $0.key == name + ".md" || $0.key.hasPrefix(name + "/") }
  }
}

@Suite struct AnalysesTests {
  @Test func thereAreAnalyses() { #expect(!Analysis.all.isEmpty) }

  /// Threads, locale, time zone, working directory and the order of the rows, all at once.
  @Test(arguments: Analysis.all) func howItIsRunDoesNotShow(_ analysis: Analysis) throws {
    let expected = try analysis.expected()
    #expect(!expected.isEmpty)
    let elsewhere = try TemporaryProject()
    let document = "analyses/\(analysis.name).md"
    let ways: [(threads: String, place: [String: String], rows: ([[UInt8]]) -> [[UInt8]])] = [
      ("1", ["TZ": "UTC", "LC_ALL": "C"], { $0 }),
      ("2", ["TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8"], CSVRows.shuffled),
      (
        "4", ["TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"],
        CSVRows.reversed
      ),
    ]
    for (index, way) in ways.enumerated() {
      let project = try analysis.project()
      for (file, bytes) in try project.files() where file.hasSuffix(".csv") {
        try project.write(file, way.rows(CSVRows.rows(of: bytes)).flatMap { $0 })
      }
      let before = try project.files()
      let isHere = index != 1
      let result = try Executable.run(
        ["run", "--jobs", way.threads, isHere ? document : project.absolute(document)],
        in: isHere ? project.path : elsewhere.path, environment: way.place)
      #expect([0, 3].contains(result.status), "\(result.errors)")
      let written = try project.files().filter { before[$0.key] == nil && $0.key.hasPrefix("output/") }
      let names = written.map { (String($0.key.dropFirst("output/".count)), $0.value) }
      #expect(differences(Dictionary(uniqueKeysWithValues: names), expected) == "")
    }
    #expect(try elsewhere.files().isEmpty)
  }
}
