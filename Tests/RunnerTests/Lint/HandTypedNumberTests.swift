// Numbers typed by hand: which are pointed out, which are left alone, and what takes their place.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct HandTypedNumberTests {
  private static let data = """
    months,died,grp,age
    5,1,a,61
    6,0,a,70
    7.5,1,b,55
    2,0,b,48
    9,1,a,66
    3,1,b,52
    4,1,a,59
    8,1,b,63
    10,1,a,45
    12,1,b,71
    14,0,a,58
    1.5,1,b,64

    """

  private static let analyses = """
    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    ```{kaplan-meier #km}
    data: d
    formula: os ~ grp
    times: [6]
    ```

    ```{cox #model}
    data: d
    formula: os ~ age
    ```

    """

  private static func project(_ prose: String) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.write("data.csv", text: data)
    try project.write("doc.md", text: prose + "\n\n" + analyses)
    return project
  }

  private static func run(_ project: TemporaryProject, fixes: Bool = false) -> DocumentReport {
    RunSession(
      options: RunOptions(fixesTypedNumbers: fixes), workingDirectory: project.path
    ).run("doc.md")
  }

  /// What is pointed out in a text, as typed.
  private static func found(_ prose: String) throws -> [String] {
    try run(project(prose)).diagnostics.filter { $0.code == .handTypedNumber }.map { diagnostic in
      let line = Array((diagnostic.location?.sourceLine ?? "").unicodeScalars)
      let start = (diagnostic.location?.start.column ?? 1) - 1
      let end = (diagnostic.location?.end.column ?? 1) - 1
      var text = ""
      text.unicodeScalars.append(contentsOf: line[start..<end])
      return text
    }
  }

  /// The printed values of the analyses, from the document itself.
  private static func printed(_ expression: String) throws -> String {
    let project = try project("Value: `{= \(expression)}`;")
    _ = run(project)
    let line = try project.text("output/doc.md").split(separator: "\n").first ?? ""
    return String(line.dropFirst("Value: ".count).dropLast())
  }

  @Test func copiesOfResultsArePointedOut() throws {
    let median = try Self.printed("km[\"a\"].median")
    let ratio = try Self.printed("model[\"age\"].hr | digits 3")
    let p = try Self.printed("model[\"age\"].p")
    let survival = try Self.printed("km[\"b\"].at(6).survival | percent 1")
    #expect(try Self.found("Median survival in group a was \(median) months.") == [median])
    #expect(try Self.found("The hazard ratio of age was \(ratio).") == [ratio])
    #expect(try Self.found("Age had no effect (*P* = \(p)).") == ["= \(p)"])
    #expect(try Self.found("Survival at 6 months in b was \(survival).") == [String(survival.dropLast())])
    #expect(try Self.found("We saw 12 patients, of whom 9 died.") == ["12", "9"])
    #expect(try Self.found("All (n = 12) were followed.") == ["12"])
  }

  @Test(arguments: [
    "The study ran from 2003 to 2012.", "Earlier work [12] found 12 genes.",
    "See `12 patients` and <https://x.y/12>.",
    "A 9-month course with 12 mg and 12.0 mL.", "As in reference 12.^9^", "Version 0.12, section 9.12.9.",
    "Five-year and 6-month survival were planned.", "We used a level of 95% and 95% CI.",
    "CA19-9 and HER2 in T1 tumours.",
    "| Patients | 12 |\n|:--|--:|\n| died | 9 |", "[12 patients](https://example.org/12)",
    "$n = 12$",
    "- 12\n- 9 months of accrual", "<!-- 12 patients -->",
  ])
  func otherNumbersAreLeftAlone(_ prose: String) throws { #expect(try Self.found(prose) == []) }

  @Test func theFixReplacesTheBytesOfTheNumberAlone() throws {
    let median = try Self.printed("km[\"a\"].median")
    let ratio = try Self.printed("model[\"age\"].hr | digits 3")
    let project = try Self.project(
      "Kept  \nas it *is*: median survival in a was \(median) months\r\n(hazard ratio of age \(ratio)).")
    let before = try project.text("doc.md")
    let report = Self.run(project, fixes: true)
    #expect(report.diagnostics.map(\.message) == [])
    let after = try project.text("doc.md")
    #expect(
      after
        == before.replacing("\(median) months", with: "`{= km[\"a\"].median}` months")
        .replacing("age \(ratio)", with: "age `{= model[\"age\"].hr | digits 3}`"))
    let output = try project.text("output/doc.md")
    #expect(output.contains("survival in a was \(median) months\r\n(hazard ratio of age \(ratio))."))
    #expect(Self.run(project, fixes: true).changedFiles.isEmpty)
  }

  @Test func aNumberThatSeveralResultsShareIsNotReplaced() throws {
    let project = try Self.project("We saw 12 patients.")
    let before = try project.text("doc.md")
    #expect(Self.run(project, fixes: true).diagnostics.map(\.code) == [.handTypedNumber])
    #expect(try project.text("doc.md") == before)
  }

  @Test func theValueOfTheLastRunIsPointedOutAsOutdated() throws {
    let project = try Self.project("We saw 12 patients.")
    _ = Self.run(project)
    try project.write("data.csv", text: Self.data + "11,1,a,50\n")
    let report = Self.run(project)
    #expect(
      report.diagnostics.map(\.message) == [
        "'12' is typed by hand and was d.n at the last run; now it is 13"
      ])
  }
}
