// The text of result files.
import Testing

@testable import Presentation

@Suite struct JSONTextTests {
  @Test func results() {
    let bytes = ResultsText.render(
      [
        "os[\"a|b\"].median": JSONValue(.notReached), "os.n": .integer(58), "os.log_rank.p": .number(1.25e-7),
        "os[\"é\"].n": .number(0.1), "os.hr": JSONValue(.withheld), "os.upper": .number(.infinity),
      ],
      inputs: .object(["data/nelm.csv": .text("ab12"), "columns": .list([.text("age"), .text("os")])]))
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {
          "inputs": {
            "columns": ["age","os"],
            "data/nelm.csv": "ab12"
          },
          "os.hr": "withheld",
          "os.log_rank.p": 1.25e-7,
          "os.n": 58,
          "os.upper": "Inf",
          "os[\\"a|b\\"].median": "NR",
          "os[\\"é\\"].n": 0.1
        }

        """)
    #expect(String(decoding: ResultsText.render([:]), as: UTF8.self) == "{\n  \"inputs\": {}\n}\n")
  }

  @Test func stringsAreEscaped() {
    #expect(
      JSONValue.quoted("a\"b\\c\n\t\r\u{1}\u{7F}\u{2028}é😀")
        == "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f\\u2028é😀\"")
  }

  @Test func compact() {
    let value = JSONValue.object(["b": .flag(true), "a": .null, "c": .list([.number(-0.0), .number(.nan)])])
    #expect(value.compactText == #"{"a":null,"b":true,"c":[0,"NE"]}"#)
    #expect(JSONValue(.missing) == .null)
    #expect(JSONValue(.value(2)) == .number(2))
  }
}
