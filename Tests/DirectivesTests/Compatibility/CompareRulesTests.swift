// One model under all rules: which rules matter, and that the others are not mentioned.

import Diagnostics
import Directives
import Testing

@Suite struct CompareRulesTests {
  static let compare = "\n```{compare-rules #r}\nof: m\n```\n"

  @Test func onlyTiesMatterToAModelWithTies() throws {
    let bench = try CompatibilityTests.bench(
      CompatibilityTests.six, CompatibilityTests.cox() + Self.compare, .meier)
    let efron = try #require(bench.number("r.r[\"x\"].coefficient"))
    let breslow = try #require(bench.number("r.sas[\"x\"].coefficient"))
    #expect(abs(efron - 1.676857) < 1e-5 && abs(breslow - 1.4752848) < 1e-5)
    #expect(bench.number("r.rule(\"ties\").moved").map { $0 > 5 } == true)
    #expect(bench.quantity("r.rule(\"near-equal-times\").moved") == nil)
    #expect(bench.quantity("r.rule(\"confidence-type\").moved") == nil)
    let rules = bench.tables(of: "r").last?.markdownGrid(.plain) ?? ""
    #expect(rules.contains("| ties in Cox models | efron | efron | breslow | breslow |"))
    let results = bench.lines(of: "r")
    #expect(results.first == "| Quantity | Meier | R | SAS | Stata |")
    #expect(results.contains { $0.hasPrefix("| x, HR |") })
  }

  @Test func anOptionOfTheAuthorHoldsEverywhere() throws {
    let bench = try CompatibilityTests.bench(
      CompatibilityTests.six,
      CompatibilityTests.cox("ties: breslow\nconvergence: log-likelihood-and-score") + Self.compare,
      .meier)
    #expect(bench.number("r.differing") == 0)
    #expect(bench.written("r").contains { $0.contains("make no difference here") })
  }

  @Test func anAnalysisOfItsOwn() throws {
    let bench = try CompatibilityTests.bench(
      CompatibilityTests.flat,
      "```{compare-rules #r}\ndata: d\nformula: Surv(time, status == 1) ~ 1\nanalysis: kaplan-meier\ntimes: [1, 9]\n```\n",
      .stata)
    #expect(bench.number("r.meier.median") == 3 && bench.number("r.stata.median") == 2)
    #expect(bench.quantity("r.sas.median") == .notReached)
    // The median, and the same again as the quantile 0.5.
    #expect(bench.number("r.rule(\"quantile-rule\").moved") == 2)
    #expect(bench.number("r.rule(\"beyond-last-time\").moved") == 0)
    #expect(bench.number("r.rule(\"confidence-type\").moved").map { $0 > 0 } == true)
  }

  @Test func aProgramWithoutSuchAnAnswerSaysSo() throws {
    let data = "time,status,x\n1,1,1\n2,1,0\n3,0,1\n4,1,0\n5,1,1\n6,0,0\n"
    let bench = try CompatibilityTests.bench(
      data, CompatibilityTests.cox("ties: exact") + Self.compare, .meier)
    #expect(bench.note(of: "r").contains("SAS: the exact marginal likelihood"))
    #expect(bench.number("r.r[\"x\"].hr") != nil && bench.quantity("r.sas[\"x\"].hr") == nil)
  }

  @Test func modelsBelowAreFittedUnderTheRulesToo() throws {
    // Breslow's fit tested on Stata's time scale: as a document of Stata's own has it.
    let test = CompatibilityTests.cox() + "\n```{proportional-hazards #z}\nmodel: m\n```\n"
    let own = try CompatibilityTests.bench(CompatibilityTests.six, test, .stata)
    let compared = try CompatibilityTests.bench(
      CompatibilityTests.six, test + "\n```{compare-rules #r}\nof: z\n```\n", .meier)
    #expect(compared.number("r.stata[\"x\"].chi_squared") == own.number("z[\"x\"].chi_squared"))
    #expect(compared.number("r.rule(\"ties\").moved").map { $0 > 0 } == true)
  }

  @Test func quartilesAreShownWhereTheyDiffer() throws {
    let bench = try CompatibilityTests.bench(
      CompatibilityTests.flat,
      "```{summary #s}\ndata: d\nvariables: [time]\n```\n\n```{compare-rules #r}\nof: s\n```\n", .meier)
    #expect(bench.lines(of: "r").contains("| time, q1 | 1.75 | 1.75 | 1.50 | 1.50 |"))
  }

  @Test func whatToCompareMustBeNamed() {
    let data = "```{data #d}\nsource: d.csv\n```\n"
    let files = ["d.csv": CompatibilityTests.six]
    #expect(
      DirectiveBench.problems(data + "```{compare-rules #r}\n```\n", files: files).map(\.code) == [
        .missingOption
      ])
    #expect(
      DirectiveBench.problems(data + "```{compare-rules #r}\nof: d\n```\n", files: files).map(\.code)
        == [.unknownResult])
  }
}
