// What the dictionary says about printing: decimals, and the change that ratios are for.
import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct DictionaryPrintTests {
  static func document(_ age: String, _ analysis: String) -> String {
    """
    ```{data #d}
    source: data.csv
    dictionary:
      age: \(age)
      months: {unit: months, digits: 2}
    outcomes:
      os: Surv(months, died == 1)
    ```
    \(analysis)
    """
  }

  @Test func ratiosPerTenYears() throws {
    let models = """
      ```{cox #m}
      data: d
      formula: os ~ age + sex
      ```
      ```{logistic #l}
      data: d
      formula: sex == "m" ~ age
      ```
      """
    let bench = try DirectiveBench(
      Self.document("{label: Age, unit: years, per: 10}", models),
      files: ["data.csv": CombinedTablesTests.data])
    let one = try #require(bench.number("m[\"age\"].hr"))
    let ten = try #require(bench.number("m[\"age\"].per(10).hr"))
    var power = 1.0
    for _ in 0..<10 { power *= one }
    #expect((ten / power - 1).magnitude < 1e-12)
    #expect(bench.lines(of: "m")[1].hasPrefix("| Age, per 10 years | 10 | 7 | "))
    #expect(bench.written("m").contains { $0.contains(">Age, per 10 years<") })
    #expect(bench.lines(of: "l")[1].hasPrefix("| Age, per 10 years |"))
    let lower = try #require(bench.number("l[\"age\"].per(10).or.lower"))
    #expect(lower > 0 && lower < (bench.number("l[\"age\"].per(10).or") ?? 0))
  }

  @Test func declaredDecimals() throws {
    let bench = try DirectiveBench(
      Self.document(
        "{label: Age, digits: 2}",
        """
        ```{summary #s}
        data: d
        variables: {age: [median, mean]}
        ```
        ```{kaplan-meier #km}
        data: d
        formula: os ~ 1
        ```
        """), files: ["data.csv": CombinedTablesTests.data])
    #expect(bench.lines(of: "s")[2] == "| &emsp;Median (Q1–Q3) | 59.00 (52.75–65.50) |")
    #expect(bench.lines(of: "s")[3] == "| &emsp;Mean (SD) | 59.50 (8.06) |")
    #expect(bench.lines(of: "km")[1].contains("| 7.50 ("))
  }

  @Test func impossibleDecimalsAreSaid() {
    let problems = DirectiveBench.problems(
      Self.document("{digits: 1.5}", ""), files: ["data.csv": CombinedTablesTests.data])
    #expect(problems.map(\.message) == ["expected a whole number from 0 to 10"])
  }
}
