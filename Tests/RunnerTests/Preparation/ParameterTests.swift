// Parameters: declared once, used everywhere, changed by the command line.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct ParameterTests {
  private static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n4,1,a\n8,1,b\n"

  private static let document = """
    ---
    title: Parameters
    params:
      tau: 6
      low: -1
      group: "b"
      groups: [a, b]
      file: data.csv
      horizons: [4, 6]
      model: os ~ grp
      shift: -2
    ---

    ```{data #d}
    source: params.file
    where: months > params.low and grp in params.groups
    derive:
      late: months >= params.tau
      square: params.shift^2
    outcomes:
      os: Surv(months, died == 1)
    ```

    ```{kaplan-meier #km}
    data: d
    formula: params.model
    times: [3, params.horizons]
    caption: Survival to `{= params.tau}` months
    ```

    In `{= params.group}`: `{= d.count(late)}` late, `{= km[params.group].at(params.tau).at_risk}` at risk at \
    `{= params.tau}` months, `{= d.max(square)}`.

    ```{claims}
    - d.n >= params.tau
    ```

    """

  private static func run(
    _ parameters: [String: String] = [:], files: [String: String] = [:]
  ) throws -> (DocumentReport, TemporaryProject) {
    let project = try TemporaryProject()
    try project.write("doc.md", text: document)
    try project.write("data.csv", text: data)
    for (file, text) in files { try project.write(file, text: text) }
    let session = RunSession(
      options: RunOptions(parameters: parameters), workingDirectory: project.path)
    return (session.run("doc.md"), project)
  }

  @Test func valuesStandInOptionsExpressionsAndSentences() throws {
    let (report, project) = try Self.run()
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    // Months ≥ 6 are 6, 7.5, 9 and 8; in group b, 7.5 and 8 are at risk at 6.
    #expect(output.contains("In b: 4 late, 2 at risk at 6 months, 4."))
    #expect(output.contains("**Table 1.** Survival to 6 months"))
    #expect(output.contains("| 3, % (95% CI) | 4, % (95% CI) | 6, % (95% CI) |"))
    #expect(!output.contains("params"))
    #expect(output.hasPrefix("---\ntitle: Parameters\n---\n"))
  }

  @Test func theCommandLineChangesThem() throws {
    let (report, project) = try Self.run(["tau": "4", "horizons": "[4,5]", "group": "a"])
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    #expect(output.contains("In a: 6 late, 4 at risk at 4 months, 4."))
    let check = RunSession(options: RunOptions(), workingDirectory: project.path).check("doc.md")
    #expect(!check.changedFiles.isEmpty)
    let same = RunSession(
      options: RunOptions(parameters: ["tau": "4", "horizons": "4, 5", "group": "a"]),
      workingDirectory: project.path)
    #expect(same.check("doc.md").changedFiles.isEmpty)
  }

  @Test func frontMatterWinsOverTheProject() throws {
    let settings = "style: lancet\noutput: results\nparams: {tau: 4, other: 1}\n"
    let (report, project) = try Self.run(["other": "2"], files: ["meier.yml": settings])
    #expect(report.diagnostics.map(\.message) == [])
    #expect(try project.text("results/doc.md").contains("Survival to 6 months"))
    #expect(!project.exists("output"))
  }

  @Test func defaultsOfTheProjectReachTheData() throws {
    let project = try TemporaryProject()
    try project.write("meier.yml", text: "decimal-mark: comma\ndelimiter: semicolon\nforeign: [julia2]\n")
    try project.write("data.csv", text: "months;died\n5,5;1\n6,5;0\n")
    try project.write(
      "doc.md",
      text: "```{data #d}\nsource: data.csv\n```\n\n```{julia2}\nx\n```\n\n`{= d.sum(months)}`\n")
    let report = RunSession(options: RunOptions(), workingDirectory: project.path).run("doc.md")
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    #expect(output.contains("\n12\n") || output.contains("\n12.0\n"))
    #expect(output.contains("```{julia2}\nx\n```"))
  }
}
