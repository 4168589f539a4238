// Documents that share text, data and directives by including a file.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct IncludeTests {
  private static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n4,1,a\n8,1,b\n"

  /// Declares the data beside it; holds a value, a heading, a table and an in-place result.
  private static let shared = """
    ---
    title: Shared
    style: lancet
    ---

    ## Methods

    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    There are `{= d.n}` patients (@tbl-all).

    ```{kaplan-meier #all}
    data: d
    formula: os ~ 1
    ```
    """

  private static let document = """
    # Report

    See @tbl-by and @sec-methods.
    ```{include}
    source: ../shared/methods.md
    ```
    Below, `{= d.count(grp == "a")}` in a.

    ```{kaplan-meier #by}
    data: d
    formula: os ~ grp
    ```

    """

  private static func project(_ files: [String: String] = [:]) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.write("analyses/doc.md", text: document)
    try project.write("shared/methods.md", text: shared)
    try project.write("shared/data.csv", text: data)
    for (file, text) in files { try project.write(file, text: text) }
    return project
  }

  private static func session(_ project: TemporaryProject, _ mode: RunOptions.Mode = .output(directory: nil))
    -> RunSession
  {
    RunSession(options: RunOptions(mode: mode), workingDirectory: project.path)
  }

  @Test func theTextStandsInItsPlace() throws {
    let project = try Self.project()
    let report = Self.session(project).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    #expect(
      output.contains(
        "See [Table 2](#tbl-by) and [Methods](#methods).\n\n## Methods\n\n<!-- meier:begin d -->"))
    #expect(output.contains("There are 8 patients ([Table 1](#tbl-all)).\n\n<!-- meier:begin all -->"))
    #expect(output.contains("<!-- meier:end all -->\n\nBelow, 4 in a.\n\n<!-- meier:begin by -->"))
    #expect(!output.contains("Shared") && !output.contains("include"))
    #expect(project.exists("output/doc/all.svg") && project.exists("output/doc/by.svg"))
    #expect(Self.session(project).check("analyses/doc.md").changedFiles.isEmpty)
  }

  @Test func itsContentIsAnInput() throws {
    let project = try Self.project()
    _ = Self.session(project).run("analyses/doc.md")
    try project.write(
      "shared/methods.md", text: Self.shared.replacing("There are", with: "We saw"))
    #expect(Self.session(project).check("analyses/doc.md").changedFiles == ["output/doc.md"])
  }

  @Test func inPlaceTheTextIsNotCopied() throws {
    let project = try Self.project()
    let before = try project.text("shared/methods.md")
    let report = Self.session(project, .inPlace).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.message) == [])
    let text = try project.text("analyses/doc.md")
    #expect(text.contains("```{include}\nsource: ../shared/methods.md\n```\nBelow, 4<!--= "))
    #expect(text.contains("<!-- meier:begin by -->") && !text.contains("<!-- meier:begin all -->"))
    #expect(!text.contains("There are"))
    #expect(try project.text("shared/methods.md") == before)
    #expect(project.exists("analyses/doc/by.svg") && !project.exists("analyses/doc/all.svg"))
    let again = Self.session(project, .inPlace).run("analyses/doc.md")
    #expect(again.changedFiles.isEmpty && again.diagnostics.isEmpty)
  }

  @Test func aFileWithResultsOfItsOwnCanBeIncluded() throws {
    let project = try Self.project()
    #expect(Self.session(project, .inPlace).run("shared/methods.md").diagnostics.isEmpty)
    #expect(try project.text("shared/methods.md").contains("8<!--= d.n → 8 -->"))
    let report = Self.session(project).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.message) == [])
    #expect(try project.text("output/doc.md").contains("There are 8 patients ([Table 1](#tbl-all))."))
    #expect(Self.session(project, .inPlace).run("analyses/doc.md").diagnostics.isEmpty)
  }

  @Test func lineEndsAndNestedFilesKeepTheirBytes() throws {
    let project = try Self.project([
      "analyses/outer.md": "a\r\n\r\n```{include}\r\nsource: b.md\r\n```\r\n\r\nz\r\n",
      "analyses/b.md": "\u{FEFF}---\r\nx: 1\r\n---\r\n\r\nb  \r\n```{include}\r\nsource: c.md\r\n```\r\n",
      "analyses/c.md": "\n\n    code\n\nc\n\n\n", "analyses/empty.md": "---\na: 1\n---\n",
      "analyses/none.md": "1\n\n```{include}\nsource: empty.md\n```\n\n2\n",
    ])
    let outer = Self.session(project).run("analyses/outer.md")
    #expect(outer.diagnostics.map(\.message) == [])
    #expect(try project.text("output/outer.md") == "a\r\n\r\nb  \r\n\r\n    code\n\nc\r\n\r\nz\r\n")
    #expect(Self.session(project).run("analyses/none.md").diagnostics.isEmpty)
    #expect(try project.text("output/none.md") == "1\n\n\n\n2\n")
  }
}
