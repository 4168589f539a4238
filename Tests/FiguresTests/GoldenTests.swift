// Every figure as text. RECORD=1 writes the files anew, and that run fails.

import Foundation
import Testing

@testable import Figures

@Suite struct GoldenTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Golden")
  static let figures = SampleFigures.main() + SampleFigures.panels() + SampleFigures.others()

  @Test(arguments: figures.map(\.0))
  func isUnchanged(name: String) throws {
    let figure = try #require(GoldenTests.figures.first { $0.0 == name }?.1)
    let file = GoldenTests.folder.appendingPathComponent(name + ".svg")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try figure.svg.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let (old, new) = (expected.split(separator: "\n"), figure.svg.split(separator: "\n"))
    let first = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
    let isSame = expected == figure.svg
    let line = (first?.offset ?? min(old.count, new.count)) + 1
    #expect(isSame, "line \(line): \(first?.element.1.prefix(160) ?? "")")
  }

  @Test func noFileIsLeftOver() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path)
    #expect(Set(files.filter { $0.hasSuffix(".svg") }) == Set(GoldenTests.figures.map { $0.0 + ".svg" }))
  }
}
