// Columns that nothing uses are not computed, but their names are known.

import Foundation
import Runner
import Testing

@Suite struct UnusedDerivationTests {
  private static let data = "id,months,died,age\n1,5,1,60\n2,6,0,50\n3,7,1,70\n4,2,0,40\n"

  private static func run(_ name: String) throws -> DocumentReport {
    let directory = FileManager.default.temporaryDirectory.appending(path: "meier-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data().write(to: directory.appending(path: "meier.yml"))
    try Data(data.utf8).write(to: directory.appending(path: "d.csv"))
    let document = """
      ```{data #r}
      source: d.csv
      derive:
        old: age >= 60
      outcomes:
        os: Surv(months, died == 1)
      ```

      ```{data #s}
      from: r
      derive:
        twice: if(\(name), 2, 1)
      outcomes:
        other: Surv(months, \(name))
      ```

      ```{kaplan-meier #km}
      data: s
      formula: os ~ 1
      ```

      """
    try Data(document.utf8).write(to: directory.appending(path: "doc.md"))
    let path = directory.resolvingSymlinksInPath().path(percentEncoded: false)
    return RunSession(options: RunOptions(), workingDirectory: path).run("doc.md")
  }

  @Test func aColumnDerivedBeforeMayBeNamedWhereNothingUsesIt() throws {
    let report = try Self.run("old")
    #expect(report.diagnostics.map(\.message) == [])
    #expect(!report.changedFiles.isEmpty)
  }

  @Test func aNameThatNobodyDerivesIsUnknownAllTheSame() throws {
    let report = try Self.run("odl")
    #expect(report.diagnostics.map(\.code.rawValue) == ["unknown-column", "unknown-column"])
    #expect(report.diagnostics.allSatisfy { $0.remedy == "did you mean 'old'?" })
    #expect(report.changedFiles.isEmpty)
  }
}
