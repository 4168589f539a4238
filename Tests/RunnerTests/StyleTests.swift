// A journal's style changes how numbers look, in prose, tables and figures, and no number.

import Foundation
import Presentation
import Runner
import TestSupport
import Testing

@Suite struct StyleTests {
  private static let keys = JournalStyle.all.map(\.name)

  /// The documents that print most: the first manuscript, and every fixture that writes to `output/`.
  private static func projects() throws -> [(project: TemporaryProject, document: String)] {
    let manuscript = try TemporaryProject()
    for file in ["analyses/nelm.md", "analyses/data/nelm.csv"] {
      try manuscript.write(file, Array(Data(contentsOf: ManuscriptTests.root.appending(path: file))))
    }
    let fixtures = try DocumentFixture.all.filter {
      try !$0.isInPlace() && !$0.arguments().contains("--keep-going")
    }
    return try [(manuscript, "analyses/nelm.md")] + fixtures.map { (try $0.project(), try $0.document()) }
  }

  private static func run(_ project: TemporaryProject, _ document: String) -> DocumentReport {
    RunSession(options: RunOptions(), workingDirectory: project.path).run(document)
  }

  private static func setStyle(
    _ style: String, _ project: TemporaryProject, _ document: String, _ source: String
  )
    throws
  {
    try project.write("meier.yml", text: "style: \(style)\n")
    let text = source.replacing(/\nstyle: [a-z]+\n/, with: "\nstyle: \(style)\n")
    try project.write(document, text: text)
  }

  /// `results.json` without what the results rest on, which names the style.
  private static func quantities(_ files: [String: [UInt8]]) throws -> [String: [String]] {
    var quantities: [String: [String]] = [:]
    for (name, bytes) in files where name.hasSuffix("results.json") {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      // Members of `inputs` are indented deeper than the quantities.
      quantities[name] = lines.filter { $0.hasPrefix("  \"") && !$0.hasPrefix("  \"inputs\"") }.map {
        $0.hasSuffix(",") ? String($0.dropLast()) : $0
      }
    }
    return quantities
  }

  @Test func switchingAwayAndBackRestoresTheBytes() throws {
    for (project, document) in try Self.projects() {
      let source = try project.text(document)
      try Self.setStyle("plain", project, document, source)
      #expect(!Self.run(project, document).hasErrors, "\(document)")
      let plain = try project.files()
      let quantities = try Self.quantities(plain)
      #expect(quantities.values.contains { !$0.isEmpty })
      for style in Self.keys.dropFirst() {
        try Self.setStyle(style, project, document, source)
        #expect(!Self.run(project, document).hasErrors, "\(document) \(style)")
        let styled = try project.files()
        #expect(try Self.quantities(styled) == quantities, "\(document) \(style)")
        #expect(styled.filter { $0.key.hasSuffix(".md") } != plain.filter { $0.key.hasSuffix(".md") })
      }
      try Self.setStyle("plain", project, document, source)
      _ = Self.run(project, document)
      let restored = try project.files()
      #expect(restored == plain, "\(differences(restored, plain))")
    }
  }

  @Test func theManuscriptInFiveStyles() throws {
    let (project, document) = try #require(try Self.projects().first)
    let source = try project.text(document)
    let expected = [
      "plain": ["with a hazard ratio of 0.31 (95% CI 0.15–0.63), P = 0.001"],
      "jama": ["with a hazard ratio of 0.31 (95% CI, 0.15-0.63), P = .001"],
      "nejm": ["with a hazard ratio of 0.31 (95% CI, 0.15 to 0.63), P=0.001"],
      "lancet": ["with a hazard ratio of 0·31 (95% CI 0·15–0·63), p=0·0014"],
      "annals": ["with a hazard ratio of 0.31 (95% CI, 0.15 to 0.63), P = 0.001"],
    ]
    for style in Self.keys {
      try Self.setStyle(style, project, document, source)
      _ = Self.run(project, document)
      let output = try project.text("output/nelm.md").replacing("\n", with: " ")
      for words in expected[style] ?? [] { #expect(output.contains(words), "\(style): \(words)") }
    }
  }
}
