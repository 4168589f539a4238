// Captions, notes and axes in the words of readers.

import Diagnostics
import Testing

@Suite struct PlainWordsTests {
  static let data: String =
    "start,months,died,treated,x,sbp,years,falls,cause\n"
    + (0..<120).map { row in
      "0,\(1 + row * 7 % 41),\(row % 3 == 0 ? 0 : 1),\(row % 2),\(row % 11),\(row % 5 == 4 ? "" : "\(120 + row * 13 % 37)"),"
        + "\(1 + row % 4),\(row * row % 6),\(row % 3)\n"
    }.joined()

  private static func bench(_ directives: String) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        months: {label: Time to admission, unit: months}
        died: {label: Death}
        treated: {label: Treatment, levels: {0: usual care, 1: new drug}}
        sbp: {label: Systolic pressure}
        years: {label: Follow-up}
      ```
      \(directives)

      """, files: ["d.csv": data])
  }

  @Test func eventsOffsetsAndSplinesAreNamed() throws {
    let bench = try Self.bench(
      """
      ```{logistic #l}
      data: d
      formula: died == 1 ~ rcs(sbp, 3) * treated
      ```
      ```{poisson #p}
      data: d
      formula: falls ~ treated + offset(log(years))
      robust: hc0
      ```
      """)
    let logistic = bench.note(of: "l")
    #expect(logistic.hasPrefix("OR, odds ratio. Logistic regression of death, Wald"), "\(logistic)")
    #expect(logistic.contains("rows left out for missing values (Systolic pressure 24)"), "\(logistic)")
    #expect(
      logistic.contains("the line of systolic pressure (spline) holds at treatment: usual care"),
      "\(logistic)")
    let poisson = bench.note(of: "p")
    #expect(poisson.contains("; offset log(Follow-up)"), "\(poisson)")
    // A robust variance says that the likelihood is not that of the rows.
    #expect(!poisson.contains("likelihood ratio") && logistic.contains("likelihood ratio"))
  }

  @Test func curvesAreOfSurvivalAndNotOfTime() throws {
    let bench = try Self.bench(
      """
      ```{kaplan-meier #km}
      data: d
      formula: Surv(start, months, died == 1) ~ treated
      ```
      ```{roc #roc}
      data: d
      outcome: died == 1
      predictors: [x]
      ```
      ```{propensity #ps}
      data: d
      treatment: treated == "new drug"
      formula: ~ x
      ```
      """)
    let figure = bench.written("km").joined()
    #expect(figure.contains(">Survival, %<") && !figure.contains(">Time to admission, %<"))
    // Everybody enters at 0, and none is at risk before.
    #expect(figure.contains(">60 (0)<") && !figure.contains(">0 (0)<"))
    #expect(bench.note(of: "roc").contains("Cases: death, 80 of 120 rows"))
    #expect(bench.note(of: "ps").hasPrefix("Propensity score of new drug (against usual care) by logistic"))
  }

  @Test func aLogRankTestBesideClustersSaysWhatItIgnores() throws {
    func note(_ option: String) throws -> String {
      try Self.bench(
        "```{kaplan-meier #km}\ndata: d\nformula: Surv(months, died == 1) ~ treated\n\(option)\n```"
      ).note(of: "km")
    }
    #expect(try note("cluster: x").contains(", which takes the rows as independent; 11 clusters"))
    #expect(try !note("").contains("independent"))
  }

  /// Where only limits differ between programs, the whole interval is shown.
  @Test func intervalsOfProgramsStandWhole() throws {
    let bench = try Self.bench(
      """
      ```{cumulative-incidence #ci}
      data: d
      formula: Surv(months, cause) ~ treated
      causes: {relapse: 1, death: 2}
      times: [3, 6, 9, 12, 15, 18, 21, 24]
      ```
      ```{compare-rules #rules}
      of: ci
      ```
      """)
    let lines = bench.lines(of: "rules")
    #expect(lines.contains { $0.hasPrefix("| relapse, incidence at 12 | 0.") }, "\(lines)")
    #expect(!lines.contains { $0.contains("incidence lower") })
  }

  @Test func adjustedPValuesAreOfAnalyses() throws {
    let bench = try Self.bench(
      """
      ```{log-rank #os}
      data: d
      formula: Surv(months, died == 1) ~ treated
      ```
      ```{cox #cox}
      data: d
      formula: Surv(months, died == 1) ~ treated
      ```
      ```{adjust-p #adjusted}
      p-values: [os.p, 'cox["treated", "new drug"].p', 0.5]
      ```
      """)
    let lines = bench.lines(of: "adjusted")
    #expect(
      lines.dropFirst().map { $0.split(separator: "|").first.map { "\($0)" } ?? "" } == [
        " Comparison of time to admission by treatment ",
        " Cox model of time to admission: hazard ratios; Treatment: new drug ",
        " 3 ",
      ], "\(lines)")
  }

  /// Whatever rows a forest plot has, its numbers are those of the table.
  @Test func forestsPrintTheDecimalsOfTheirTables() throws {
    let bench = try Self.bench(
      """
      ```{linear #m}
      data: d
      formula: sbp ~ treated + x
      ```
      ```{forest #f}
      models: m
      rows: [Treatment]
      ```
      """)
    let line = try #require(bench.lines(of: "m").first { $0.contains("new drug") })
    let printed = try #require(line.split(separator: "|").dropFirst(2).first).trimmed
    #expect(bench.written("f").joined().contains(">\(printed)<"), "\(printed)")
  }
}

extension Substring {
  fileprivate var trimmed: String { drop { $0 == " " }.split(separator: " ").joined(separator: " ") }
}
