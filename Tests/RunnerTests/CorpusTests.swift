// The examples of the CommonMark Spec through the whole engine: what is not Meier's comes back byte for byte.

import AnalysisDocument
import Diagnostics
import Foundation
import Runner
import TestSupport
import Testing

@Suite struct CorpusTests {
  private struct Example: Decodable {
    let example: Int
    let markdown: String
  }

  private static let examples: [Example] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "AnalysisDocumentTests/Fixtures/commonmark-0.30.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([Example].self, from: data)) ?? []
  }()

  /// Every how many places one is tried; `MEIER_CORPUS=1` tries them all.
  private static let step = Int(ProcessInfo.processInfo.environment["MEIER_CORPUS"] ?? "") ?? 16

  private static let lineEnds = ["\n", "\r\n"]
  private static let block = "```{data #zq}\nsource: data.csv\n```\n"

  /// A project with one document, run in memory.
  private struct Bench {
    let project: TemporaryProject
    let runner: DocumentRunner

    init() throws {
      project = try TemporaryProject(["data.csv": Array("a,b\n1,2\n3,4\n".utf8)])
      runner = DocumentRunner(options: RunOptions(), workingDirectory: project.path)
    }

    /// The Markdown that a run would write, `nil` with errors.
    func output(_ text: String) throws -> (bytes: [UInt8]?, diagnostics: [Diagnostic]) {
      try project.write("doc.md", text: text)
      let run = runner.run("doc.md")
      return (run.files.last?.bytes, run.diagnostics)
    }
  }

  @Test func everyExampleComesBack() throws {
    #expect(Self.examples.count == 652)
    let bench = try Bench()
    for example in Self.examples {
      for lineEnd in Self.lineEnds {
        let text = example.markdown.replacing("\n", with: lineEnd)
        let (bytes, diagnostics) = try bench.output(text)
        #expect(bytes == Array(text.utf8), "\(example.example): \(diagnostics.map(\.message))")
      }
    }
  }

  /// A data set before every line, as the line stands and behind what its containers begin their lines with.
  @Test func aDirectiveIsReplacedAnywhere() throws {
    let bench = try Bench()
    var tally = Tally()
    var place = 0
    for example in Self.examples {
      let lines = example.markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for line in 0..<lines.count {
        for prefix in Set(["", Self.margin(line > 0 ? lines[line - 1] : "")]).sorted() {
          place += 1
          guard place.isMultiple(of: Self.step) else { continue }
          let lineEnd = Self.lineEnds[place / Self.step % 2]
          let before = lines[..<line].map { $0 + lineEnd }.joined()
          let after = lines[line...].joined(separator: lineEnd)
          let block = Self.block.split(separator: "\n").map { prefix + $0 + lineEnd }.joined()
          let (bytes, diagnostics) = try bench.output(before + block + after)
          tally.note(diagnostics)
          guard let bytes else { continue }
          let output = String(decoding: bytes, as: UTF8.self)
          // Inside code, HTML or a paragraph that goes on it is the author's.
          if output == before + block + after { continue }
          tally.written += 1
          let middle = output.dropFirst(before.count).dropLast(after.count)
          #expect(output.hasPrefix(before) && output.hasSuffix(after), "\(output.debugDescription)")
          #expect(
            middle.hasPrefix(prefix + "<!-- meier:begin zq -->" + lineEnd), "\(output.debugDescription)")
          #expect(middle.hasSuffix("<!-- meier:end zq -->" + lineEnd), "\(output.debugDescription)")
        }
      }
    }
    #expect(tally.written > 2000 / Self.step, "\(tally)")
    #expect(tally.refused <= tally.written / 1000, "\(tally)")
    if Self.step == 1 { print(tally) }
  }

  /// A value at the beginning, in the middle and at the end of every line.
  @Test func aValueIsReplacedAnywhere() throws {
    let bench = try Bench()
    var tally = Tally()
    var place = 0
    let value = "`{= zq.n}`"
    for example in Self.examples {
      var offset = example.markdown.startIndex
      while offset < example.markdown.endIndex {
        defer { offset = example.markdown.index(after: offset) }
        place += 1
        let isBesideBacktick =
          example.markdown[offset] == "`" || example.markdown[..<offset].last.map { $0 == "`" } ?? false
        guard place.isMultiple(of: Self.step * 3), !isBesideBacktick else { continue }
        let lineEnd = Self.lineEnds[place / Self.step % 2]
        let before = example.markdown[..<offset].replacing("\n", with: lineEnd)
        let after = example.markdown[offset...].replacing("\n", with: lineEnd)
        let head = Self.block.replacing("\n", with: lineEnd) + lineEnd
        let (bytes, diagnostics) = try bench.output(head + before + value + after)
        tally.note(diagnostics)
        guard let bytes, let end = String(decoding: bytes, as: UTF8.self).range(of: "meier:end zq -->") else {
          continue
        }
        let output = String(decoding: bytes, as: UTF8.self)[end.upperBound...].dropFirst(2)
        if String(output) == String(before + value + after) { continue }
        tally.written += 1
        let forms = ["2", "&#50;<!--= -->", "&#50;<!--= ````-->", "&#50;<!--= `````-->"].map {
          String(before + $0 + after)
        }
        #expect(forms.contains(String(output)), "\(output.debugDescription)")
      }
    }
    #expect(tally.written > 3000 / Self.step, "\(tally)")
    #expect(tally.refused <= tally.written / 1000 + 1, "\(tally)")
    if Self.step == 1 { print(tally) }
  }

  private struct Tally {
    var written = 0
    /// Documents that Meier would not write.
    var refused = 0
    /// Documents in which something is wrong, such as a backtick without a partner.
    var faulty = 0

    mutating func note(_ diagnostics: [Diagnostic]) {
      guard diagnostics.containsError else { return }
      let isRefusal = diagnostics.contains {
        $0.message.contains("would change the meaning") || $0.message.contains("placed with certainty")
      }
      if isRefusal { refused += 1 } else { faulty += 1 }
    }
  }

  /// What a further line of the containers of a line begins with: quote marks, and blanks for list markers.
  private static func margin(_ line: String) -> String {
    var margin = ""
    var rest = line[...]
    while let match = rest.prefixMatch(of: /\s*(?:>\ ?|[-+*]\ +|\d{1,9}[.)]\ +)/), !match.0.isEmpty {
      margin += match.0.utf8.contains(0x3E) ? String(match.0) : String(repeating: " ", count: match.0.count)
      rest = rest[match.range.upperBound...]
    }
    return margin + rest.prefix { $0 == " " }
  }
}
