// Runs of some results: what they compute, what they leave, and what they say of it.

import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct OnlyTests {
  private static let document = """
    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    Median `{= km.median | digits 1}`, mean age `{= ages["age"].mean | digits 2}`.

    ```{kaplan-meier #km}
    data: d
    formula: os ~ grp
    ```

    ```{summary #ages}
    data: d
    variables: [age]
    statistics: [mean]
    ```

    """

  private static func data(lastMonth: Double, lastAge: Int) -> String {
    "months,died,grp,age\n5,1,a,60\n6,0,a,61\n7.5,1,b,62\n2,0,b,63\n9,1,a,64\n\(lastMonth),1,b,\(lastAge)\n"
  }

  private static func session(_ project: TemporaryProject, only: Set<String> = []) -> RunSession {
    RunSession(options: RunOptions(usesCache: true, only: only), workingDirectory: project.path)
  }

  private static func project() throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.write("analyses/data.csv", text: data(lastMonth: 3, lastAge: 65))
    try project.write("analyses/doc.md", text: document)
    #expect(session(project).run("analyses/doc.md").diagnostics.isEmpty)
    return project
  }

  private static func region(_ id: String, _ project: TemporaryProject) throws -> Substring {
    let text = try project.text("output/doc.md")
    let begin = try #require(text.range(of: "<!-- meier:begin \(id) -->"))
    let end = try #require(text.range(of: "<!-- meier:end \(id) -->"))
    return text[begin.lowerBound..<end.upperBound]
  }

  @Test func othersStayAndAreSaidToBeStale() throws {
    let project = try Self.project()
    let ages = try Self.region("ages", project)
    let curves = try Self.region("km", project)
    try project.write("analyses/data.csv", text: Self.data(lastMonth: 4, lastAge: 95))
    let report = Self.session(project, only: ["km"]).run("analyses/doc.md")
    #expect(report.diagnostics.map(\.code) == [.staleResult])
    #expect(report.diagnostics.first?.severity == .warning)
    #expect(report.diagnostics.first?.message.contains("'ages' was left as it stands") == true)
    #expect(try Self.region("ages", project) == ages)
    #expect(try Self.region("km", project) != curves)
    // The sentence agrees with the tables: the new median, the old mean.
    #expect(try project.text("output/doc.md").contains("mean age 62.50"))
    let states = Self.session(project).check("analyses/doc.md").results.map(\.freshness)
    #expect(states == [.fresh, .fresh, .stale])
    // A whole run afterwards is a run from nothing.
    _ = Self.session(project).run("analyses/doc.md")
    let whole = try project.text("output/doc.md")
    let record = try project.text("output/doc/results.json")
    try project.remove("output")
    try project.remove(".meier")
    _ = Self.session(project).run("analyses/doc.md")
    #expect(try project.text("output/doc.md") == whole)
    #expect(try project.text("output/doc/results.json") == record)
  }

  @Test func withoutACacheAllIsComputed() throws {
    let project = try Self.project()
    try project.remove(".meier")
    try project.write("analyses/data.csv", text: Self.data(lastMonth: 4, lastAge: 95))
    #expect(Self.session(project, only: ["km"]).run("analyses/doc.md").diagnostics.isEmpty)
    #expect(Self.session(project).check("analyses/doc.md").results.allSatisfy { $0.freshness == .fresh })
  }

  @Test func aRecordOfAnotherRunIsNotMixedWithTheCache() throws {
    let project = try Self.project()
    let committed = try project.text("output/doc/results.json")
    try project.write("analyses/data.csv", text: Self.data(lastMonth: 4, lastAge: 95))
    _ = Self.session(project).run("analyses/doc.md")
    // As after a checkout of older outputs: what the cache holds is not what stands there.
    try project.write("output/doc/results.json", text: committed)
    #expect(Self.session(project, only: ["km"]).run("analyses/doc.md").diagnostics.isEmpty)
    #expect(Self.session(project).check("analyses/doc.md").results.allSatisfy { $0.freshness == .fresh })
  }

  @Test func documentsWithoutTheResultAreLeftOut() throws {
    let project = try Self.project()
    try project.write("analyses/other.md", text: "# Other\n")
    let paths = ["analyses/doc.md", "analyses/other.md"]
    let asked = Self.session(project, only: ["km"]).documentsWithAskedResults(among: paths)
    #expect(asked.documents == ["analyses/doc.md"] && asked.problems.isEmpty)
    let unknown = Self.session(project, only: ["kn"]).documentsWithAskedResults(among: paths)
    #expect(unknown.problems.map(\.code) == [.unknownResult])
    #expect(unknown.problems.first?.remedy?.contains("'km'") == true)
  }
}
