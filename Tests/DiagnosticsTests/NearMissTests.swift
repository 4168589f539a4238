import Testing

@testable import Diagnostics

@Suite struct NearMissTests {
  @Test(arguments: [
    ("os_month", ["os_months", "age"], "os_months"),
    ("aeg", ["sex", "age"], "age"),  // a swap is one slip
    ("AGE", ["aged", "age"], "age"),
    ("treatmnet", ["treatment", "treated"], "treatment"),
    ("cat", ["car", "bat"], "bat"),  // equally close: code-point order
  ])
  func findsTheClosest(word: String, candidates: [String], expected: String) {
    #expect(NearMiss.best(for: word, among: candidates) == expected)
    #expect(NearMiss.remedy(for: word, among: candidates) == "did you mean '\(expected)'?")
  }

  @Test func staysSilentWhenNothingIsClose() {
    #expect(NearMiss.best(for: "x", among: ["y", "sex"]) == nil)
    #expect(NearMiss.best(for: "survival", among: ["treatment"]) == nil)
    #expect(NearMiss.best(for: "age", among: []) == nil)
    #expect(NearMiss.best(for: "age", among: ["age"]) == nil)
  }

  @Test func doesNotDependOnTheOrderOfCandidates() {
    let candidates = ["stage", "staged", "stages", "age"]
    #expect(
      NearMiss.ranked(for: "stge", among: candidates)
        == NearMiss.ranked(for: "stge", among: candidates.reversed()))
  }
}
