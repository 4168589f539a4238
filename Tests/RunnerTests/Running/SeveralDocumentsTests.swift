// Several documents at once: the same bytes and messages as one after the other.

import DataTables
import Diagnostics
import Runner
import TestSupport
import Testing

@Suite struct SeveralDocumentsTests {
  private static let data =
    "months,died,grp,age\n5,1,a,61\n6,0,a,70\n7.5,1,b,55\n2,0,b,48\n9,1,a,x\n3,1,b,52\n"

  private static func document(_ body: String, _ columns: String = "grp") -> String {
    "```{data #d}\nsource: data.csv\noutcomes:\n  os: Surv(months, died == 1)\n```\n\n"
      + "```{kaplan-meier #km}\ndata: d\nformula: os ~ \(columns)\n```\n\n\(body)\n"
  }

  private static func project() throws -> (TemporaryProject, [String]) {
    let project = try TemporaryProject()
    try project.write("meier.yml", text: "stlye: lancet\n")
    try project.write("data.csv", text: data)
    let documents = [
      "a.md": document("`{= d.n}`"), "b.md": document("`{= d.count(grp == \"a\")}`", "1"),
      // The third one alone uses a column with a fault.
      "c.md": document("`{= d.mean(age)}`"), "e.md": document("`{= d.nn}`"),
    ]
    for (name, text) in documents { try project.write(name, text: text) }
    return (project, documents.keys.sorted())
  }

  private static func session(_ project: TemporaryProject, threads: Int) -> RunSession {
    RunSession(options: RunOptions(threads: threads, keepsGoing: true), workingDirectory: project.path)
  }

  @Test(arguments: [1, 3, 8]) func theSameAsOneByOne(threads: Int) throws {
    let (one, paths) = try Self.project()
    let (several, _) = try Self.project()
    let expected = paths.map { Self.session(one, threads: 1).run($0) }
    let reports = Self.session(several, threads: threads).run(paths)
    #expect(reports.map(\.document) == paths)
    #expect(try several.files() == one.files())
    let printer = DiagnosticPrinter()
    func text(_ reports: [DocumentReport], without path: String) -> [String] {
      reports.flatMap(\.diagnostics).filter { $0.location?.path != path }.map(printer.text)
    }
    #expect(text(reports, without: "meier.yml") == text(expected, without: "meier.yml"))
    // What is wrong with the project is said once.
    #expect(reports.flatMap(\.diagnostics).count { $0.code == .unknownSetting } == 1)
    #expect(expected.flatMap(\.diagnostics).count { $0.code == .unknownSetting } == 4)
    let checks = Self.session(several, threads: threads).check(paths)
    #expect(checks.map(\.changedFiles) == paths.map { Self.session(one, threads: 1).check($0).changedFiles })
  }
}
