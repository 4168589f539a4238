// Numbers that would mislead: intervals without width, arms of one patient, subgroups without a model.

import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct MisleadingNumberTests {
  /// Group c is one patient who died at 3; nobody in d has an event.
  static let data = """
    g,arm,time,dead,x
    a,p,1,1,1
    a,q,3,1,4
    a,p,4,0,2
    a,q,5,0,5
    b,p,2,1,3
    b,q,2,1,1
    b,p,4,1,6
    b,q,6,0,2
    c,p,3,1,4
    d,q,5,0,5
    d,p,6,0,1
    ,q,5,1,2
    """

  static func bench(_ directive: String, data: String = data) throws -> DirectiveBench {
    try DirectiveBench("```{data #d}\nsource: d.csv\n```\n\n" + directive, files: ["d.csv": data])
  }

  @Test func aMeanWithoutAnErrorHasNoIntervalAndNoComparison() throws {
    let bench = try Self.bench(
      "```{restricted-mean #r}\ndata: d\nformula: Surv(time, dead == 1) ~ g\ntau: 4\n```")
    // R's survmean has these too: the numbers stay, print does not pretend that they are known exactly.
    #expect(bench.number(#"r["c"].mean"#) == 3 && bench.number(#"r["c"].mean.se"#) == 0)
    #expect(bench.number(#"r["c"].difference"#) == 0 && bench.number(#"r["d"].difference"#) == 1)
    #expect(bench.quantity(#"r["c"].difference.p"#) == .notEstimable)
    #expect(bench.quantity(#"r["c"].difference.upper"#) == .notEstimable)
    #expect(bench.quantity(#"r["d"].ratio.p"#) == .notEstimable)
    #expect(
      bench.lines(of: "r").contains("| c | 1 | 1 | 3.0 (NE) | 1.00 (NE) | 0.00 (NE) | NE | 1.00 (NE) |"),
      "\(bench.lines(of: "r"))")
    #expect(bench.note(of: "r").contains("no standard error for c, d, whose survival does not vary"))
  }

  @Test func aMedianWithoutLimitsIsNotAnUnreachedOne() throws {
    let bench = try Self.bench(
      "```{kaplan-meier #k}\ndata: d\nformula: Surv(time, dead == 1) ~ g\ntimes: [4]\n```")
    #expect(bench.number(#"k["c"].median"#) == 3)
    #expect(bench.quantity(#"k["c"].median.lower"#) == .notEstimable)
    #expect(bench.quantity(#"k["d"].median.lower"#) == .notReached)
    #expect(
      bench.note(of: "k").contains(
        "S(t) is not estimated after the last observed time, at which the curve of c is 0"),
      "\(bench.note(of: "k"))")
  }

  @Test func theMilestoneNamesTheTestThatItDid() throws {
    func note(_ times: String) throws -> String {
      try Self.bench(
        "```{milestone #m}\ndata: d\nformula: Surv(time, dead == 1) ~ g\ntimes: \(times)\nwhere: g in [\"a\", \"b\"]\n```"
      ).note(of: "m")
    }
    // At 1.5 nobody of b has died; at 3 some of both have.
    #expect(try note("[1.5]").contains("P by the difference of S, since a survival of 0 or 1"))
    #expect(
      try note("[1.5, 3]").contains("log(−log S); where a survival is 0 or 1, by the difference of S"))
    #expect(try note("[3]").contains("P by the difference of log(−log S)"))
  }

  @Test func subgroupsWithoutAModelShowTheirRows() throws {
    let bench = try Self.bench(
      "```{subgroups #s}\ndata: d\nformula: Surv(time, dead == 1) ~ arm\nsubgroups: [g]\n```")
    let lines = bench.lines(of: "s")
    #expect(lines.contains { $0.contains("c | 1/1 | 0/0 | NE") }, "\(lines)")
    #expect(bench.note(of: "s").contains("in no subgroup for a missing value: g 1"))
  }

  @Test func oneTreatedRowIsSaidToBeOne() throws {
    let rows = (0..<60).map { "\($0 == 7 ? 1 : 0),\($0 % 13),\(10 + $0),\($0 % 3 == 0 ? 1 : 0)" }
    let data = "t,x,time,dead\n" + rows.joined(separator: "\n") + "\n"
    let bench = try Self.bench(
      "```{propensity #p}\ndata: d\ntreatment: t == 1\nformula: ~ x\noutcome: Surv(time, dead == 1)\n```",
      data: data)
    let messages = bench.warnings.filter { $0.code == .unstableWeights }.map(\.message)
    #expect(messages.count == 2, "\(messages)")
    #expect(messages.first?.contains("the effective sample size of 't: 1' is 1.0") ?? false)
    #expect(bench.note(of: "p").contains("are not to be relied on"))
    let outcome = bench.tables(of: "p").last?.markdownGrid(.plain) ?? ""
    #expect(outcome.contains("| Group | N | Events | HR (95% CI) | P |"), "\(outcome)")
    #expect(outcome.contains("| t: 0 | 59 | 20 |"), "\(outcome)")
    let notes = bench.tables(of: "p").last?.notes ?? []
    #expect(!notes.joined().contains("Kaplan–Meier"))
  }
}
