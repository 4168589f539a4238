// Sentences ask matched rows as they ask a data set, whether the matching was computed or used again.

import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct MatchedRowsTests {
  private static let document = """
    ```{data #d}
    source: d.csv
    ```

    ```{matching #m}
    data: d
    treatment: trt == 1
    formula: ~ age + sex
    ratio: 2
    caliper: 0.05
    exact: [site]
    ```

    ```{matching #again}
    data: m
    treatment: trt == 1
    formula: ~ age
    ```

    ```{summary #s}
    data: d
    variables: [age]
    ```

    Treated `{= m.count(trt == 1)}`, controls `{= m.count(trt == 0)}`, of them dead `{= m.percent(died == 1)}`; mean
    weight of the second `{= again.mean(match_weight) | digits 1}`.
    `{claim m.count(died == 1) < d.count(died == 1)}`

    """

  private static func project(_ text: String = document) throws -> TemporaryProject {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RegressionTests/Fixtures/matching.csv")
    let project = try TemporaryProject()
    try project.write("doc.md", text: text)
    try project.write("d.csv", Array(try Data(contentsOf: file)))
    return project
  }

  private static func run(
    _ project: TemporaryProject, cache: Bool = false, memory: ResultMemory? = nil, only: Set<String> = []
  ) -> DocumentRun {
    DocumentRunner(
      options: RunOptions(usesCache: cache, only: only), workingDirectory: project.path, memory: memory
    ).run("doc.md")
  }

  /// 16 treated and 21 controls as in `RegressionTests/Fixtures/matching.R`.
  @Test func sentencesCountMatchedRows() throws {
    let run = Self.run(try Self.project())
    #expect(!run.diagnostics.contains { $0.severity == .error })
    let text = String(decoding: try #require(run.files.last).bytes, as: UTF8.self)
    #expect(text.contains("Treated 16, controls 21, of them dead"))
    #expect(text.contains("second 1.0."))
  }

  @Test func aMatchingThatIsUsedAgainAnswersToo() throws {
    let project = try Self.project()
    let plain = Self.run(project)
    let memory = ResultMemory()
    for turn in 1...2 {
      #expect(Self.run(project, cache: true).files == plain.files, "with the cache, run \(turn)")
      #expect(Self.run(project, memory: memory).files == plain.files, "in memory, run \(turn)")
    }
    _ = try AtomicFileWriter.write(plain.files)
    #expect(Self.run(project, cache: true, only: ["s"]).files == plain.files)
  }

  /// A column that only a sentence names is read for the matched rows as well.
  @Test func anUnknownColumnIsToldWithItsNeighbour() throws {
    let run = Self.run(try Self.project(Self.document + "`{= m.count(dyed == 1)}`\n"))
    let problem = try #require(run.diagnostics.first { $0.code == .unknownColumn })
    #expect(problem.message == "no column 'dyed' in 'm'" && problem.remedy == "did you mean 'died'?")
  }
}
