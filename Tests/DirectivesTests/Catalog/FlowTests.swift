// A flow whose numbers contradict one another is a fault of Meier's own, never a chart.

import AnalysisDocument
import DataTables
import Diagnostics
import Presentation
import Testing

@testable import Directives

@Suite struct FlowTests {
  private struct Analysis: AnalysedRows {
    let id = "model"
    let dataSet: DataSet
    let cases: CompleteCases
  }

  private static func dataSet(rows: Int, _ steps: [DataSet.Step]) throws -> DataSet {
    let column = Column(name: "x", numbers: (0..<rows).map(Double.init))
    return DataSet(
      id: "d", table: try DataTable(name: "d", columns: [column], rowCount: rows), outcomes: [:], steps: steps
    )
  }

  private static func step(_ id: String, _ rows: Int, excluded: Int, undecided: Int = 0) -> DataSet.Step {
    DataSet.Step(
      id: id, rowCount: rows, excluded: excluded, undecided: undecided,
      condition: excluded > 0 ? "x > 0" : nil)
  }

  private static func cases(_ used: Int, of rows: Int, _ exclusions: [(String, Int)]) -> CompleteCases {
    let list = exclusions.map { CompleteCases.Exclusion(label: $0.0, count: $0.1) }
    return CompleteCases(
      rows: (0..<used).map { Int32($0) }, rowCount: rows, exclusions: list, missingByVariable: list)
  }

  /// The flow directive over results that are given rather than computed.
  private static func run(_ dataSet: DataSet, _ analysis: Analysis?, n: Int, reported: Int) throws {
    let text = analysis == nil ? "data: d" : "model: model"
    let file = SourceFile(path: "doc.md", text: text)
    let (tree, _) = OptionTree.parse(SourceText(text, path: "doc.md"))
    let (options, _) = FlowDirective.specification.resolve(
      tree?.mapping?.entries ?? [], block: SourceRange(file: file, bytes: 0..<0))
    var outputs = ["d": output(n, dataSet)]
    if let analysis { outputs["model"] = output(reported, analysis) }
    _ = try FlowDirective.run(
      options,
      in: DirectiveContext(
        id: "f", style: .plain, compatibility: .meier, threads: 1, outputs: outputs, files: NoFiles(),
        demandedColumns: nil))
  }

  private static func output(_ n: Int, _ artifact: any Sendable) -> DirectiveOutput {
    var values = ResultValues()
    values.add(".n", count: n)
    return DirectiveOutput(blocks: [], values: values.values, artifact: artifact)
  }

  private struct NoFiles: DataFileOpening {
    func open(
      _ path: String, name: String, options: CSVOptions, at range: SourceRange
    ) throws(Diagnostic) -> any DataSource {
      throw Diagnostic(.missingFile, "no file '\(path)'", at: range)
    }
  }

  private static func fault(_ dataSet: DataSet, _ analysis: Analysis?, n: Int, reported: Int)
    -> DiagnosticCode?
  {
    do {
      try run(dataSet, analysis, n: n, reported: reported)
      return nil
    } catch {
      return (error as? Diagnostic)?.code
    }
  }

  @Test func numbersThatAgreePass() throws {
    let dataSet = try Self.dataSet(rows: 8, [Self.step("d", 8, excluded: 2, undecided: 1)])
    let analysis = Analysis(dataSet: dataSet, cases: Self.cases(5, of: 8, [("Age", 2), ("Sex", 1)]))
    #expect(Self.fault(dataSet, nil, n: 8, reported: 0) == nil)
    #expect(Self.fault(dataSet, analysis, n: 8, reported: 5) == nil)
    let flow = Flow(dataSet, analysis, Flow.Words(labels: ["file": "All"], reasons: ["d": "no"]))
    #expect(flow.steps.map(\.rowCount) == [10, 8, 5])
    #expect(flow.steps.map(\.label) == ["All", "Rows selected (d)", "Model"])
    #expect(
      flow.steps[1].exclusions == [
        RowExclusion(reason: "no", count: 1), RowExclusion(reason: "undecided for a missing value", count: 1),
      ])
    #expect(flow.contradiction == nil)
  }

  @Test func contradictionsAreInternalFaults() throws {
    let dataSet = try Self.dataSet(rows: 8, [Self.step("d", 8, excluded: 2)])
    // The data set reports other rows than it has, or has others than its last step.
    #expect(Self.fault(dataSet, nil, n: 7, reported: 0) == .internalFault)
    #expect(
      Self.fault(try Self.dataSet(rows: 7, [Self.step("d", 8, excluded: 2)]), nil, n: 8, reported: 0)
        == .internalFault)
    // A step leaves out other numbers than are gone, or fewer than none.
    let broken = try Self.dataSet(rows: 8, [Self.step("c", 9, excluded: 0), Self.step("d", 8, excluded: 2)])
    #expect(Self.fault(broken, nil, n: 8, reported: 0) == .internalFault)
    let negative = try Self.dataSet(rows: 8, [Self.step("d", 8, excluded: 2, undecided: 3)])
    #expect(Self.fault(negative, nil, n: 8, reported: 0) == .internalFault)
    // The analysis reports other rows than it used, gives reasons for others, or looked at others.
    let good = Self.cases(6, of: 8, [("Age", 2)])
    #expect(Self.fault(dataSet, Analysis(dataSet: dataSet, cases: good), n: 8, reported: 5) == .internalFault)
    for cases in [Self.cases(6, of: 8, [("Age", 1)]), Self.cases(7, of: 9, [("Age", 2)])] {
      let analysis = Analysis(dataSet: dataSet, cases: cases)
      #expect(Self.fault(dataSet, analysis, n: 8, reported: cases.rows.count) == .internalFault)
    }
  }

  @Test func reasonsInTheSameWordsCountTogether() throws {
    let dataSet = try Self.dataSet(rows: 8, [Self.step("d", 8, excluded: 0)])
    let analysis = Analysis(dataSet: dataSet, cases: Self.cases(4, of: 8, [("Age", 1), ("Age", 3)]))
    let flow = Flow(dataSet, analysis, Flow.Words())
    #expect(flow.steps.last?.exclusions == [RowExclusion(reason: "Age missing", count: 4)])
  }
}
