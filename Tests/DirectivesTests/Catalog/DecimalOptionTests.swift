// Decimals by `digits:` and `percent-digits:`, and words without code.

import Presentation
import Testing

@testable import Directives

@Suite struct DecimalOptionTests {
  static func bench(_ directives: String, style: JournalStyle = .plain) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        months: {label: Overall survival, unit: months}
        arm: {label: Treatment}
      outcomes:
        os: Surv(months, died == 1)
      ```

      \(directives)
      """, files: ["d.csv": CaptionTests.data], style: style)
  }

  @Test func survivalAndRatiosTakeTheDecimalsAskedFor() throws {
    let bench = try Self.bench(
      """
      ```{kaplan-meier #k}
      data: d
      formula: os ~ arm
      times: [24]
      digits: 2
      percent-digits: 1
      ```

      ```{cox #c}
      data: d
      formula: os ~ arm
      digits: 3
      ```

      ```{summary #s}
      data: d
      by: arm
      variables: [age, resected]
      percent-digits: 2
      digits: 1
      ```
      """)
    let curve = bench.lines(of: "k")[1]
    #expect(
      curve.wholeMatch(
        of: /\| A \| 20 \| \d+ \| \d+\.\d\d \(\d+\.\d\d–\d+\.\d\d\) \| \d+\.\d \(\d+\.\d–\d+\.\d\) \|/)
        != nil, "\(curve)")
    let ratio = bench.lines(of: "c").last ?? ""
    #expect(ratio.contains(/\d\.\d\d\d \(\d\.\d\d\d–\d\.\d\d\d\)/), "\(ratio)")
    #expect(bench.written("c").contains { $0.hasPrefix("<svg") && $0.contains(/>\d\.\d\d\d \(/) })
    let summary = bench.lines(of: "s")
    #expect(summary[1].contains(/\d\d\.\d \(\d\d\.\d–\d\d\.\d\)/), "\(summary[1])")
    #expect(summary[2].contains(/\(\d+\.\d\d%\)/), "\(summary[2])")
  }

  @Test func missingValuesHaveTheirShare() throws {
    let document =
      "```{data #d}\nsource: d.csv\n```\n```{summary #t}\ndata: d\nvariables: [x, sex]\nmissing-percent: true\n```\n"
    let bench = try DirectiveBench(document, files: ["d.csv": "x,sex\n1,m\n2,NA\nNA,f\n4,f\n"])
    let lines = bench.lines(of: "t")
    #expect(lines.contains("| &emsp;Missing, n (%) | 1 (25%) |"))
    #expect(lines.last == "| &emsp;Missing | 1 (25%) |")
  }

  @Test func conditionsReadAsInPrint() throws {
    let bench = try Self.bench("```{logistic #l}\ndata: d\nformula: sex == 2 ~ age\n```\n")
    let data = try #require(bench.outputs["d"]?.dataSet)
    #expect(data.readable("arm == \"Lev+5FU\" and age>=65") == "treatment = Lev+5FU and age≥65")
    #expect(data.readable("is_missing(`age`) or  sex != 2") == "is_missing(age) or sex ≠ 2")
    #expect(bench.tables(of: "l").first?.caption == "Logistic regression of sex = 2: odds ratios")
    #expect(bench.note(of: "l").contains("Logistic regression of sex = 2,"))
  }

  @Test func namesOfColumnsKeepTheirLettersInSentences() throws {
    let document =
      "```{data #d}\nsource: d.csv\noutcomes:\n  os: Surv(Days, dead == 1)\n```\n```{kaplan-meier #k}\ndata: d\nformula: os ~ Eth + strata(Cell)\n```\n"
    let rows = (0..<12).map { "\($0 + 1),\($0 % 2),\($0 % 3 == 0 ? "a" : "b"),\($0 % 4 < 2 ? "u" : "v")" }
    let bench = try DirectiveBench(
      document, files: ["d.csv": "Days,dead,Eth,Cell\n" + rows.joined(separator: "\n") + "\n"])
    #expect(bench.note(of: "k").contains("stratified by Cell"))
    let data = try #require(bench.outputs["d"]?.dataSet)
    #expect(data.withinSentence("Eth") == "Eth" && data.withinSentence("Cell type") == "cell type")
  }

  @Test func ratesNameTheirUnit() {
    #expect(RatesDirective.amount(365.25, unit: "days", .plain) == "person-year")
    #expect(RatesDirective.amount(36525, unit: "days", .plain) == "100 person-years")
    #expect(RatesDirective.amount(1200, unit: "months", .plain) == "100 person-years")
    #expect(RatesDirective.amount(100, unit: "years", .plain) == "100 person-years")
    #expect(RatesDirective.amount(100, unit: "days", .plain) == "100 person-days")
    #expect(RatesDirective.amount(365.25, unit: nil, .plain) == "365.25 units of person-time")
  }

  @Test func americanJournalsSpellAsInAmerica() throws {
    let summary = "```{summary #s}\ndata: d\nby: arm\nvariables: [age]\ndifference: true\n```\n"
    for (style, word) in [
      (JournalStyle.jama, "Standardized"), (.lancet, "Standardised"), (.plain, "Standardised"),
    ] {
      #expect(try Self.bench(summary, style: style).lines(of: "s")[0].contains("\(word) difference"))
    }
  }

  @Test func manyCurvesAreWarnedOf() throws {
    let rows = (0..<68).map { "\($0 + 1),1,g\($0 % 17)" }
    let document =
      "```{data #d}\nsource: d.csv\noutcomes:\n  os: Surv(t, e == 1)\n```\n```{kaplan-meier #k}\ndata: d\nformula: os ~ g\n```\n"
    let bench = try DirectiveBench(
      document, files: ["d.csv": "t,e,g\n" + rows.joined(separator: "\n") + "\n"])
    #expect(bench.warnings.map(\.code) == [.alikeCurves])
    #expect(bench.warnings[0].message == "17 curves: only 16 can be told apart by colour and dash")
  }
}
