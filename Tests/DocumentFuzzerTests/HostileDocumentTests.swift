// Documents that nobody would write: whatever stands in them, only Meier's bytes change.

import NumericalMethods
import Testing

@testable import DocumentFuzzer

@Suite struct HostileDocumentTests {
  /// `make fuzz` reads many more.
  @Test(arguments: 0..<4) func onlyOwnBytesChange(part: Int) {
    let tally = DocumentFuzzer.tally(count: 1000, seed: 1000 + UInt64(part))
    #expect(!tally.isFailure, "\(tally.report)")
    #expect(tally.documents == 1000)
    #expect(tally.spans > 1000 && tally.recorded > 20 && tally.directives > 300)
  }

  /// At a tenth of their size; the time is `make fuzz`'s to judge.
  @Test(arguments: PathologicalDocument.all) func longDocumentsEnd(_ document: PathologicalDocument) {
    _ = document.run(document.size / 20)
  }

  @Test func stacksOfQuotesAndListsDoNotOverflow() {
    for text in [
      String(repeating: ">", count: 50_000), String(repeating: "- ", count: 5000),
      String(repeating: "[", count: 50_000), String(repeating: "*a ", count: 20_000),
      "```{cox #a}\nx: " + String(repeating: "[", count: 50_000) + "\n```\n",
      "`{= " + String(repeating: "(", count: 50_000) + "}`\n",
    ] {
      _ = HostileTally.parse(Array(text.utf8))
    }
  }

  // MARK: The check itself

  @Test func aLostByteIsNoticed() {
    typealias Part = NestedDocument.Part
    let parts = [
      Part(kind: .author, bytes: Array("> a ".utf8)), Part(kind: .value, bytes: Array("`{= x}`".utf8)),
      Part(kind: .author, bytes: Array(" b\n".utf8)),
    ]
    let kept = KeptBytes(parts: parts)
    func isKept(_ text: String) -> Bool { kept.areIn(place: Array(text.utf8)) }
    #expect(isKept("> a 1<!--= x → 1 --> b\n") && isKept("> a `{= x}` b\n"))
    #expect(!isKept("> a 1<!--= x → 1 -->  b\n") && !isKept("> a 1 b\n") && !isKept("> a 1<!--= x → 1 --> b"))
    func isManuscript(_ text: String) -> Bool {
      kept.areIn(manuscript: Array(text.utf8), values: ["1"], words: [])
    }
    #expect(isManuscript("> a 1 b\n") && !isManuscript("> a 1 c\n") && !isManuscript("> a 1\n"))
  }
}
