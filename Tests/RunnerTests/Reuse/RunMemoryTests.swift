// What a process that stays makes again, and what it takes as it was.

import Diagnostics
import TestSupport
import Testing

@testable import Runner

@Suite struct RunMemoryTests {
  @Test func onlyOtherInputsAreMadeFromAgain() {
    let remembered = Remembered<[UInt8], Int>()
    var count = 0
    func make(_ inputs: [UInt8]?) -> Int {
      remembered.made(from: inputs) {
        count += 1
        return count
      }
    }
    #expect([make([1]), make([1]), make([2]), make([1])] == [1, 1, 2, 3])
    // What cannot be told is made every time, and forgets nothing.
    #expect([make(nil), make(nil), make([1])] == [4, 5, 3])
  }

  /// Two spellings of one letter are equal as texts and differ as bytes: the document's own must be written.
  @Test(arguments: ["caption", "label"]) func spellingsThatLookTheSameAreTwo(option: String) throws {
    func document(_ letter: String) -> String {
      """
      ```{data #d}
      source: data.csv
      dictionary:
        x: {label: \(option == "label" ? letter : "x")}
      ```

      `{= d.n}` and `{= d.count(x > 1)}` `{= "\(letter)"}`.

      ```{summary #s}
      data: d
      variables: [x]
      caption: \(option == "caption" ? letter : "x") in `{= d.n}` patients
      ```

      """
    }
    let project = try TemporaryProject(["data.csv": Array("x\n1\n2\n3\n".utf8)])
    let memory = ResultMemory()
    for letter in ["\u{E9}", "e\u{301}", "\u{E9}"] {
      try project.write("doc.md", text: document(letter))
      let options = RunOptions(usesCache: false)
      let resident = DocumentRunner(options: options, workingDirectory: project.path, memory: memory).run(
        "doc.md")
      let plain = DocumentRunner(options: options, workingDirectory: project.path).run("doc.md")
      try #require(!plain.hasErrors && !plain.files.isEmpty, "\(plain.diagnostics)")
      #expect(resident.files == plain.files)
      #expect(plain.files.last?.bytes.contains(0xCC) == (letter.utf8.count == 3))
    }
  }

  /// What is remembered holds wherever its sentence stands now, and what is wrong is told at its place.
  @Test(arguments: [
    "", "Half, `{= d.n | digits}`.", "All of `{= s.none}`.", "<!-- claim: d.n > 5 -->",
    "In all, N = 3 patients.",
    "`{= d.count(x > 1) / d.n | percent 1}` and `{= d.n | ci}`.", "@tbl-none",
  ])
  func placesFollowTheProse(sentence: String) throws {
    func document(_ lines: Int) -> String {
      """
      \(String(repeating: "A line of prose.\n\n", count: lines))\(lines == 2 ? "" : sentence)

      ```{data #d}
      source: data.csv
      ```

      `{= d.n}` patients, `{= d.count(x > 1)}` above one. <!-- claim: d.count(x > 1) > 1 -->

      ```{summary #s}
      data: d
      variables: [x]
      caption: `{= d.n}` patients
      ```

      """
    }
    let project = try TemporaryProject(["data.csv": Array("x\n1\n2\n3\n".utf8)])
    let memory = ResultMemory()
    for lines in [1, 1, 2, 0, 3] {
      try project.write("doc.md", text: document(lines))
      let options = RunOptions(keepsGoing: true, usesCache: false)
      let resident = DocumentRunner(options: options, workingDirectory: project.path, memory: memory).run(
        "doc.md")
      let plain = DocumentRunner(options: options, workingDirectory: project.path).run("doc.md")
      #expect(resident.files == plain.files)
      #expect(resident.diagnostics.map(\.text) == plain.diagnostics.map(\.text))
      if lines != 2, !sentence.isEmpty { #expect(!plain.diagnostics.isEmpty, "\(sentence)") }
    }
  }

  /// A region edited by hand is found although the process wrote the file itself a moment ago.
  @Test func whatWasEditedMeanwhileIsFound() throws {
    let project = try TemporaryProject(["data.csv": Array("x\n1\n2\n3\n".utf8)])
    let text = "```{data #d}\nsource: data.csv\n```\n\n```{summary #s}\ndata: d\nvariables: [x]\n```\n"
    try project.write("doc.md", text: text)
    let session = RunSession(
      options: RunOptions(usesCache: false), workingDirectory: project.path, memory: ResultMemory())
    #expect(session.run("doc.md").diagnostics.isEmpty)
    #expect(session.run("doc.md").diagnostics.isEmpty)
    let output = try project.text("output/doc.md")
    try project.write("output/doc.md", text: output.replacing("Table 1", with: "Table 9"))
    #expect(session.run("doc.md").diagnostics.map(\.code) == [.editedResult])
  }
}

extension Diagnostic {
  fileprivate var text: String {
    "\(location.map { "\($0.path):\($0.start.line):\($0.start.column)" } ?? "") \(code.rawValue) \(message)"
  }
}
