// Distributions and swimmer plots.
import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct DescriptionFigureTests {
  static let data = """
    ```{data #d}
    source: data.csv
    dictionary:
      age: {label: Age, unit: years}
      months: {unit: months}
    ```

    """

  @Test func boxesOfEachGroup() throws {
    let bench = try DirectiveBench(
      Self.data + """
        ```{distribution #ages}
        data: d
        variables: [age]
        by: sex
        ```
        """, files: ["data.csv": CombinedTablesTests.data])
    // f: 50, 52, 66, 70, 71; m: 49, 55, 58, 60, 64.
    #expect(bench.number("ages[\"age\", \"f\"].median") == 66)
    #expect(bench.number("ages[\"age\", \"f\"].q1") == 52)
    #expect(bench.number("ages[\"age\", \"m\"].q3") == 60)
    #expect(bench.number("ages[\"age\"].n") == 10)
    #expect(bench.written("ages")[0].contains("whiskers 49 and 64"))
  }

  @Test func binsBeginAndEndAtRoundNumbers() throws {
    let bench = try DirectiveBench(
      Self.data + """
        ```{distribution #ages}
        data: d
        variables: [age]
        form: histogram
        bins: 3
        ```
        """, files: ["data.csv": CombinedTablesTests.data])
    // 40–50: 49; 50–60: 50 52 55 58; 60–70: 60 64 66; 70–80: 70 71.
    #expect(bench.written("ages")[0].contains("10 values, most in 50 to 60."))
  }

  @Test func lanesPhasesAndEvents() throws {
    let document =
      Self.data + """
        ```{swimmer #courses}
        data: d
        time: months
        phases: {Induction: 'if(sex == "f", 2, missing)', Maintenance: months}
        events: {Death: {at: months, when: died == 1}}
        ongoing: died == 0
        most: 4
        ```
        """
    let bench = try DirectiveBench(document, files: ["data.csv": CombinedTablesTests.data])
    #expect(bench.number("courses.n") == 10 && bench.number("courses.shown") == 4)
    #expect(bench.number("courses.event(\"Death\").n") == 7 && bench.number("courses.ongoing") == 3)
    // Rows in another order draw the same lanes.
    let lines = CombinedTablesTests.data.split(separator: "\n")
    let shuffled = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    let other = try DirectiveBench(document, files: ["data.csv": shuffled])
    #expect(other.written("courses") == bench.written("courses"))
  }

  @Test func derivedLevelsFollowTheDictionary() throws {
    let document = """
      ```{data #d}
      source: data.csv
      dictionary:
        group: {label: Group, levels: [young, old]}
      derive:
        group: if(age < 55, "young", "old")
      ```
      ```{summary #s}
      data: d
      by: group
      variables: [sex]
      ```
      """
    let bench = try DirectiveBench(document, files: ["data.csv": CombinedTablesTests.data])
    #expect(bench.lines(of: "s")[0].hasSuffix("| young (N = 3) | old (N = 7) |"))
    let problems = DirectiveBench.problems(
      document.replacing("[young, old]", with: "[young]"), files: ["data.csv": CombinedTablesTests.data])
    #expect(problems.map(\.code) == [.unknownLevel])
  }
}
