// Matching from a document: sets, balance and outcome against R, and the matched rows as a data set.

import Diagnostics
import Foundation
import Testing

@Suite struct MatchingDirectiveTests {
  static func bench(_ options: String, after: String = "", shuffled: Bool = false) throws -> DirectiveBench {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RegressionTests/Fixtures/matching.csv")
    var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    if shuffled { lines = [lines[0]] + lines.dropFirst().sorted() }
    return try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      outcomes:
        os: Surv(time, died == 1)
      ```

      ```{matching #m}
      data: d
      treatment: trt == 1
      formula: ~ age + sex
      outcome: os
      times: [10]
      \(options)
      ```
      \(after)
      """, files: ["d.csv": lines.joined(separator: "\n") + "\n"])
  }

  static func expect(_ bench: DirectiveBench, _ path: String, _ value: Double, _ tolerance: Double = 1e-7) {
    let got = bench.number(path) ?? .nan
    #expect(abs(got - value) <= tolerance * max(1, abs(value)), "\(path): \(got), R has \(value)")
  }

  /// Expected values from `RegressionTests/Fixtures/matching.R`.
  @Test func outcomeOverMatchedSetsAgreesWithR() throws {
    let bench = try Self.bench("ratio: 2\ncaliper: 0.05\nexact: [site]")
    #expect(bench.number("m.matched_treated") == 16 && bench.number("m.matched_controls") == 21)
    #expect(bench.number("m.unmatched") == 6 && bench.number("m.treated") == 22)
    Self.expect(bench, "m.caliper", 0.009791236026919364)
    Self.expect(bench, "m.hr.coefficient", -0.7483774265902130)
    Self.expect(bench, "m.hr.se", 0.4218506151010844)
    Self.expect(bench, "m.hr.robust_se", 0.4319057860754990)
    Self.expect(bench, "m.survival[\"0\"].at(10).survival", 0.6805555555555558)
    Self.expect(bench, "m.survival[\"1\"].at(10).survival", 0.9166666666666666)
    Self.expect(bench, "m.survival[\"0\"].at(10).survival.se", 0.11068870886288998)
    Self.expect(bench, "m.survival[\"1\"].at(10).survival.se", 0.07978559231302816)
    Self.expect(bench, "m.balance[\"age\"].before", 0.1075628509353725)
    Self.expect(bench, "m.balance[\"age\"].after", 0.2252638419675836)
    #expect(bench.warnings.map(\.code) == [.unmatched])
    let note = bench.note(of: "m")
    #expect(
      note.contains("up to 2 controls each, without replacement, within site, the largest scores first"))
    #expect(note.contains("16 of 22 treated matched to 21 of 68 controls"))
    #expect(note.contains("by more than 0.1 after matching"))
  }

  @Test func replacementAgreesWithR() throws {
    let bench = try Self.bench("replacement: true")
    #expect(bench.number("m.matched_treated") == 22 && bench.number("m.matched_controls") == 16)
    Self.expect(bench, "m.hr.coefficient", -0.2222115208919810)
    Self.expect(bench, "m.hr.robust_se", 0.4370216715280432)
    Self.expect(bench, "m.survival[\"0\"].at(10).survival.se", 0.1021640837085127)
    #expect(bench.warnings.isEmpty)
    // The caliper that nobody asked for: a fifth of the standard deviation, unless it is waived.
    Self.expect(bench, "m.caliper", 4 * 0.009791236026919364)
    #expect(bench.note(of: "m").contains("caliper 0.039"))
    #expect(try Self.bench("caliper: none").note(of: "m").contains("no caliper"))
  }

  @Test func matchedRowsAreADataSet() throws {
    let after = """

      ```{cox #c}
      data: m
      formula: os ~ trt
      weights: match_weight
      cluster: matched_set
      ```

      ```{summary #s}
      data: m
      by: sex
      variables: [age]
      ```
      """
    let bench = try Self.bench("ratio: 2\ncaliper: 0.05\nexact: [site]", after: after)
    #expect(bench.number("c.n") == 37 && bench.number("s.n") == 37)
    Self.expect(bench, "c[\"trt\"].coefficient", -0.7483774265902130)
    Self.expect(bench, "c[\"trt\"].robust_se", 0.4319057860754990)
  }

  @Test func theOrderOfTheFileDoesNotShow() throws {
    let options = "ratio: 2\ncaliper: 0.5"
    let (one, other) = (try Self.bench(options), try Self.bench(options, shuffled: true))
    #expect(one.lines(of: "m") == other.lines(of: "m") && one.note(of: "m") == other.note(of: "m"))
    for path in ["m.hr", "m.hr.robust_se", "m.balance[\"age\"].after", "m.distance.mean"] {
      Self.expect(one, path, try #require(other.number(path)), 1e-12)
    }
  }

  @Test func nobodyMatchedIsAnError() {
    #expect {
      try Self.bench("caliper: 0.0000001")
    } throws: { ($0 as? Diagnostic)?.code == .noRows }
    #expect {
      try Self.bench("caliper: -1")
    } throws: { ($0 as? DiagnosticList)?.diagnostics.map(\.code) == [.invalidOption] }
  }
}
