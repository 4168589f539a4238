// Links to tables, figures and sections: numbers, supplements, captions, and headings whose words are results.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct ReferenceLinkTests {
  private static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n"

  private static let document = """
    ---
    title: Links
    abstract: All `{= d.n}` patients are in @tbl-main.
    ---

    # Of `{= d.n}` patients

    ## Überleben & Tod: `code` (2)

    ## Überleben & Tod: `code` (2)

    ## Of `{= d.n}` patients

    See @sec-of-6-patients, @sec-last, @sec-überleben, @tbl-main, @tbl-extra, @fig-extra and @fig-main.

    ## After `{= d.count(grp == "a")}` {#sec-last}

    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    ```{kaplan-meier #extra}
    data: d
    formula: os ~ 1
    supplementary: true
    caption: All patients, as in @tbl-main
    ```

    ```{kaplan-meier #main}
    data: d
    formula: os ~ grp
    caption: By group, `{= d.n}` patients (@fig-extra)
    ```

    """

  private static func run(_ text: String, _ mode: RunOptions.Mode = .output(directory: nil)) throws
    -> (DocumentReport, TemporaryProject)
  {
    let project = try TemporaryProject()
    try project.write("data.csv", text: data)
    try project.write("doc.md", text: text)
    return (
      RunSession(options: RunOptions(mode: mode), workingDirectory: project.path).run("doc.md"), project
    )
  }

  @Test func numbersAndAnchors() throws {
    let (report, project) = try Self.run(Self.document.replacing("@sec-überleben, ", with: ""))
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    #expect(output.contains("abstract: All 6 patients are in Table 1.\n"))
    #expect(
      output.contains(
        "See [Of 6 patients](#of-6-patients), [After 3](#after-3-sec-last), [Table 1](#tbl-main), "
          + "[Table S1](#tbl-extra), [Figure S1](#fig-extra) and [Figure 1](#fig-main)."))
    #expect(output.contains("**Table S1.** All patients, as in [Table 1](#tbl-main)"))
    #expect(output.contains("**Figure 1.** By group, 6 patients ([Figure S1](#fig-extra))"))
    let figure = try project.text("output/doc/extra.svg")
    #expect(figure.contains("<title id=\"extra-title\">All patients, as in Table 1</title>"))
  }

  @Test func repeatedHeadingsAreCounted() throws {
    let text = Self.document.replacing("@sec-überleben", with: "@sec-überleben--tod-code-2-1")
    let (report, project) = try Self.run(text)
    #expect(report.diagnostics.map(\.message) == [])
    let output = try project.text("output/doc.md")
    #expect(output.contains("[Überleben & Tod: code (2)](#überleben--tod-code-2-1)"))
  }

  @Test func unknownOnesAreErrorsWhereTheyStand() throws {
    let text = Self.document.replacing("(@fig-extra)", with: "(@fig-extr)")
    let (report, _) = try Self.run(text)
    #expect(report.diagnostics.map(\.code) == [.unknownReference, .unknownReference])
    #expect(report.diagnostics.map { $0.location?.start.line } == [14, 34])
    #expect(report.diagnostics.last?.remedy == "did you mean '@fig-extra'?")
  }

  @Test func inPlaceTheTextKeepsItsReferences() throws {
    let (report, project) = try Self.run(
      Self.document.replacing("@sec-überleben, ", with: ""), .inPlace)
    #expect(report.diagnostics.map(\.message) == [])
    let text = try project.text("doc.md")
    #expect(text.contains("See @sec-of-6-patients, @sec-last, @tbl-main"))
    #expect(text.contains("**Table S1.** All patients, as in [Table 1](#tbl-main)"))
    let again = RunSession(options: RunOptions(mode: .inPlace), workingDirectory: project.path).run("doc.md")
    #expect(again.changedFiles.isEmpty && again.diagnostics.isEmpty)
  }
}
