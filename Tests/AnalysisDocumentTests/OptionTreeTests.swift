// Reading option blocks: values, styles, and where everything stands.

import Diagnostics
import Testing

@testable import AnalysisDocument

struct OptionTreeTests {
  private func read(_ yaml: String) -> OptionTree? {
    let (tree, diagnostics) = OptionTree.parse(SourceText(yaml, path: "options"))
    #expect(diagnostics.isEmpty)
    return tree
  }

  static let outlines: [(String, String)] = [
    ("", "nothing"),
    ("\n# nothing\n\n", "nothing"),
    ("data: nelm\nformula: os ~ treatment\n", "{data: nelm, formula: os ~ treatment}"),
    ("times: [60, 120]\n", "{times: [60, 120]}"),
    ("times:\n- 60\n- 120\nx: y\n", "{times: [60, 120], x: y}"),
    ("times:\n  - 60\n  -\n  - ~\n", "{times: [60, ~, ~]}"),
    ("a:\nb: ''\nc: \"\"\nd: null\ne: \"null\"\n", "{a: ~, b: \"\", c: \"\", d: ~, e: \"null\"}"),
    ("a: yes\nb: 1\nc: '1'\n", "{a: yes, b: 1, c: \"1\"}"),
    ("- a > 1\n- \"b\"\n- - x\n  - y\n- k: v\n  l: w\n", "[a > 1, \"b\", [x, y], {k: v, l: w}]"),
    ("a: one\n  two\n\n  three\nb: 'it''s'\n", "{a: one two\nthree, b: \"it's\"}"),
    ("a: \"one\\\n  two\\n\\u00e9\\x41\"\n", "{a: \"onetwo\né" + "A\"}"),
    (
      "a: |\n  one\n    two\n\n  three\nb: >\n  one\n  two\n\n  three\n",
      "{a: \"one\n  two\n\nthree\n\", b: \"one two\nthree\n\"}"
    ),
    ("a: |-\n  one\nb: >+\n  two\n\nc: |2\n   x\n", "{a: \"one\", b: \"two\n\n\", c: \" x\n\"}"),
    ("age: {label: Age, unit: years}\n", "{age: {label: Age, unit: years}}"),
    (
      "levels: [a b, 'c, d', \"e|f\", {x: [y]}, g: h,\n  i,\n]\n",
      "{levels: [a b, \"c, d\", \"e|f\", {x: [y]}, {g: h}, i]}"
    ),
    ("'quoted key': 1\n\"other\": 2\nhttp://x: 3\n", "{quoted key: 1, other: 2, http://x: 3}"),
    ("a: b # comment\n# another\nc: d#e\n", "{a: b, c: d#e}"),
    ("where: age >= 18 and sex == \"f\"\n", "{where: age >= 18 and sex == \"f\"}"),
    (
      "formula: Surv(time, status == 1) ~ `my col` + x:y\n",
      "{formula: Surv(time, status == 1) ~ `my col` + x:y}"
    ),
    ("- os[\"hepatic resection\"].median > 5\n", "[os[\"hepatic resection\"].median > 5]"),
    ("{a: 1, b}\n", "{a: 1, b: ~}"),
    ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", "{a: 1, b: \"x\ny\n\"}"),
  ]

  @Test(arguments: outlines) func blocksReadAsYAML(yaml: String, expected: String) {
    #expect(outline(read(yaml)) == expected)
  }

  @Test func everyByteKnowsItsPlace() throws {
    let yaml = "é: \"a\\n😀b\"\nlist:\n  - 'x''y'\n  - one\n    two\nf: [ä, b]\n"
    let tree = try #require(read(yaml)?.mapping)
    #expect(tree.entries[0].key.range().end == SourcePosition(line: 1, column: 2))
    let escaped = try #require(tree["é"]?.scalar)
    // a, \n, 😀 (four bytes), b
    #expect(escaped.text.range(0..<1).start.column == 5)
    #expect(escaped.text.range(1..<2).start.column == 6)
    #expect(escaped.text.range(2..<6).start.column == 8)
    #expect(escaped.text.range(6..<7).start.column == 9)
    #expect(escaped.range.text == "\"a\\n😀b\"")
    let list = try #require(tree["list"]?.sequence)
    #expect(list.elements[0].scalar?.text.range(2..<3).start == SourcePosition(line: 3, column: 9))
    #expect(list.elements[1].scalar?.text.range(4..<7).start == SourcePosition(line: 5, column: 5))
    #expect(list.elements[1].range.text == "one\n    two")
    #expect(list.range.text == "- 'x''y'\n  - one\n    two")
    let flow = try #require(tree["f"]?.sequence)
    #expect(flow.range.text == "[ä, b]")
    #expect(flow.elements[1].range.start.column == 8)
  }

  @Test func blockScalarsKeepPlaces() throws {
    let tree = try #require(read("a: >\n  one\n  two\nb: 1\n")?.mapping)
    let scalar = try #require(tree["a"]?.scalar)
    #expect(scalar.string == "one two\n")
    #expect(scalar.text.range(4..<7).start == SourcePosition(line: 3, column: 3))
    #expect(scalar.range.text == ">\n  one\n  two")
    #expect(tree.entry("b")?.key.range().start == SourcePosition(line: 4, column: 1))
  }

  @Test func scalarsSayWhetherTheyWereQuoted() throws {
    let tree = try #require(read("a: ~\nb: '~'\nc: Null\nd: nullable\n")?.mapping)
    #expect(tree["a"]?.isNull == true)
    #expect(tree["b"]?.isNull == false)
    #expect(tree["b"]?.scalar?.isQuoted == true)
    #expect(tree["c"]?.isNull == true)
    #expect(tree["d"]?.isNull == false)
  }

  @Test func emptyValuesStandBehindTheirColon() throws {
    let tree = try #require(read("abc:\nd: 1\n")?.mapping)
    #expect(tree["abc"]?.range.start == SourcePosition(line: 1, column: 5))
  }

  @Test func nestingCostsNoMoreThanItsLength() {
    let deep = String(repeating: "- ", count: 20_000) + "x\n"
    let (tree, diagnostics) = OptionTree.parse(SourceText(deep, path: "options"))
    #expect(tree == nil)
    #expect(diagnostics.count == 1)
    let wide = "a: [" + String(repeating: "x, ", count: 20_000) + "]\n"
    #expect(
      OptionTree.parse(SourceText(wide, path: "options")).0?.mapping?["a"]?.sequence?.elements.count == 20_000
    )
  }
}

extension OptionTree: CustomTestStringConvertible {
  public var testDescription: String { outline(self) }
}
