// Comparisons of whole projects in a repository.

import TestSupport
import Testing

@testable import Runner

@Suite struct DiffSessionTests {
  static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n4,1,a\n8,1,b\n"

  static func document(times: String = "[4]", claim: String = "d.n == 8") -> String {
    """
    ```{data #d}
    source: data/d.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    `{= d.count(grp == "a")}` in a.

    ```{kaplan-meier #km}
    data: d
    formula: os ~ grp
    times: \(times)
    ```

    ```{claims}
    - \(claim)
    - d.count(grp == "a") == 4
    ```

    """
  }

  private static func project(committing results: Bool) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.beginRepository()
    try project.write("analyses/x.md", text: document())
    try project.write("analyses/data/d.csv", text: data)
    if results { try run(project) }
    try project.commit("first")
    return project
  }

  private static func run(_ project: TemporaryProject) throws {
    let report = RunSession(options: RunOptions(), workingDirectory: project.path).run("analyses/x.md")
    #expect(!report.hasErrors, "\(report.diagnostics)")
  }

  private static func compare(
    _ project: TemporaryProject, _ revisions: [String] = [], files: [String] = [], recomputes: Bool = false
  ) throws -> ResultDiff {
    try DiffSession(workingDirectory: project.path, recomputes: recomputes).compare(revisions, files: files)
  }

  @Test func aNewClaimThatFailsIsTold() throws {
    let project = try Self.project(committing: true)
    try project.write("analyses/x.md", text: Self.document(claim: "d.n == 8\n- km.n > 100\n- km.n == 8"))
    let document = try #require(try Self.compare(project).changedDocuments.first)
    #expect(document.claims.map(\.text) == ["km.n > 100"])
    #expect(document.claims.map(\.words) == ["is new and fails"])
  }

  @Test(arguments: [true, false]) func dataThatChangedAreTheCause(_ recorded: Bool) throws {
    let project = try Self.project(committing: recorded)
    #expect(try Self.compare(project).changedDocuments.isEmpty)
    try project.write("analyses/data/d.csv", text: Self.data + "1,1,b\n")
    let document = try #require(try Self.compare(project).changedDocuments.first)
    #expect(document.name == "analyses/x.md")
    #expect(document.claims.map(\.text) == ["d.n == 8"])
    #expect(document.claims.map(\.new) == [.fails])
    let change = try #require(document.changes.first { $0.path == "d.n" })
    #expect(change.difference == 1 && change.relativeDifference == 0.125)
    #expect(document.causes["km"]?.names == ["data"])
    #expect(document.causes["km"]?.details == ["data: analyses/data/d.csv"])
    #expect(document.unchangedCount > 0)
  }

  @Test func anotherSpecificationIsTheCause() throws {
    let project = try Self.project(committing: true)
    try project.write("analyses/x.md", text: "Other prose.\n\n" + Self.document(times: "[4, 5]"))
    let document = try #require(try Self.compare(project).changedDocuments.first)
    #expect(document.changes.allSatisfy { $0.flags == [.added] && $0.path.contains(".at(5)") })
    #expect(document.causes["km"]?.details == ["specification: km"])
    #expect(document.claims.isEmpty)
  }

  @Test func rowsInAnotherOrderAndCommentsChangeNothing() throws {
    let project = try Self.project(committing: true)
    let rows = Self.data.split(separator: "\n")
    try project.write(
      "analyses/data/d.csv", text: ([rows[0]] + rows[1...].reversed()).joined(separator: "\n") + "\n")
    let document = Self.document().replacing("times: [4]", with: "# why\ntimes: [ 4 ]\ncaption: New")
    try project.write("analyses/x.md", text: document)
    #expect(try Self.compare(project).changedDocuments.isEmpty)
  }

  @Test func twoRevisionsAreComparedWhateverTheWorkingTreeHolds() throws {
    let project = try Self.project(committing: true)
    try project.git("tag", "v1")
    try project.write("analyses/data/d.csv", text: Self.data + "1,1,b\n")
    try Self.run(project)
    try project.commit("second")
    try project.write("analyses/data/d.csv", text: "months,died,grp\n")
    for revisions in [["v1", "HEAD"], ["v1..HEAD"], ["v1..."], ["HEAD~1", "main"]] {
      let diff = try Self.compare(project, revisions)
      #expect(diff.changedDocuments.first?.changes.contains { $0.path == "d.n" } == true, "\(revisions)")
    }
    #expect(try Self.compare(project, ["v1", "v1"], recomputes: true).changedDocuments.isEmpty)
    #expect(try Self.compare(project, ["v1", "HEAD"], recomputes: true).changedDocuments.count == 1)
    // The working tree's document cannot be run: what it recorded is compared, and that is said.
    let broken = try #require(try Self.compare(project, ["v1"]).documents.first)
    #expect(broken.remarks.map { $0.hasPrefix("working tree: cannot be run (") } == [true])
    #expect(broken.hasChanges)
  }

  @Test func anotherVersionOfADirectiveIsTheCause() throws {
    let project = try Self.project(committing: true)
    let results = try project.text("output/x/results.json")
    // As an older Meier would have written it: another version, other numbers, and no record of uses.
    let lines = results.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("    \"km\": {") })
    let version = try #require(lines[start...].firstIndex { $0.contains("\"semantics\": ") })
    var old = lines
    old[version] = "      \"semantics\": 0,"
    let median = try #require(lines.firstIndex { $0.hasPrefix("  \"km.median\": ") })
    old[median] = "  \"km.median\": 1,"
    try project.write("output/x/results.json", text: old.joined(separator: "\n"))
    try project.commit("older")
    let document = try #require(try Self.compare(project).changedDocuments.first)
    #expect(document.changes.map(\.path) == ["km.median"])
    #expect(document.causes["km"]?.names == ["Meier"], "\(String(describing: document.causes))")
    #expect(document.causes["km"]?.details.first?.hasPrefix("Meier: semantics of kaplan-meier 0 → ") == true)
  }

  @Test func filesKeepTheComparisonSmall() throws {
    let project = try Self.project(committing: true)
    try project.write("analyses/y.md", text: Self.document())
    try project.write("analyses/data/d.csv", text: Self.data + "1,1,b\n")
    #expect(try Self.compare(project).changedDocuments.map(\.name) == ["analyses/x.md", "analyses/y.md"])
    for file in ["analyses/x.md", "output/x/results.json", "output/x.md", "output/x"] {
      #expect(try Self.compare(project, files: [file]).documents.map(\.name) == ["analyses/x.md"], "\(file)")
    }
    #expect(try Self.compare(project, files: ["analyses"]).documents.count == 2)
    #expect(try Self.compare(project, files: ["nothing.md"]).documents.isEmpty)
  }

  @Test func documentsInPlaceAndProjectsInFoldersAreFound() throws {
    let project = try TemporaryProject()
    try project.beginRepository()
    try project.write("sub/meier.yml", [])
    try project.write("sub/notes.md", text: Self.document())
    try project.write("sub/data/d.csv", text: Self.data)
    let session = RunSession(options: RunOptions(mode: .inPlace), workingDirectory: project.path)
    #expect(!session.run("sub/notes.md").hasErrors)
    try project.commit("first")
    try project.write("sub/data/d.csv", text: Self.data + "1,1,b\n")
    let document = try #require(try Self.compare(project).changedDocuments.first)
    #expect(document.name == "sub/notes.md" && document.claims.count == 1)
    // From a folder below, too.
    let below = try DiffSession(workingDirectory: project.absolute("sub")).compare([], files: ["notes.md"])
    #expect(below.changedDocuments.count == 1)
  }

  @Test func allThreeRenderingsSayTheSame() throws {
    let project = try Self.project(committing: true)
    try project.write("analyses/data/d.csv", text: Self.data.replacing("8,1,b", with: "8,0,b"))
    let diff = try Self.compare(project)
    let text = ResultDiffPrinter(usesColor: false, showsAll: true).text(diff)
    #expect(
      text.hasPrefix("analyses/x.md  HEAD → working tree\n  because of data: analyses/data/d.csv\n"),
      "\(text)")
    for path in try #require(diff.changedDocuments.first).changes.map(\.path) {
      #expect(text.contains(path) && diff.markdown.contains(path), "\(path)")
    }
    #expect(JSONReader.value(of: Array(diff.json.utf8)) != nil, "\(diff.json)")
    let colored = ResultDiffPrinter(usesColor: true, showsAll: true).text(diff)
    #expect(colored.contains("\u{1B}[") && !text.contains("\u{1B}"))
  }
}
