// Merged and stacked tables, and forest plots of several models.
import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct CombinedTablesTests {
  static let data = """
    months,died,age,sex
    5,1,60,m
    6,0,50,f
    7.5,1,70,f
    2,1,64,m
    9,1,66,f
    3,1,58,m
    8,0,49,m
    4,1,71,f
    11,1,55,m
    12,0,52,f

    """
  static let models = """
    ```{data #d}
    source: data.csv
    dictionary:
      age: {label: Age, unit: years}
      sex: {label: Sex, levels: [f, m]}
    outcomes:
      os: Surv(months, died == 1)
    ```
    ```{cox #crude}
    data: d
    formula: os ~ age
    table: hidden
    ```
    ```{cox #adjusted}
    data: d
    formula: os ~ age + sex
    ```

    """

  @Test func mergedTablesAndTheirForest() throws {
    let bench = try DirectiveBench(
      Self.models + """
        ```{merge #both}
        tables: {Crude: crude, Adjusted: adjusted}
        columns: [HR (95% CI), P]
        ```
        ```{forest #plot}
        models: {Crude: crude, Adjusted: adjusted}
        rows: [Sex, "Age, years"]
        figure: {limits: [0.1, 10], favours: [fewer deaths, more deaths]}
        ```
        """, files: ["data.csv": Self.data])
    let lines = bench.lines(of: "both")
    #expect(lines.count == 5)
    #expect(lines[0] == "| Variable | Crude HR (95% CI) | Crude P | Adjusted HR (95% CI) | Adjusted P |")
    #expect(lines[1].hasPrefix("| Age, years | 1.") && !lines[1].contains("| |"))
    #expect(lines[4].hasPrefix("| &emsp;m | | | "))
    #expect(bench.number("both.rows") == 4 && bench.number("plot.series") == 2)
    let svg = bench.written("plot")[0]
    #expect(svg.contains(">Crude<") && svg.contains(">Adjusted<") && svg.contains(">more deaths<"))
    #expect(svg.contains("Hazard ratio (95% CI)"))
  }

  @Test func whatIsNotThereIsSaid() {
    let problems = DirectiveBench.problems(
      Self.models + """
        ```{merge #both}
        tables: [crude, adjusted-trems, adjusted]
        ```
        """, files: ["data.csv": Self.data])
    #expect(problems.map(\.message) == ["'adjusted-trems' has no table"])
    let rows = DirectiveBench.problems(
      Self.models + """
        ```{forest #plot}
        models: [crude, adjusted]
        rows: [Sexx]
        ```
        """, files: ["data.csv": Self.data])
    #expect(rows.map(\.message) == ["no row is called 'Sexx'"])
    #expect(rows.first?.remedy == "did you mean 'Sex'?")
  }
}
