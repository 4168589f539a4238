// Documents that are long in one way, at two sizes: the time may grow with the size and not with its square.

import AnalysisDocument
import Diagnostics

struct PathologicalDocument: Sendable {
  let name: String
  /// The size at which it is read, and half of which.
  let size: Int
  let text: @Sendable (Int) -> String

  static let all: [PathologicalDocument] = [
    PathologicalDocument(name: "nested quotes", size: 50_000) {
      String(repeating: ">", count: $0) + " `{= a.n}`\n"
    },
    PathologicalDocument(name: "nested lists", size: 5_000) {
      String(repeating: "- ", count: $0) + "`{= a.n}`\n"
    },
    PathologicalDocument(name: "distinct backtick runs", size: 3_000) { size in
      (1...size).map { String(repeating: "`", count: $0) }.joined(separator: " ") + "\n"
    },
    PathologicalDocument(name: "headings", size: 100_000) { size in
      (0..<size).map { "# A \($0 % 100)\n\n" }.joined()
    },
    PathologicalDocument(name: "values", size: 20_000) { size in
      String(repeating: "A `{= a.n}` and `{claim a.n < 1}` @tbl-a.\n\n", count: size / 2)
    },
    PathologicalDocument(name: "values in one line", size: 20_000) {
      String(repeating: "`{= a.n}` ", count: $0) + "\n"
    },
    PathologicalDocument(name: "recorded values in one line", size: 20_000) {
      String(repeating: "12<!--= a.n → 12 --> @tbl-a ", count: $0) + "\n"
    },
    PathologicalDocument(name: "values in tables", size: 20_000) {
      "| a |\n|---|\n" + String(repeating: "| `{= a.n}` |\n", count: $0)
    },
    PathologicalDocument(name: "directives", size: 20_000) { size in
      (0..<size).map { "```{cox #d\($0)}\na: 1\n```\n\n" }.joined()
    },
    PathologicalDocument(name: "results", size: 20_000) { size in
      (0..<size).map { "\(ResultMarker.begin("d\($0)"))\n\n# H\n\n\(ResultMarker.end("d\($0)"))\n\n" }
        .joined()
    },
    PathologicalDocument(name: "open brackets", size: 50_000) {
      String(repeating: "[`{= a.n}`](", count: $0)
    },
    PathologicalDocument(name: "a long paragraph", size: 100_000) {
      String(repeating: "a `{= a.n}`\n", count: $0)
    },
    PathologicalDocument(name: "words like tags", size: 50_000) { size in
      "`{= a.n}` " + (0..<size).map { "Zq\($0)q " }.joined()
    },
  ]

  struct Growth {
    let text: String
    /// Twice the time per byte, and not because it is short.
    let isSteep: Bool
  }

  /// Reads and writes the document at half its size and at its size.
  func growth() -> Growth {
    let clock = ContinuousClock()
    let half = clock.measure { run(size / 2) }
    let whole = clock.measure { run(size) }
    let ratio = whole / half / (Double(text(size).utf8.count) / Double(max(text(size / 2).utf8.count, 1)))
    let milliseconds = whole / .milliseconds(1)
    return Growth(
      text:
        "\(name), \(size): \(Int(milliseconds)) ms, \(Double(Int(ratio * 10)) / 10) times as long per byte as half as many",
      isSteep: ratio > 1.7 && milliseconds > 200)
  }

  /// Values are recorded, directives get results; whatever comes of it, it must end.
  @discardableResult func run(_ size: Int) -> [UInt8]? {
    let (document, _) = HostileTally.parse(Array(text(size).utf8))
    var edits = document.spans.filter { $0.kind != .claim }.map { document.edit(recording: "12", at: $0) }
    edits += document.edits(removing: document.spans.filter { $0.kind == .claim })
    edits += document.directives.map { document.edit(replacing: $0, with: "| a |\n|---|\n| 1 |") }
    edits += document.references.map { document.edit(linking: $0, words: "Table 1", anchor: "tbl-a") }
    return try? StructureGuard.settle(document, edits: edits).result
  }
}
