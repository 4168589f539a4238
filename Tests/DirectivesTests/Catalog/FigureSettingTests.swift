// What authors may say under `figure:`, and what each setting does.
import Diagnostics
import Directives
import Figures
import Testing

@Suite struct FigureSettingTests {
  static func document(_ figure: String, directive: String = "kaplan-meier") -> String {
    """
    ```{data #d}
    source: data.csv
    dictionary:
      months: {label: Overall survival, unit: months}
    outcomes:
      os: Surv(months, died == 1)
    ```
    ```{\(directive) #km}
    data: d
    formula: os ~ sex
    figure: \(figure)
    ```
    """
  }

  static func svg(_ figure: String, directive: String = "kaplan-meier") throws -> String {
    let bench = try DirectiveBench(
      document(figure, directive: directive), files: ["data.csv": CombinedTablesTests.data])
    let blocks = bench.outputs["km"]?.blocks ?? []
    return blocks.compactMap { if case .figure(let figure, _, _) = $0 { figure.svg } else { nil } }.first
      ?? ""
  }

  @Test func sizesLabelsAndLegend() throws {
    let svg = try Self.svg(
      "{size: 120, height: 50, labels: {x: Months since surgery, y: \"Alive, %\"}, legend: key, palette: grey}"
    )
    #expect(svg.contains(" width=\"120mm\"") && svg.contains(">Months since surgery<"))
    #expect(svg.contains(">Alive, %<") && !svg.contains("#1a5fb8"))
    #expect(try Self.svg("{size: single-column}").contains(" width=\"85mm\""))
    #expect(try Self.svg("false") == "")
  }

  @Test func limitsBreaksAndUnits() throws {
    let svg = try Self.svg("{limits: {x: [0, 12], y: [50, 100]}, breaks: {x: [0, 4, 8], y: [50, 75, 100]}}")
    #expect(svg.contains(">4</text>") && svg.contains(">75</text>") && !svg.contains(">25</text>"))
    #expect(svg.contains("the vertical axis does not begin at 0"))
    let years = try Self.svg("{time-unit: years, breaks: [0, 0.5, 1]}")
    #expect(years.contains(">Years<") && years.contains(">0.5</text>"))
  }

  @Test(arguments: [
    ("risk", "Cumulative risk, %"), ("cumulative-hazard", "Cumulative hazard"),
    ("log-log", "log(−log survival)"),
  ])
  func transforms(transform: String, label: String) throws {
    #expect(try Self.svg("{transform: \(transform)}").contains(">\(label)<"))
  }

  @Test func tablesMediansMarksAndNotes() throws {
    let usual = try Self.svg("true")
    #expect(usual.contains("No. at risk (censored)") && usual.contains("No. of events"))
    #expect(usual.contains(">Thin line: fewer than 10 at risk<") && usual.contains("Log-rank P"))
    let own = try Self.svg(
      "{risk-table: [at-risk, censored], annotation: [HR 0.5, one-sided], fade-below: 0, median: true, bands: false}"
    )
    #expect(own.contains(">No. censored<") && !own.contains("No. of events"))
    #expect(own.contains(">HR 0.5<") && !own.contains("Log-rank P") && !own.contains("Thin line"))
    #expect(own.contains("stroke-dasharray=\"1.5 1.5\"") && !own.contains("id=\"km-bands\""))
    #expect(!(try Self.svg("{risk-table: false, annotation: false}").contains("No. at risk")))
  }

  @Test func hazardRatiosStandInTheCorner() throws {
    let bench = try DirectiveBench(
      Self.document("true\nhazard-ratio: true") + "\n```{cox #m}\ndata: d\nformula: os ~ sex\n```\n",
      files: ["data.csv": CombinedTablesTests.data])
    #expect(bench.number("km.hazard_ratio.lower") == bench.number("m[\"sex\", \"m\"].hr.lower"))
    #expect(bench.written("km").contains { $0.contains(">HR ") })
  }

  @Test(arguments: [
    ("{sice: 85}", "a figure has no setting 'sice'"), ("{favours: [a, b]}", "this figure has no 'favours'"),
    (
      "{size: 20}",
      "expected single-column (85 mm), double-column (175 mm), or a width in millimetres from 60 to 500"
    ),
    ("{limits: [5, 2]}", "expected two numbers, the smaller first, such as [0, 120]"),
    ("{limits: {z: [0, 1]}}", "an axis is 'x' or 'y', not 'z'"),
    ("{palette: ['#ffff00']}", "#ffff00 is too pale: lines need a contrast of 3:1 on white"),
    ("{legend: left}", "expected one of automatic, direct, key, none"),
    ("[a]", "expected true, false, or settings of the figure"), ("perhaps", "expected true or false"),
  ])
  func faultsAreSaid(figure: String, message: String) {
    let problems = DirectiveBench.problems(
      Self.document(figure), files: ["data.csv": CombinedTablesTests.data])
    #expect(problems.map(\.message) == [message])
  }
}
