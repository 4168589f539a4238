// The examples of the CommonMark Spec: nothing of theirs is touched, whatever stands between them.

import Diagnostics
import Foundation
import Testing

@testable import AnalysisDocument

struct CommonMarkCorpusTests {
  struct Example: Decodable, Sendable {
    let example: Int
    let section: String
    let markdown: String
  }

  static let examples: [Example] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fixtures/commonmark-0.30.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([Example].self, from: data)) ?? []
  }()

  @Test func thereAreAllExamples() { #expect(Self.examples.count == 652) }

  /// No example holds anything of Meier's.
  @Test func everyExampleComesBack() throws {
    for example in Self.examples {
      for text in [example.markdown, example.markdown.replacing("\n", with: "\r\n")] {
        let bytes = Array(text.utf8)
        let (document, _) = parse(bytes: bytes)
        #expect(document.directives.isEmpty && document.spans.isEmpty && document.regions.isEmpty)
        #expect(try Splice.apply([], to: document.file.bytes) == bytes)
      }
    }
  }

  /// A value at every place of every example: where it is one, replacing it changes nothing else.
  @Test func valuesAreReplacedInPlace() throws {
    let step = ProcessInfo.processInfo.environment["MEIER_FUZZ"] == nil ? 5 : 1
    var located = 0
    for example in Self.examples {
      let bytes = Array(example.markdown.utf8)
      for place in stride(from: example.example % step, through: bytes.count, by: step) {
        if place < bytes.count, bytes[place] & 0xC0 == 0x80 { continue }
        let before = Array(bytes[..<place])
        let after = Array(bytes[place...])
        let (document, _) = parse(bytes: before + Array("`{= v.n}`".utf8) + after)
        // Next to a backtick it would be part of another run.
        guard let span = document.spans.first, before.last != 0x60, after.first != 0x60 else { continue }
        located += 1
        #expect(document.spans.count == 1 && span.expression.string == "v.n")
        let edit = Edit(range: span.range, replacement: Array("7".utf8))
        #expect(try Splice.apply([edit], to: document.file.bytes) == before + [0x37] + after)
      }
    }
    #expect(located > 7000 / step)
  }

  /// A directive before every line of every example: where it is one, its result comes below it, and again.
  @Test func directivesAreReplacedInPlace() throws {
    var located = 0
    for example in Self.examples {
      let lines = example.markdown.split(separator: "\n", omittingEmptySubsequences: false)
      for line in 0..<lines.count {
        let before = lines[..<line].map { $0 + "\n" }.joined()
        let after = lines[line...].joined(separator: "\n")
        let block = "```{cox #m}\na: 1\n```"
        let (document, _) = parse(before + block + "\n" + after)
        guard let directive = document.directives.first else { continue }
        located += 1
        #expect(document.text(directive.range) == block)
        #expect(directive.body.string == "a: 1\n")
        let result = ResultMarker.begin("m") + "\n\nText.\n\n" + ResultMarker.end("m")
        let first = try Splice.apply(
          [document.edit(inserting: result, below: directive)], to: document.file.bytes)
        #expect(first == Array((before + block + "\n\n" + result + "\n" + after).utf8))
        let (again, _) = parse(bytes: first)
        let region = try #require(again.region(id: "m"))
        #expect(try Splice.apply([again.edit(replacing: region, with: result)], to: first) == first)
      }
    }
    #expect(located > 1500)
  }
}
