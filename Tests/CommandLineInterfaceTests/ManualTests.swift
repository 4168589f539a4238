// The manual on disk is what the specifications say, and its examples run.

import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
  private static let documentation = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Documentation")
    .path(percentEncoded: false)

  @Test func pagesAreFreshAndExamplesRun() throws {
    let project = try TemporaryProject()
    for (file, bytes) in try TemporaryProject.files(of: Self.documentation + "/data") {
      try project.write("Documentation/data/" + file, bytes)
    }
    let result = try Executable.run(["explain", "--all", "Documentation"], in: project.path)
    #expect(result.status == 0, "\(result.errors)")
    let written = try TemporaryProject.files(of: project.absolute("Documentation"))
    #expect(written.count > 60)
    for (file, bytes) in written.sorted(by: { $0.key < $1.key }) {
      let committed = FileManager.default.contents(atPath: Self.documentation + "/" + file).map(Array.init)
      #expect(committed == bytes, "Documentation/\(file) is not fresh: make documentation")
    }
    // No page of a directive that is gone.
    let pages = try TemporaryProject.files(of: Self.documentation + "/directives").keys
    #expect(pages.filter { written["directives/" + $0] == nil } == [])
    // Every directive's page ends in results that Meier computed.
    for (file, bytes) in written where file.hasPrefix("directives/") && file.hasSuffix(".md") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("## Example") && text.contains("<!-- meier:end example -->"), "\(file)")
    }
    // A second time changes nothing.
    let times = try project.modificationTimes()
    #expect(try Executable.run(["explain", "--all", "Documentation"], in: project.path).status == 0)
    #expect(try project.modificationTimes() == times)
  }

  @Test func theManPageNamesEveryCommandAndOption() throws {
    let page = try String(contentsOfFile: Self.documentation + "/meier.1", encoding: .utf8)
    let project = try TemporaryProject()
    for command in ["run", "check", "diff", "describe", "explain", "new"] {
      #expect(page.contains(".SS meier \(command)\n"), "\(command)")
      let help = try Executable.run([command, "--help"], in: project.path).output
      for option in help.matches(of: /^ +(?:-\w, )?(--[a-z-]+)/.anchorsMatchLineEndings()).map({
        String($0.output.1)
      })
      where option != "--help" && option != "--version" {
        #expect(page.contains(option.replacingOccurrences(of: "-", with: "\\-")), "\(command) \(option)")
      }
    }
    // What is not a macro must not look like one.
    let macros: Set = ["TH", "SH", "SS", "PP", "TP", "B", "nf", "fi"]
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect(macros.contains(String(line.dropFirst().prefix { $0.isLetter })), "\(line)")
    }
  }

  @Test func shellsCompleteCommands() throws {
    let project = try TemporaryProject()
    for shell in ["bash", "zsh", "fish"] {
      let script = try Executable.run(["--generate-completion-script", shell], in: project.path)
      #expect(
        script.status == 0 && script.output.contains("diff") && script.output.contains("in-place"), "\(shell)"
      )
    }
  }

  @Test func wordsOfResultsHavePages() throws {
    let project = try TemporaryProject()
    let page = try Executable.run(["explain", "at_risk"], in: project.path).output
    #expect(page.hasPrefix("# Result `at_risk`\n") && page.contains("In `kaplan-meier`: "), "\(page)")
    #expect(
      try Executable.run(["explain", "prognosis.concordance"], in: project.path).output.contains("In `cox`"))
    let many = try Executable.run(["explain", "median"], in: project.path).output
    #expect(
      many.contains("# `median(x)`") && many.contains("# `ID.median(x)`")
        && many.contains("# Result `median`"))
  }
}
