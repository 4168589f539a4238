// Tables in Markdown and CSV.
import Testing

@testable import Presentation

@Suite struct TableTests {
  static let overallSurvival = Table(
    caption: "Overall survival by treatment",
    columns: [
      TableColumn("Treatment", alignment: .left), TableColumn("N"), TableColumn("Deaths"),
      TableColumn("Median, months (95% CI)"), TableColumn("60 months, % (95% CI)"),
    ],
    rows: [
      TableRow([
        .text("hepatic resection"), .count(58), .count(13),
        .estimate(Estimate(.value(160), lower: .value(111), upper: .notReached), .time),
        .estimate(Estimate(0.9, lower: 0.75, upper: 0.96), .percentage),
      ])
    ],
    notes: ["Kaplan–Meier", "95% CI log-log", "log-rank χ² = 34.0, df 4, P < 0.001"])

  @Test func markdown() {
    #expect(
      Self.overallSurvival.markdown(number: "2", style: .plain) == """
        **Table 2.** Overall survival by treatment

        | Treatment | N | Deaths | Median, months (95% CI) | 60 months, % (95% CI) |
        |:--|--:|--:|--:|--:|
        | hepatic resection | 58 | 13 | 160 (111–NR) | 90 (75–96) |

        NR, not reached. Kaplan–Meier; 95% CI log-log; log-rank χ² = 34.0, df 4, P < 0.001.

        """)
  }

  static let prognosis = Table(
    caption: "Prognosis",
    columns: [
      TableColumn("", alignment: .left), TableColumn("HR (95% CI)", group: "Univariable"),
      TableColumn("P", group: "Univariable"), TableColumn("Age", alignment: .center),
    ],
    rows: [
      .header("Treatment | arm"),
      TableRow([.text("<script>"), .reference], indent: 1),
      TableRow(
        [
          .text("a,b \"c\""), .estimate(Estimate(0.618, lower: 0.449, upper: 0.851), .ratio),
          .pValue(.value(0.0004)),
          .pair(.value(63.42), .value(10.25), .number), .text("beyond the columns"),
        ], indent: 1),
      TableRow([.text("all"), .countPercent(12, of: 649), .quantity(.notEstimable, .ratio)], role: .total),
    ])

  @Test func levelsGroupsAndReference() {
    #expect(
      Self.prognosis.markdownGrid(.plain) == """
        | | Univariable HR (95% CI) | Univariable P | Age |
        |:--|--:|--:|:-:|
        | Treatment \\| arm | | | |
        | &emsp;&lt;script> | 1 (reference) | | |
        | &emsp;a,b "c" | 0.62 (0.45–0.85) | <0.001 | 63.4 (10.3) |
        | all | 12 (1.8%) | NE | |

        """)
  }

  @Test func csv() {
    #expect(
      Self.prognosis.csv() == """
        ,Univariable HR (95% CI),Univariable P,Age\r
        Treatment | arm,,,\r
        Treatment | arm: <script>,1 (reference),,\r
        \("\"Treatment | arm: a,b \"\"c\"\"\""),0.62 (0.45–0.85),<0.001,63.4 (10.3)\r
        all,12 (1.8%),NE,\r

        """)
    #expect(Table.csvField("two\nlines") == "\"two\nlines\"")
  }

  @Test func abbreviationsAreExplainedOnlyIfUsed() {
    #expect(
      JournalStyle.all.map(Self.prognosis.noteLine) == [
        "HR, hazard ratio; NE, not estimable.",
        "Abbreviations: CI, confidence interval; HR, hazard ratio; NE, not estimable.",
        "CI denotes confidence interval, HR hazard ratio, and NE not estimable.",
        "HR=hazard ratio. NE=not estimable.",
        "CI = confidence interval; HR = hazard ratio; NE = not estimable.",
      ])
    #expect(Abbreviation.used(in: ["SHR (95% CI)", "HRX"]).map(\.short) == ["CI", "SHR"])
    let quartiles = Table(columns: [TableColumn("x")], rows: [], abbreviations: ["IQR"])
    #expect(quartiles.noteLine(.plain) == "IQR, interquartile range.")
    #expect(Table(columns: [TableColumn("Age")], rows: []).noteLine(.nejm) == "")
  }

  @Test func captions() {
    let printed = JournalStyle.all.map {
      $0.captions.markdown(label: "Table", number: "2", caption: "Overall\nsurvival")
    }
    #expect(
      printed == [
        "**Table 2.** Overall survival", "**Table 2.** Overall survival", "**Table 2. Overall survival.**",
        "***Table 2:*** *Overall survival*", "**Table 2.** Overall survival",
      ])
    #expect(
      CaptionForm.nejm.markdown(label: "Figure", number: "1", caption: "*KRAS* status")
        == "**Figure 1.** *KRAS* status.")
    #expect(CaptionForm.plain.markdown(label: "Table", number: "1", caption: "") == "**Table 1.**")
  }

  @Test func withoutColumnsThereIsNothing() {
    #expect(Table(columns: [], rows: [TableRow([.count(1)])]).markdownGrid(.plain) == "")
  }
}
