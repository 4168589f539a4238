// Table 1 by hand: what stands in its cells, what its names hold, what it says below.

import Diagnostics
import Presentation
import Testing

@Suite struct SummaryDirectiveTests {
  static let data = """
    arm,age,sex,response,since,site
    a,40,m,true,2001-01-01,lung
    a,50,f,false,2001-01-03,"liver, left"
    a,,m,,2001-01-05,a|b
    b,60,f,true,2002-01-01,lung
    b,70,,true,,lung
    b,65,f,false,2003-01-01,lung
    b,81,f,true,2004-01-01,
    ,33,m,true,2005-01-01,lung

    """
  static let source = """
    ```{data #d}
    source: d.csv
    dictionary:
      arm: {label: Arm, levels: [b, a]}
      age: {label: Age, unit: years}
      sex: {label: Sex}
      response: {label: Response}
    ```

    """

  static func bench(_ options: String, style: JournalStyle = .plain) throws -> DirectiveBench {
    try DirectiveBench(document(options), files: ["d.csv": data], style: style)
  }

  static func document(_ options: String) -> String { source + "```{summary #t}\ndata: d\n\(options)\n```\n" }

  @Test func columnsAreGroupsInTheOrderOfTheDictionary() throws {
    let bench = try Self.bench("by: arm\nvariables: [age, sex, response]")
    #expect(
      bench.lines(of: "t") == [
        "| | Overall (N = 7) | b (N = 4) | a (N = 3) |",
        "| Age, years, median (Q1–Q3) | 62.5 (52.5–68.8) | 67.5 (63.8–72.8) | 45.0 (42.5–47.5) |",
        "| &emsp;Missing | 1 | 0 | 1 |",
        "| Sex, n (%) | | | |",
        "| &emsp;f | 4 (67%) | 3 (100%) | 1 (33%) |",
        "| &emsp;m | 2 (33%) | 0 (0%) | 2 (67%) |",
        "| &emsp;Missing | 1 | 1 | 0 |",
        "| Response, n (%) | 4 (67%) | 3 (75%) | 1 (50%) |",
        "| &emsp;Missing | 1 | 0 | 1 |",
      ])
    #expect(
      bench.note(of: "t")
        == "Q1–Q3, first to third quartile (quantiles of type 7); percentages are of the rows of the column that have a value; 1 row without Arm left out."
    )
    #expect(bench.warnings.isEmpty)
  }

  @Test func resultsAreUnderTheirNames() throws {
    let bench = try Self.bench("by: arm\nvariables: [age, sex, response, site]")
    let expected: [String: Double] = [
      "t.n": 7, "t.missing": 1, "t.group(\"a\").n": 3, "t.group(\"b\").n": 4,
      "t[\"age\"].n": 6, "t[\"age\"].missing": 1, "t[\"age\"].mean": 61, "t[\"age\"].median": 62.5,
      "t[\"age\"].min": 40, "t[\"age\"].max": 81, "t[\"age\", \"b\"].n": 4, "t[\"age\", \"b\"].mean": 69,
      "t[\"age\", \"b\"].q1": 63.75, "t[\"age\", \"b\"].q3": 72.75, "t[\"age\", \"a\"].missing": 1,
      "t[\"age\"].missing(\"a\")": 1, "t[\"sex\"].missing": 1, "t[\"sex\"].missing(\"b\")": 1,
      "t[\"sex\"].n": 6, "t[\"sex\", \"f\"].n": 4, "t[\"sex\", \"f\", \"a\"].n": 1,
      "t[\"sex\", \"f\", \"b\"].percent": 100, "t[\"response\", \"true\", \"b\"].percent": 75,
      "t[\"site\", \"liver, left\"].n": 1, "t[\"site\", \"a|b\", \"a\"].n": 1,
      "t[\"site\", \"lung\", \"b\"].n": 3,
    ]
    for (path, value) in expected { #expect(bench.number(path) == value, "\(path)") }
    // (9² + 4² + 1² + 12²) / 3 = 242/3
    #expect(abs((bench.number("t[\"age\", \"b\"].sd") ?? 0) - (242.0 / 3).squareRoot()) < 1e-13)
    #expect(bench.number("t[\"age\"].standardised_difference") == nil)
    #expect(bench.number("t[\"age\"].kruskal_wallis.p") == nil)
  }

  @Test func withoutGroupsAllRowsAreOneColumn() throws {
    let bench = try Self.bench("variables: response\npercent: row")
    #expect(
      bench.lines(of: "t") == ["| | All (N = 8) |", "| Response, n (%) | 5 (71%) |", "| &emsp;Missing | 1 |"])
    #expect(bench.number("t[\"response\", \"true\"].percent") == 500.0 / 7)
  }

  @Test func percentagesOfTheRowHaveTheLevelAsTheirWhole() throws {
    let bench = try Self.bench("by: arm\nvariables: [sex]\npercent: row\nmissing: never")
    #expect(
      bench.lines(of: "t") == [
        "| | Overall (N = 7) | b (N = 4) | a (N = 3) |", "| Sex, n (%) | | | |",
        "| &emsp;f | 4 | 3 (75%) | 1 (25%) |", "| &emsp;m | 2 | 0 (0%) | 2 (100%) |",
      ])
    #expect(bench.number("t[\"sex\", \"f\", \"a\"].percent") == 25)
    #expect(bench.note(of: "t").hasPrefix("Percentages are of the row's total; "))
  }

  @Test func linesOfMissingValuesAppearAsAsked() throws {
    let always = try Self.bench("by: arm\nvariables: [since]\nmissing: always")
    #expect(always.lines(of: "t").last == "| &emsp;Missing | 1 | 1 | 0 |")
    let never = try Self.bench("by: arm\nvariables: [age]\nmissing: never\noverall: false")
    #expect(
      never.lines(of: "t") == [
        "| | b (N = 4) | a (N = 3) |",
        "| Age, years, median (Q1–Q3) | 67.5 (63.8–72.8) | 45.0 (42.5–47.5) |",
      ])
    #expect(never.number("t[\"age\"].missing") == 1)
  }

  @Test func datesHaveAMedianAndARange() throws {
    let bench = try Self.bench("by: arm\nvariables: [since]")
    #expect(
      bench.lines(of: "t")[1]
        == "| since, median (range) | 2001-07-04 (2001-01-01 to 2004-01-01) | 2003-01-01 (2002-01-01 to 2004-01-01) | 2001-01-03 (2001-01-01 to 2001-01-05) |"
    )
  }

  @Test func eachVariableMayBeDescribedInItsOwnWay() throws {
    let bench = try Self.bench(
      "variables: {age: [median, mean, range], response: levels}\nwhere: arm == \"b\"")
    #expect(
      bench.lines(of: "t") == [
        "| | All (N = 4) |", "| Age, years | |", "| &emsp;Median (Q1–Q3) | 67.5 (63.8–72.8) |",
        "| &emsp;Mean (SD) | 69.0 (9.0) |", "| &emsp;Median (range) | 67.5 (60.0–81.0) |",
        "| Response, n (%) | |", "| &emsp;false | 1 (25%) |", "| &emsp;true | 3 (75%) |",
      ])
    #expect(bench.note(of: "t").hasPrefix("Q1–Q3"))
    #expect(bench.note(of: "t").hasSuffix("; 4 of 8 rows left out by the condition (1 for a missing value)."))
  }

  @Test func statisticsHoldForAllNumbers() throws {
    let bench = try Self.bench("by: arm\nvariables: {age: , since: }\nstatistics: mean\noverall: false")
    #expect(bench.lines(of: "t")[1] == "| Age, years, mean (SD) | 69.0 (9.0) | 45.0 (7.1) |")
    #expect(bench.lines(of: "t")[3].hasPrefix("| since, median (range)"))
  }

  @Test func aDeclaredGroupWithoutRowsIsShown() throws {
    let bench = try DirectiveBench(
      Self.document("by: arm\nvariables: [age, sex]\noverall: false").replacing("[b, a]", with: "[b, c, a]"),
      files: ["d.csv": Self.data])
    #expect(
      Array(bench.lines(of: "t").prefix(5)) == [
        "| | b (N = 4) | c (N = 0) | a (N = 3) |",
        "| Age, years, median (Q1–Q3) | 67.5 (63.8–72.8) | NE | 45.0 (42.5–47.5) |",
        "| &emsp;Missing | 0 | 0 | 1 |", "| Sex, n (%) | | | |", "| &emsp;f | 3 (100%) | 0 | 1 (33%) |",
      ])
    #expect(bench.warnings.map(\.code) == [.emptyGroup])
    #expect(bench.note(of: "t").hasPrefix("NE, not estimable. "))
    #expect(bench.note(of: "t").contains("; no rows in: c"))
    #expect(bench.quantity("t[\"age\", \"c\"].median") == .notEstimable)
    #expect(bench.quantity("t[\"sex\", \"f\", \"c\"].percent") == .notEstimable)
    #expect(bench.number("t.group(\"c\").n") == 0)
  }

  @Test func aGroupThatNobodyDeclaredNeedsRows() throws {
    let bench = try DirectiveBench(
      Self.document("by: site\nvariables: [age]\nwhere: site == \"lung\""), files: ["d.csv": Self.data])
    #expect(bench.lines(of: "t").first == "| | Overall (N = 5) | lung (N = 5) |")
    #expect(bench.warnings.isEmpty)
  }

  @Test func numbersAndFlagsAsGroupsAreNamedAfterTheirColumn() throws {
    let bench = try Self.bench("by: response\nvariables: [age]\noverall: false")
    #expect(bench.lines(of: "t").first == "| | Response: no (N = 2) | Response: yes (N = 5) |")
    #expect(bench.number("t[\"age\", \"true\"].n") == 5)
  }
}
