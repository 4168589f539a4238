// What results rest on: which edits make which of them stale, and with which words.

import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct DependencyTests {
  private static let document = """
    ---
    style: plain
    ---

    Of `{= all.n}` patients, `{= d.n}` were old enough.

    ```{data #all}
    source: data.csv
    dictionary:
      age: {label: Age, unit: years}
    ```

    ```{data #d}
    from: all
    where: age > 30
    derive:
      old: age >= 60
      spare: age + 1
    outcomes:
      os: Surv(months, died == 1)
      other: Surv(months, died == 0)
    ```

    ```{kaplan-meier #km}
    data: d
    formula: os ~ arm
    times: [5]
    caption: Survival
    ```

    ```{cox #fit}
    formula: os ~ age + old
    data: d
    ```

    ```{proportional-hazards #ph}
    model: fit
    ```

    """
  private static let rows = (1...40).map { index in
    "\(index),\(index % 9 + 1),\(index % 4 == 0 ? 0 : 1),\(25 + index * 13 % 60),\(index % 2 == 0 ? "a" : "b"),n\(index)"
  }
  private static let data = (["id,months,died,age,arm,note"] + rows).joined(separator: "\n") + "\n"

  /// The reasons by result after an edit of a project that was run before.
  private static func reasons(_ edit: (inout String, inout String) -> Void) throws -> [String: [String]] {
    let project = try TemporaryProject(["doc.md": Array(document.utf8), "data.csv": Array(data.utf8)])
    let session = RunSession(options: RunOptions(), workingDirectory: project.path)
    try #require(!session.run("doc.md").hasErrors)
    var (document, data) = (document, data)
    edit(&document, &data)
    try project.write("doc.md", text: document)
    try project.write("data.csv", text: data)
    let report = session.check("doc.md")
    try #require(!report.hasErrors, "\(report.diagnostics.map(\.message))")
    var reasons: [String: [String]] = [:]
    for result in report.results where result.freshness != .fresh { reasons[result.id] = result.reasons }
    return reasons
  }

  private static func reasons(_ old: String, _ new: String) throws -> [String: [String]] {
    try #require(document.contains(old))
    return try reasons { document, _ in document = document.replacingOccurrences(of: old, with: new) }
  }

  @Test func formattingIsNoInput() throws {
    #expect(try Self.reasons("times: [5]", "times:\n  - 5  # months") == [:])
    #expect(try Self.reasons("os ~ age + old", "os~age  +old") == [:])
    #expect(try Self.reasons("age >= 60", "age>=60") == [:])
    #expect(try Self.reasons("formula: os ~ age + old\ndata: d", "data: d\nformula: 'os ~ age + old'") == [:])
    #expect(try Self.reasons("label: Age, unit: years", "unit: years, label: \"Age\"") == [:])
  }

  @Test func whatNothingUsesIsNoInput() throws {
    #expect(try Self.reasons("spare: age + 1", "spare: age * 2") == [:])
    #expect(try Self.reasons("other: Surv(months, died == 0)", "another: Surv(age, died == 0)") == [:])
    #expect(
      try Self.reasons { _, data in data = data.replacingOccurrences(of: ",n7\n", with: ",changed\n") } == [:]
    )
    #expect(
      try Self.reasons { _, data in
        data = (["id,months,died,age,arm,note"] + Self.rows.reversed()).joined(separator: "\n")
      } == [:])
  }

  @Test func proseIsNoInputOfResults() throws {
    #expect(try Self.reasons("were old enough", "were old enough to be asked") == [:])
  }

  @Test func anOptionIsItsDirectivesAlone() throws {
    #expect(try Self.reasons("times: [5]", "times: [5, 7]") == ["km": ["option times"]])
    #expect(try Self.reasons("times: [5]\n", "") == ["km": ["option times removed"]])
    #expect(
      try Self.reasons("times: [5]", "times: [5]\nlog-rank: false") == ["km": ["option log-rank added"]])
    #expect(try Self.reasons("caption: Survival", "caption: Overall survival") == ["km": ["option caption"]])
  }

  @Test func aCaptionRestsOnItsValues() throws {
    let reasons = try Self.reasons("caption: Survival", "caption: Survival of `{= d.n}`")
    #expect(reasons == ["km": ["option caption", "values in the caption added"]])
  }

  @Test func whatAModelRestsOnItsTestsRestOn() throws {
    let reasons = try Self.reasons("label: Age", "label: Age at entry")
    #expect(reasons == ["fit": ["dictionary age.label"], "ph": ["result fit"]])
  }

  @Test func derivationsAndOutcomesCountWhereTheyAreUsed() throws {
    let derived = try Self.reasons("age >= 60", "age >= 50")
    #expect(Set(derived.keys) == ["d", "fit", "ph"])
    #expect(derived["fit"] == ["data: column old", "derivation old"])
    let outcome = try Self.reasons("os: Surv(months, died == 1)", "os: Surv(months, died == 0)")
    #expect(outcome["km"] == ["outcome os"])
  }

  @Test func aConditionOfTheDataCounts() throws {
    let reasons = try Self.reasons("where: age > 30", "where: age > 31")
    #expect(reasons["km"]?.contains("where d") == true, "\(reasons)")
    #expect(reasons["all"] == nil)
  }

  @Test func aCellChangesWhatUsesItsColumn() throws {
    let reasons = try Self.reasons { _, data in
      data = data.replacingOccurrences(of: "7,8,1,56,b,n7\n", with: "7,8,1,56,a,n7\n")
    }
    #expect(Set(reasons.keys) == ["all", "d", "km"], "\(reasons)")
    #expect(reasons["km"] == ["data: column arm"])
  }

  /// Two patients exchange a value: every column holds what it held, and the results are others.
  @Test func exchangedValuesAreSeen() throws {
    let reasons = try Self.reasons { _, data in
      data = data.replacingOccurrences(of: "7,8,1,56,b,n7\n", with: "7,8,1,56,a,n7\n")
        .replacingOccurrences(of: "8,9,0,69,a,n8\n", with: "8,9,0,69,b,n8\n")
    }
    #expect(reasons["km"] == ["data: rows"], "\(reasons)")
    #expect(reasons["fit"] == nil)
  }

  @Test func styleAndNumberingCount() throws {
    let style = try Self.reasons("style: plain", "style: lancet")
    #expect(style["km"] == ["style plain → lancet"])
    let moved = try Self.reasons(
      "```{kaplan-meier #km}", "```{log-rank #rank}\ndata: d\nformula: os ~ arm\n```\n\n```{kaplan-meier #km}"
    )
    #expect(moved["km"] == ["numbers Table 1, Figure 1 → Table 2, Figure 1"], "\(moved)")
    #expect(moved["rank"] == ["not in output/doc.md yet"])
  }

  @Test func semanticsAndOlderRecordsAreNamed() {
    let old = DependencyRecord(
      directive: "cox", semantics: 1, entries: [Dependency("presentation", mark: "0")])
    let new = DependencyRecord(
      directive: "cox", semantics: 2, entries: [Dependency("presentation", mark: "1")])
    #expect(new.changes(since: old).map(\.words) == ["semantics of cox 1 → 2", "written by an older Meier"])
    #expect(new.changes(since: new).isEmpty)
  }

  @Test func filesThatAreGoneOrOthersAreNamed() throws {
    let project = try TemporaryProject([
      "doc.md": Array(Self.document.utf8), "data.csv": Array(Self.data.utf8),
    ])
    let session = RunSession(options: RunOptions(), workingDirectory: project.path)
    _ = session.run("doc.md")
    func reasons() -> [String: [String]] {
      var reasons: [String: [String]] = [:]
      for result in session.check("doc.md").results where !result.reasons.isEmpty {
        reasons[result.id] = result.reasons
      }
      return reasons
    }
    #expect(reasons() == [:])
    let figure = try project.bytes("output/doc/km.svg")
    try project.write("output/doc/km.svg", figure + Array("\n".utf8))
    #expect(reasons() == ["km": ["the file output/doc/km.svg is another"]])
    try FileManager.default.removeItem(atPath: project.absolute("output/doc/km.svg"))
    #expect(reasons() == ["km": ["file missing: output/doc/km.svg"]])
    try project.write("output/doc/km.svg", figure)
    let results = try project.text("output/doc/results.json")
    try project.write(
      "output/doc/results.json", text: results.replacingOccurrences(of: "\"uses\"", with: "\"used\""))
    #expect(reasons().values.allSatisfy { $0 == ["written by an older Meier"] } && reasons().count == 5)
    try project.write("output/doc/results.json", text: results)
    let output = try project.text("output/doc.md")
    try project.write("output/doc.md", text: output.replacingOccurrences(of: "| a |", with: "| A |"))
    #expect(reasons() == ["km": ["edited by hand"]])
    try FileManager.default.removeItem(atPath: project.absolute("output/doc.md"))
    #expect(Set(reasons().values.flatMap(\.self)) == ["file missing: output/doc.md"])
  }
}
