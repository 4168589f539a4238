// `meier git install` and what git does after it, in real repositories.

import Foundation
import TestSupport
import Testing

@Suite struct GitInstallTests {
  private static let rows = (1...30).map { "\($0),\($0 % 2),\($0 % 3 == 0 ? "a" : "b")\n" }

  private static func data(_ rows: [String] = rows) -> String { "months,died,grp\n" + rows.joined() }

  private static let document = """
    # Analysis

    ```{data #d}
    source: d.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    `{= d.n}` patients lived for `{= km.median | digits 1}` months.

    Methods as usual.

    ```{kaplan-meier #km}
    data: d
    formula: os ~ grp
    ```

    The end.

    """

  /// A project with results, committed, on `main`; and `meier git install` run in it.
  private static func project(inPlace: Bool) throws -> TemporaryProject {
    let project = try TemporaryProject()
    try project.beginRepository()
    try project.write("x.md", text: document)
    try project.write("d.csv", text: data())
    try run(project, inPlace)
    let executable = try #require(Executable.path)
    let install = try Executable.run(["git", "install", "--executable", executable], in: project.path)
    #expect(install.status == 0, "\(install.errors)")
    try project.commit("first")
    return project
  }

  private static func run(_ project: TemporaryProject, _ inPlace: Bool) throws {
    let result = try Executable.run(["run", "x.md"] + (inPlace ? ["--in-place"] : []), in: project.path)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// Changes the data on a branch, and other rows of it on `main`.
  private static func diverge(
    _ project: TemporaryProject, _ inPlace: Bool, _ ours: (TemporaryProject) throws -> Void = { _ in },
    _ theirs: (TemporaryProject) throws -> Void = { _ in }
  ) throws {
    try project.git("checkout", "-q", "-b", "branch")
    var changed = rows
    changed[2] = "99,1,a\n"
    try project.write("d.csv", text: data(changed))
    try theirs(project)
    try run(project, inPlace)
    try project.commit("theirs")
    try project.git("checkout", "-q", "main")
    changed = rows
    changed[25] = "77,1,b\n"
    try project.write("d.csv", text: data(changed))
    try ours(project)
    try run(project, inPlace)
    try project.commit("ours")
  }

  @Test(arguments: [false, true]) func aMergeComputesTheResultsOfTheMergedData(_ inPlace: Bool) throws {
    let project = try Self.project(inPlace: inPlace)
    try Self.diverge(project, inPlace)
    let merge = try project.git("merge", "-q", "-m", "merged", "branch", mayFail: true)
    #expect(merge.status == 0, "\(merge.output)\(merge.errors)")
    #expect(try project.git("status", "--porcelain").output.isEmpty)
    let data = try project.text("d.csv")
    #expect(data.contains("99,1,a") && data.contains("77,1,b"))
    let check = try Executable.run(["check", "x.md"] + (inPlace ? ["--in-place"] : []), in: project.path)
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test func theAuthorsLinesOfADocumentWithResultsAreMerged() throws {
    let project = try Self.project(inPlace: true)
    func edit(_ old: String, _ new: String) -> (TemporaryProject) throws -> Void {
      { try $0.write("x.md", text: try $0.text("x.md").replacingOccurrences(of: old, with: new)) }
    }
    try Self.diverge(project, true, edit("The end.", "Our end."), edit("# Analysis", "# Their analysis"))
    let merge = try project.git("merge", "-q", "-m", "merged", "branch", mayFail: true)
    #expect(merge.status == 0, "\(merge.output)\(merge.errors)")
    let document = try project.text("x.md")
    #expect(document.hasPrefix("# Their analysis\n") && document.hasSuffix("\nOur end.\n"))
    #expect(document.contains("<!-- meier:end km -->") && document.contains("30<!--= d.n"))
    #expect(try Executable.run(["check", "--in-place", "x.md"], in: project.path).status == 0)
  }

  @Test func dataInConflictLeaveAConflictThatSaysWhy() throws {
    let project = try Self.project(inPlace: false)
    try Self.diverge(
      project, false,
      { try $0.write("d.csv", text: Self.data().replacingOccurrences(of: "\n3,1,a\n", with: "\n55,1,a\n")) })
    let merge = try project.git("merge", "-q", "branch", mayFail: true)
    #expect(merge.status == 1)
    #expect(
      merge.errors.contains("meier: output/x.md is not computed: d.csv has conflicts"), "\(merge.errors)")
    #expect(try project.text("output/x.md").contains("<<<<<<< ours"))
    #expect(
      try project.git("diff", "--name-only", "--diff-filter=U").output.contains("output/x/results.json"))
    // As the message says.
    try project.write("d.csv", text: Self.data())
    try Self.run(project, false)
    #expect(!(try project.text("output/x.md").contains("<<<<<<<")))
  }

  @Test func aDocumentThatCannotBeRunLeavesAConflict() throws {
    let project = try Self.project(inPlace: false)
    let addition = "\n```{kaplan-meier #late}\ndata: d\nformula: os ~ late\n```\n"
    try Self.diverge(
      project, false,
      {
        try $0.write(
          "x.md",
          text: Self.document.replacingOccurrences(of: "The end.", with: addition)
            .replacingOccurrences(of: "os ~ late", with: "os ~ grp"))
      })
    // What the branch's document needs is gone from the merged data.
    try project.write("x.md", text: Self.document.replacingOccurrences(of: "os ~ grp", with: "os ~ nothing"))
    try project.commit("broken")
    let merge = try project.git("merge", "-q", "branch", mayFail: true)
    #expect(merge.status == 1 && merge.errors.contains("x.md: no column 'nothing' in 'd'"), "\(merge.errors)")
  }

  @Test func resultsAreComparedLineByLine() throws {
    let project = try Self.project(inPlace: false)
    try project.write("d.csv", text: Self.data(Self.rows + ["40,1,a\n"]))
    try Self.run(project, false)
    let diff = try project.git("diff", "-U0", "--", "output/x/results.json", "output/x/km.svg").output
    #expect(diff.contains("\n-d.n: 30\n+d.n: 31\n"), "\(diff)")
    #expect(diff.contains("\n+drawing ") && !diff.contains("<svg") && !diff.contains("\"inputs\""))
  }

  @Test func installingTwiceAndTakingBackChangesNothing() throws {
    let project = try TemporaryProject()
    try project.beginRepository()
    try project.write(".gitattributes", text: "*.csv text\n")
    let first = try Executable.run(["git", "install", "--executable", "/a b/meier"], in: project.path)
    #expect(first.status == 0, "\(first.errors)")
    let commands = first.output.split(separator: "\n").filter { $0.hasPrefix("git config ") }
    #expect(commands.count == 2)
    #expect(first.output.contains("git config merge.meier.driver "))
    #expect(try project.git("config", "merge.meier.driver").output == "'/a b/meier' git merge %O %A %B %P\n")
    let attributes = try project.text(".gitattributes")
    #expect(attributes.hasPrefix("*.csv text\n# meier begin") && attributes.hasSuffix("# meier end\n"))
    let configuration = try project.text(".git/config")
    let second = try Executable.run(["git", "install", "--executable", "/a b/meier"], in: project.path)
    #expect(second.output.contains(".gitattributes: as it should be"))
    #expect(try project.text(".gitattributes") == attributes)
    #expect(try project.text(".git/config") == configuration)
    #expect(try Executable.run(["git", "uninstall"], in: project.path).status == 0)
    #expect(try project.text(".gitattributes") == "*.csv text\n")
    #expect(try project.git("config", "merge.meier.driver", mayFail: true).status == 1)
    #expect(try Executable.run(["git", "uninstall"], in: project.path).status == 0)
  }
}
