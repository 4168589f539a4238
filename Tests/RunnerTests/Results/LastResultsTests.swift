// What a run reads back of the run before.

import Presentation
import Testing

@testable import Runner

@Suite struct LastResultsTests {
  private static func parse(_ text: String) -> LastResults { LastResults.parse(Array(text.utf8)) }

  @Test func whatWasRenderedIsReadBack() {
    let values: [String: JSONValue] = [
      "os[\"a \\\"b\\\"\\n\"].median": .number(1 / 3), "os.n": .integer(649), "os.median.upper": .text("NR"),
      "os[\"größe\u{1F600}\"].hr": .number(-1.5e-20), "x": .null, "t": .text("a\t\u{1}\"\\"),
    ]
    let inputs = JSONValue.object([
      "os": .object(["directive": .text("cox"), "result": .text("0123abcd"), "semantics": .integer(1)]),
      "d": .object(["directive": .text("data")]),
    ])
    let last = LastResults.parse(ResultsText.render(values, inputs: inputs))
    #expect(last.values.count == values.count)
    #expect(last.values["os[\"a \\\"b\\\"\\n\"].median"] == "0.333333333333")
    #expect(last.values["os.n"] == "649")
    #expect(last.values["os.median.upper"] == "NR")
    #expect(last.values["os[\"größe\u{1F600}\"].hr"] == "-1.5e-20")
    #expect(last.values["x"] == "missing")
    #expect(last.values["t"] == "a\t\u{1}\"\\")
    #expect(last.digests == ["os": "0123abcd"])
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{\"a\": }", "{\"a\": 1,}", "{\"a\": 1} x", "{\"a\": \"\\u12\"}", "{\"a\": tru}",
    "{\"a\" 1}", "{\"inputs\": 3, \"a\": --}", "\u{FEFF}{}", String(repeating: "[", count: 100_000),
    "{\"a\": \"\\", "{\"a\": \"\\ud800\"",
  ]) func whatIsNoJSONIsNothing(_ text: String) {
    let last = Self.parse(text)
    #expect(last.values.isEmpty && last.digests.isEmpty)
  }

  @Test func escapesOfOtherWritersAreUnderstood() {
    let last = Self.parse(
      #"{ "\u0061\/\ud83d\ude00" : 1e3 , "b":[1,[2]], "c":{"d":true}, "inputs":{"x":{"result":7}}}"#)
    #expect(last.values == ["a/😀": "1000"])
    #expect(last.digests.isEmpty)
  }

  @Test func noFileIsNothing() { #expect(LastResults.read("/nowhere/results.json").values.isEmpty) }
}
