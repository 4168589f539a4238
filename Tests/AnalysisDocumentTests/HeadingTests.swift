// Headings, their anchors and ids.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct HeadingTests {
  @Test func headingsAreListed() {
    let (document, diagnostics) = parse(
      "# One *two* `x`\n\nA\nb\n===\n\n> ### Q {#sec-q}\n\n## One two x ##\n\n## Methods {#sec-methods-2} ##\n\nS {#sec-s}\n---\n"
    )
    #expect(diagnostics.isEmpty)
    #expect(document.headings.map(\.level) == [1, 1, 3, 2, 2, 2])
    #expect(document.headings.map(\.text) == ["One two x", "A b", "Q", "One two x", "Methods", "S"])
    #expect(
      document.headings.map(\.slug) == [
        "one-two-x", "a-b", "q-sec-q", "one-two-x-1", "methods-sec-methods-2", "s-sec-s",
      ])
    #expect(
      document.headings.map { $0.sectionID?.string } == [nil, nil, "sec-q", nil, "sec-methods-2", "sec-s"])
    #expect(document.headings.map(\.line) == [1, 3, 7, 9, 11, 13])
    #expect(document.text(document.headings[1].range) == "A\nb\n===")
    #expect(document.headings[2].sectionID?.range().text == "sec-q")
  }

  /// As GitHub makes them.
  static let slugs: [(String, String)] = [
    ("Hello, World!", "hello-world"), ("Überleben & Tod", "überleben--tod"), ("a_b-c", "a_b-c"),
    ("P < 0.05", "p--005"),
    ("日本語", "日本語"), ("😀 x", "-x"), ("É", "é"), ("", ""),
  ]

  @Test(arguments: slugs) func slugsAreGitHubs(_ text: String, slug: String) {
    #expect(Heading.slug(of: text) == slug)
  }

  @Test func repeatedSlugsAreNumbered() {
    let (document, _) = parse("# a\n# a\n# a-1\n# a\n")
    #expect(document.headings.map(\.slug) == ["a", "a-1", "a-1-1", "a-2"])
  }
}
