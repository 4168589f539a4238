// The life of a document that carries its results: run, edited, run again.

import Diagnostics
import Foundation
import Runner
import TestSupport
import Testing

@Suite struct InPlaceTests {
  private static let document = "notes/lab.md"

  private static func project() throws -> TemporaryProject {
    let fixture = try #require(DocumentFixture.all.first { $0.name == "in-place" })
    let project = try fixture.project()
    #expect(run(project).diagnostics.isEmpty)
    return project
  }

  private static func session(
    _ project: TemporaryProject, forces: Bool = false, keepsGoing: Bool = false,
    mode: RunOptions.Mode = .inPlace
  ) -> RunSession {
    RunSession(
      options: RunOptions(mode: mode, keepsGoing: keepsGoing, forces: forces), workingDirectory: project.path)
  }

  @discardableResult private static func run(
    _ project: TemporaryProject, forces: Bool = false, keepsGoing: Bool = false
  ) -> DocumentReport {
    session(project, forces: forces, keepsGoing: keepsGoing).run(document)
  }

  private static func edit(_ project: TemporaryProject, _ old: String, _ new: String) throws {
    let text = try project.text(document)
    try #require(text.contains(old), "\(old)")
    try project.write(document, text: text.replacingOccurrences(of: old, with: new))
  }

  /// The lines that differ, by their number.
  private static func changedLines(_ old: String, _ new: String) -> [Int: String] {
    let old = old.split(separator: "\n", omittingEmptySubsequences: false)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false)
    guard old.count == new.count else { return [-1: "\(old.count) and \(new.count) lines"] }
    var changed: [Int: String] = [:]
    for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 { changed[index] = String(pair.1) }
    return changed
  }

  @Test func proseIsTheAuthors() throws {
    let project = try Self.project()
    try Self.edit(project, "- another, ", "- another one, freshly worded,\n  on two lines: ")
    let edited = try project.text(Self.document)
    let report = Self.run(project)
    #expect(report.diagnostics.isEmpty)
    #expect(report.changedFiles.isEmpty)
    #expect(try project.text(Self.document) == edited)
  }

  @Test func newDataChangeResultsAndNothingElse() throws {
    let project = try Self.project()
    let before = try project.text(Self.document)
    // One more death in group A.
    let data = try project.text("notes/lab.csv")
    try project.write("notes/lab.csv", text: data.replacingOccurrences(of: "2,A,6,0", with: "2,A,6,1"))
    let check = Self.session(project).check(Self.document)
    #expect(
      check.changedFiles == [
        "notes/lab/km.csv", "notes/lab/km.svg", "notes/lab/lr.csv", "notes/lab/results.json", "notes/lab.md",
      ])
    #expect(ExitStatus.of([check], isCheck: true, allowsFailedClaims: false) == .stale)
    #expect(Self.run(project).diagnostics.isEmpty)
    let after = try project.text(Self.document)
    let changed = Self.changedLines(before, after)
    #expect(!changed.isEmpty)
    for line in changed.values {
      let isResult =
        line.contains("<!--=") || line.contains("| A |") || line.contains("![") || line.contains("χ²")
        || line.contains("fingerprint") || line.contains("| B | 7 | 5")
      #expect(isResult, "\(line)")
    }
    // The old data give the old document.
    try project.write("notes/lab.csv", text: data)
    #expect(Self.run(project).diagnostics.isEmpty)
    #expect(try project.text(Self.document) == before)
  }

  @Test func aMovedDirectiveTakesItsResultAlong() throws {
    let project = try Self.project()
    let text = try project.text(Self.document)
    // Out of the list: the same result without the list's indentation.
    let start = try #require(text.range(of: "  ```{kaplan-meier")).lowerBound
    let end = try #require(text.range(of: "<!-- meier:end km -->\n\n")).upperBound
    let moved = text[start..<end].split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("  ") ? $0.dropFirst(2) : $0 }.joined(separator: "\n")
    var rest = text
    rest.removeSubrange(start..<end)
    try project.write(Self.document, text: rest + "\n" + moved)
    let report = Self.run(project)
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics.map(\.message))")
    #expect(try project.text(Self.document).contains("\n| A | 7 | 4 | 12·0 (5·5–NR)"))
  }

  @Test func lineEndsAreNoEdit() throws {
    let project = try Self.project()
    try project.write(Self.document, withCRLF(try project.bytes(Self.document)))
    let report = Self.run(project)
    #expect(report.diagnostics.isEmpty)
    #expect(report.changedFiles.isEmpty)
  }

  @Test func anEditedRegionIsReportedAndKept() throws {
    let project = try Self.project()
    try Self.edit(project, "| A | 7 | 4 | 12·0", "| A | 7 | 3 | 12·0")
    let edited = try project.files()
    let report = Self.run(project)
    #expect(report.diagnostics.map(\.code) == [.editedResult])
    #expect(report.diagnostics.first?.location?.start.line == 19)
    #expect(report.changedFiles.isEmpty)
    #expect(differences(try project.files(), edited) == "")
    #expect(ExitStatus.of([report], isCheck: false, allowsFailedClaims: false) == .documentErrors)
    let check = Self.session(project).check(Self.document)
    #expect(check.diagnostics.map(\.code) == [.editedResult])
  }

  @Test func keepGoingWritesTheOthersAroundAnEditedRegion() throws {
    let project = try Self.project()
    try Self.edit(project, "| A | 7 | 4 | 12·0", "| A | 7 | 3 | 12·0")
    let data = try project.text("notes/lab.csv")
    try project.write("notes/lab.csv", text: data.replacingOccurrences(of: "2,A,6,0", with: "2,A,6,1"))
    for _ in 0..<2 {
      // The edit is still known to be one after the others were written.
      let report = Self.run(project, keepsGoing: true)
      #expect(report.diagnostics.map(\.code) == [.editedResult])
      let text = try project.text(Self.document)
      #expect(text.contains("| A | 7 | 3 | 12·0"))
      #expect(text.contains("| A | 7 | 5 |"))
    }
  }

  @Test func forceWritesEditedResultsAnew() throws {
    let project = try Self.project()
    let before = try project.files()
    try Self.edit(project, "| A | 7 | 4 | 12·0", "| A | 7 | 3 | 12·0")
    try Self.edit(project, "Notes on 14<", "Notes on fourteen<")
    #expect(Self.run(project).diagnostics.map(\.code) == [.editedResult, .editedResult])
    #expect(Self.run(project, forces: true).diagnostics.isEmpty)
    #expect(differences(try project.files(), before) == "")
  }

  @Test func anEditedValueIsReportedAndKept() throws {
    let project = try Self.project()
    try Self.edit(project, "Notes on 14<", "Notes on fourteen<")
    let edited = try project.files()
    let report = Self.run(project)
    #expect(report.diagnostics.map(\.code) == [.editedResult])
    #expect(differences(try project.files(), edited) == "")
    #expect(Self.run(project, keepsGoing: true).diagnostics.map(\.code) == [.editedResult])
    #expect(try project.text(Self.document).contains("Notes on fourteen<!--= d.n → 14 -->"))
  }

  @Test func aResultWithoutARecordIsReplaced() throws {
    // A fresh clone without the results folder: what stands between markers is Meier's.
    let project = try Self.project()
    let before = try project.files()
    try FileManager.default.removeItem(atPath: project.absolute("notes/lab"))
    try Self.edit(project, "| A | 7 | 4 | 12·0", "| A | 7 | 3 | 12·0")
    #expect(Self.run(project).diagnostics.isEmpty)
    #expect(differences(try project.files(), before) == "")
  }

  @Test func aResultWhoseDirectiveIsGoneIsNamedAndLeft() throws {
    let project = try Self.project()
    let text = try project.text(Self.document)
    let start = try #require(text.range(of: "  > ~~~{log-rank")).lowerBound
    let end = try #require(text.range(of: "~~~\n", range: text.index(start, offsetBy: 10)..<text.endIndex))
      .upperBound
    var rest = text
    rest.removeSubrange(start..<end)
    rest = rest.replacingOccurrences(of: #"0·46<!--= lr.chi_squared | digits 2 → 0·46 -->"#, with: "0·46")
      .replacingOccurrences(of: #"p=0·50<!--= lr.p | p → p=0·50 -->"#, with: "p=0·50")
    try project.write(Self.document, text: rest)
    let report = Self.run(project)
    #expect(report.diagnostics.map(\.code) == [.orphanedResult])
    #expect(report.diagnostics.map(\.severity) == [.warning])
    #expect(!report.hasErrors)
    #expect(try project.text(Self.document) == rest)
  }

  /// In `output/` the same holds of what stands between markers.
  @Test func anEditedRegionInTheOutputIsReportedAndKept() throws {
    let project = try Self.project()
    let session = Self.session(project, mode: .output(directory: nil))
    #expect(session.run(Self.document).diagnostics.isEmpty)
    let output = "output/notes/lab.md"
    let text = try project.text(output)
    let edited = text.replacingOccurrences(of: "| A | 7 | 4 | 12·0", with: "| A | 7 | 3 | 12·0")
    try #require(edited != text)
    try project.write(output, text: edited)
    let report = session.run(Self.document)
    #expect(report.diagnostics.map(\.code) == [.editedResult])
    #expect(report.diagnostics.first?.location?.path == output)
    #expect(try project.text(output) == edited)
    let forced = Self.session(project, forces: true, mode: .output(directory: nil)).run(Self.document)
    #expect(forced.diagnostics.isEmpty)
    #expect(try project.text(output) == text)
  }

  /// A region's record survives a run to `output/` and the other way round: each has its own.
  @Test func bothWaysOfRunningMayAlternate() throws {
    let project = try Self.project()
    let before = try project.files()
    #expect(Self.session(project, mode: .output(directory: nil)).run(Self.document).diagnostics.isEmpty)
    #expect(Self.run(project).changedFiles.isEmpty)
    let after = try project.files()
    for (file, bytes) in before { #expect(after[file] == bytes, "\(file)") }
  }
}
