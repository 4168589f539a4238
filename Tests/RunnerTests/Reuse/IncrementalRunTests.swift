// A run that uses earlier results again writes the bytes of a run from nothing.

import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct IncrementalRunTests {
  private static func runner(
    _ project: TemporaryProject, cache: Bool, memory: ResultMemory? = nil
  ) -> DocumentRunner {
    DocumentRunner(options: RunOptions(usesCache: cache), workingDirectory: project.path, memory: memory)
  }

  private static func report(_ run: DocumentRun) -> [String] {
    run.diagnostics.map { "\($0)" }
  }

  /// Documents and data are edited at random; after each edit every way of running gives the same.
  @Test(arguments: [1, 2, 3] as [UInt64]) func everyIncrementalRunEqualsARunFromNothing(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var edited = EditedProject(seed: seed)
    let project = try TemporaryProject()
    let memory = ResultMemory()
    var sound = 0
    var used = 0
    var computed = 0
    for step in 0..<18 {
      var what = ""
      for _ in 0..<(step == 0 ? 0 : Int.random(in: 1...2, using: &generator)) {
        what = edited.edit(&generator)
      }
      try edited.write(to: project)
      let plain = Self.runner(project, cache: false).run(EditedProject.document)
      let disk = Self.runner(project, cache: true).run(EditedProject.document)
      let resident = Self.runner(project, cache: false, memory: memory).run(EditedProject.document)
      for (name, run) in [("cache", disk), ("memory", resident)] {
        #expect(Self.report(run) == Self.report(plain), "seed \(seed), step \(step), \(name): \(what)")
        let differing = zip(run.files, plain.files).filter { $0 != $1 }.map(\.0.path)
        #expect(
          differing == [] && run.files.count == plain.files.count,
          "seed \(seed), step \(step), \(name): \(what)")
        used += plain.computed.count - run.computed.count
        computed += plain.computed.count
        sound += plain.files.isEmpty ? 0 : 1
      }
      // Sometimes the results are written, so that there is a last run.
      if step.isMultiple(of: 4), !plain.files.isEmpty { _ = try AtomicFileWriter.write(plain.files) }
    }
    #expect(sound >= 20, "\(sound) of 36 runs had no errors")
    // Edits of the data touch most results, others few.
    #expect(used * 3 > computed, "\(used) of \(computed)")
  }

  private static let document = """
    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    ```{cox #fit}
    data: d
    formula: os ~ x
    ```

    ```{proportional-hazards #ph}
    model: fit
    ```

    """
  private static let data =
    "months,died,x\n" + (1...30).map { "\($0),\($0 % 3 == 0 ? 0 : 1),\($0 * 7 % 11)\n" }.joined()

  private static func project() throws -> TemporaryProject {
    try TemporaryProject(["doc.md": Array(document.utf8), "data.csv": Array(data.utf8)])
  }

  @Test func aSecondRunComputesNothing() throws {
    let project = try Self.project()
    #expect(Self.runner(project, cache: true).run("doc.md").computed == ["fit", "ph"])
    #expect(Self.runner(project, cache: true).run("doc.md").computed == [])
    // The cache is nobody's source: it keeps itself out of version control.
    #expect(try project.text(".meier/.gitignore") == "*\n")
  }

  @Test func aModelIsFittedAgainForWhatBuildsOnIt() throws {
    let project = try Self.project()
    let first = Self.runner(project, cache: true).run("doc.md")
    try project.write(
      "doc.md", text: Self.document.replacingOccurrences(of: "model: fit", with: "model: fit\ntransform: log")
    )
    let second = Self.runner(project, cache: true).run("doc.md")
    #expect(second.computed == ["ph"])
    #expect(second.diagnostics.map(\.message) == first.diagnostics.map(\.message))
    #expect(second.files == Self.runner(project, cache: false).run("doc.md").files)
  }

  /// Whatever stands in the cache that a run did not write is as if it were not there.
  @Test func damagedEntriesAreNone() throws {
    let project = try Self.project()
    let plain = Self.runner(project, cache: true).run("doc.md").files
    let cache = project.absolute(".meier/cache")
    let names = try FileManager.default.contentsOfDirectory(atPath: cache).sorted()
    // Two results, and the index of where they are.
    try #require(names.count == 3)
    let originals = try names.map { try project.bytes(".meier/cache/" + $0) }
    var damages: [([UInt8]) -> [UInt8]] = [
      { _ in [] }, { Array($0.dropLast()) }, { $0 + [0] }, { Array($0.reversed()) },
    ]
    for offset in [3, 20, 90, 150, 400] {
      damages.append { bytes in
        var bytes = bytes
        if offset < bytes.count { bytes[offset] ^= 1 }
        return bytes
      }
    }
    for damage in damages {
      for (name, original) in zip(names, originals) {
        try project.write(".meier/cache/" + name, damage(original))
      }
      let run = Self.runner(project, cache: true).run("doc.md")
      #expect(run.computed == ["fit", "ph"])
      #expect(run.files == plain)
    }
    // Each under another's name.
    for (name, original) in zip(names, originals.dropFirst() + originals.prefix(1)) {
      try project.write(".meier/cache/" + name, original)
    }
    #expect(Self.runner(project, cache: true).run("doc.md").computed == ["fit", "ph"])
    try FileManager.default.removeItem(atPath: project.absolute(".meier"))
    #expect(Self.runner(project, cache: true).run("doc.md").files == plain)
  }

  @Test func aCacheThatLeadsElsewhereIsNotUsed() throws {
    let project = try Self.project()
    let elsewhere = try TemporaryProject()
    try FileManager.default.createSymbolicLink(
      atPath: project.absolute(".meier"), withDestinationPath: elsewhere.path)
    #expect(Self.runner(project, cache: true).run("doc.md").computed == ["fit", "ph"])
    #expect(Self.runner(project, cache: true).run("doc.md").computed == ["fit", "ph"])
    #expect(try elsewhere.files().isEmpty)
  }

  /// Warnings of a result that is used again point to where its directive stands now.
  @Test func warningsMoveWithTheirDirective() throws {
    let project = try Self.project()
    let few = "months,died,x\n1,1,3\n2,0,1\n3,1,2\n4,0,5\n5,1,1\n6,0,2\n7,1,4\n"
    try project.write("data.csv", text: few)
    let memory = ResultMemory()
    let first = Self.runner(project, cache: true, memory: memory).run("doc.md")
    try #require(first.diagnostics.contains { $0.code == .fewEvents })
    try project.write("doc.md", text: "One\nmore\nparagraph.\n\n" + Self.document)
    let moved = Self.runner(project, cache: true, memory: memory).run("doc.md")
    #expect(moved.computed == [])
    #expect(Self.report(moved) == Self.report(Self.runner(project, cache: false).run("doc.md")))
    #expect(
      moved.diagnostics.first?.location?.start.line == (first.diagnostics.first?.location?.start.line ?? 0)
        + 4)
  }
}
