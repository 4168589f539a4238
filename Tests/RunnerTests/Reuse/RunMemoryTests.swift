// What a process that stays makes again, and what it takes as it was.

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
}
