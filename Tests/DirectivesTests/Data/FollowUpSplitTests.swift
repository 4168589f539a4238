// Follow-up cut at times: the rows by hand, the models against R.

import Diagnostics
import Foundation
import Testing

@Suite struct FollowUpSplitTests {
  private static func bench(_ outcome: String, _ split: String, _ formula: String) throws -> DirectiveBench {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "SurvivalTests/Fixtures/split.csv")
    return try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      outcomes:
        os: \(outcome)
      ```
      ```{data #s}
      from: d
      split: \(split)
      ```
      ```{cox #c}
      data: s
      formula: \(formula)
      ```
      """, files: ["d.csv": try String(contentsOf: file, encoding: .utf8)])
  }

  private static func expect(_ bench: DirectiveBench, _ path: String, _ coefficient: Double, _ se: Double) {
    let (found, foundError) = (
      bench.number(path + ".coefficient") ?? .nan, bench.number(path + ".se") ?? .nan
    )
    #expect(abs(found - coefficient) <= 1e-9, "\(path): \(found), R has \(coefficient)")
    #expect(abs(foundError - se) <= 1e-9, "\(path): \(foundError), R has \(se)")
  }

  /// Expected values of this suite from `SurvivalTests/Fixtures/split.R`.
  @Test func effectsByIntervalAgreeWithSurvSplit() throws {
    let bench = try Self.bench(
      "Surv(time, died == 1)", "{outcome: os, at: [20, 40], interval: part}", "os ~ age + arm:part")
    #expect(bench.number("s.n") == 174 && bench.number("s.unsplit") == 80)
    Self.expect(bench, #"c["age"]"#, 0.02384150239025166, 0.02033098729843471)
    Self.expect(bench, #"c["arm:part", "up to 20"]"#, -0.87189672615760028, 0.43609216237551168)
    Self.expect(bench, #"c["arm:part", "20 to 40"]"#, -0.09427890757297715, 0.60674401593001892)
    Self.expect(bench, #"c["arm:part", "over 40"]"#, -0.21428826816794069, 0.50781236309097855)
  }

  @Test func lateEntriesAreSplitFromTheirEntryOn() throws {
    let bench = try Self.bench(
      "Surv(entry, time, died == 1)", "{outcome: os, at: [20, 40], interval: part, labels: [a, b, c]}",
      "os ~ age + arm:part")
    #expect(bench.number("s.n") == 174)
    Self.expect(bench, #"c["age"]"#, 0.02090482504499321, 0.02019861348441413)
    Self.expect(bench, #"c["arm:part", "a"]"#, -0.53725375331508218, 0.44583328781491544)
    Self.expect(bench, #"c["arm:part", "c"]"#, -0.20517737178394144, 0.50771371369606477)
  }

  @Test func aTimeOfItsOwnForEachRowAgreesWithTmerge() throws {
    let bench = try Self.bench(
      "Surv(time, died == 1)", "{outcome: os, at: switch, interval: switched}", "os ~ age + switched")
    #expect(bench.number("s.n") == 102)
    Self.expect(bench, #"c["age"]"#, 0.01341083576416343, 0.02022106950727684)
    Self.expect(bench, #"c["switched", "after"]"#, -0.61384730955739719, 0.42058770784249200)
  }

  /// Follow-up of 10 cut at 4 and 10: (0, 4] and (4, 10], for a time at which somebody is cut ends the interval before it.
  @Test func partsOfSingleRows() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      outcomes:
        os: Surv(start, stop, died == 1)
      split: {outcome: os, at: [4, 10]}
      ```
      ```{data-dictionary #dd}
      data: d
      ```
      """,
      files: ["d.csv": "id,start,stop,died\n1,0,10,1\n2,4,12,1\n3,5,6,0\n4,0,,1\n5,10,11,1\n"])
    let table = try #require(bench.outputs["d"]?.dataSet?.table)
    func column(_ name: String) -> [String] {
      (0..<table.rowCount).map { table[name]?.text($0) ?? "-" }
    }
    #expect(column("id") == ["1", "1", "2", "2", "3", "4", "5"])
    #expect(column("os_start") == ["0", "4", "4", "10", "5", "0", "10"])
    #expect(column("os_stop") == ["4", "10", "10", "12", "6", "-", "11"])
    #expect(column("os_event") == ["false", "true", "false", "true", "false", "true", "true"])
    #expect(
      column("interval") == ["up to 4", "4 to 10", "4 to 10", "over 10", "4 to 10", "-", "over 10"])
  }

  @Test func otherOutcomesAreNotKnownInSplitData() {
    let problems = DirectiveBench.problems(
      """
      ```{data #d}
      source: d.csv
      outcomes:
        os: Surv(stop, died == 1)
        pfs: Surv(stop, died == 1)
      split: {outcome: os, at: 4}
      ```
      ```{cox #c}
      data: d
      formula: pfs ~ id
      ```
      """, files: ["d.csv": "id,stop,died\n1,10,1\n2,12,1\n3,6,0\n"])
    #expect(problems.map(\.code) == [.unknownColumn])
  }
}
