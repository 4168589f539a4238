// The verdicts must be those of check.py.
import Testing

@testable import ReferenceRunner

@Suite struct ComparisonTests {
  func reference(
    _ expect: [String: JSONTree], analysis: String = "km", tolerance: [String: JSONTree] = [:]
  ) throws -> ReferenceCase {
    try ReferenceCase(
      .object([
        "id": .text("x"), "analysis": .text(analysis), "spec": .object([:]), "expect": .object(expect),
        "tolerance": .object(["rel": .number(1e-8), "abs": .number(1e-10)].merging(tolerance) { $1 }),
      ]))
  }

  func verdict(
    _ expect: [String: JSONTree], _ values: [String: JSONTree], status: String = "ok",
    analysis: String = "km",
    tolerance: [String: JSONTree] = [:]
  ) throws -> Verdict {
    Comparison(reference: try reference(expect, analysis: analysis, tolerance: tolerance))
      .outcome(status: status, messages: [], values: values).verdict
  }

  @Test func numbers() throws {
    #expect(try verdict(["n": .number(3)], ["n": .number(3)]) == .pass)
    #expect(try verdict(["n": .number(3)], ["n": .number(3.000_000_1)]) == .fail)
    #expect(try verdict(["n": .number(3), "m": .number(1)], ["n": .number(3)]) == .partial)
    #expect(try verdict(["n": .number(3)], ["n": .text("NA")]) == .fail)
    #expect(try verdict(["or": .text("Inf")], ["or": .text("Inf")]) == .pass)
    #expect(try verdict(["or": .text("Inf")], ["or": .number(1e300)]) == .fail)
    let loose = ["p": JSONTree.object(["rel": .number(0.1), "abs": .number(0)])]
    #expect(try verdict(["p[a]": .number(1)], ["p[a]": .number(1.05)], tolerance: loose) == .pass)
  }

  @Test func missingValues() throws {
    #expect(try verdict(["surv[t=9]": .text("NA")], ["surv[t=9]": .text("NA")]) == .pass)
    #expect(try verdict(["surv[t=9]": .text("NA")], [:]) == .pass)
    #expect(try verdict(["surv[t=9]": .text("NA")], ["surv[t=9]": .number(0.2)]) == .fail)
    #expect(try verdict(["lower[t=9]": .text("NA")], ["lower[t=9]": .number(0)]) == .pass)
  }

  @Test func outcomes() throws {
    #expect(try verdict(["outcome": .text("error")], [:], status: "error") == .pass)
    #expect(try verdict(["outcome": .text("error")], [:], status: "crash") == .fail)
    #expect(try verdict(["outcome": .text("error")], [:], status: "ok") == .fail)
    #expect(try verdict(["n": .number(1)], [:], status: "error") == .fail)
    #expect(try verdict(["n": .number(1)], ["n": .number(1)], status: "warning") == .pass)
    let aliased: [String: JSONTree] = [
      "outcome": .text("ok-with-warning"), "aliased": .list([.text("b")]), "coef[a]": .number(1),
      "loglik": .number(2),
    ]
    // Another column dropped: the likelihood alone is compared.
    #expect(
      try verdict(
        aliased, ["aliased": .list([.text("a")]), "coef[a]": .number(5), "loglik": .number(2)],
        status: "warning")
        == .pass)
    #expect(
      try verdict(
        aliased, ["aliased": .list([.text("b")]), "coef[a]": .number(5), "loglik": .number(2)],
        status: "warning")
        == .fail)
    #expect(
      try verdict(aliased, ["loglik": .number(2), "coef[a]": .number(1)], status: "warning") == .partial)
  }

  @Test func oneFamilyOfFineAndGrayIsEnough() throws {
    let expect: [String: JSONTree] = [
      "n": .number(9), "coef[a]": .number(1), "finegray.breslow.coef[a]": .number(2),
      "finegray.efron.coef[a]": .number(3),
    ]
    #expect(try verdict(expect, ["n": .number(9), "coef[a]": .number(1)], analysis: "finegray") == .pass)
    #expect(
      try verdict(expect, ["n": .number(9), "finegray.breslow.coef[a]": .number(2)], analysis: "finegray")
        == .pass)
    #expect(try verdict(expect, ["n": .number(9), "coef[a]": .number(7)], analysis: "finegray") == .fail)
  }

  @Test func lists() throws {
    #expect(
      try verdict(
        ["columns": .list([.text("a"), .text("b")])], ["columns": .list([.text("b"), .text("a")])]) == .pass)
    #expect(try verdict(["type[x]": .text("number-or-text")], ["type[x]": .text("text")]) == .pass)
    #expect(try verdict(["type[x]": .text("number-or-text")], ["type[x]": .text("date")]) == .fail)
  }
}
