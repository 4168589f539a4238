// What a comparison of two snapshots finds, and what it makes of it.

import Presentation
import Testing

@testable import Runner

@Suite struct ResultComparisonTests {
  private static func snapshot(_ values: [String: JSONValue]) throws -> ResultSnapshot {
    try #require(ResultSnapshot(ResultsText.render(values)))
  }

  private static func compare(
    _ old: [String: JSONValue], _ new: [String: JSONValue]
  ) throws -> ResultComparison {
    ResultComparison(old: try snapshot(old), new: try snapshot(new))
  }

  /// Path and flags in words.
  private static func told(_ comparison: ResultComparison) -> [String] {
    comparison.changes.map { $0.path + ": " + $0.flags.map(\.words).joined(separator: "; ") }
  }

  @Test func equalResultsAreCounted() throws {
    let values: [String: JSONValue] = [
      "os.n": .integer(5), "os.median": .text("NR"), "x.p": .number(0.1), "y": .null,
    ]
    let comparison = try Self.compare(values, values)
    #expect(comparison.changes.isEmpty && comparison.unchangedCount == 4)
  }

  @Test func elevenDigitsAreTheSameEverywhere() throws {
    let comparison = try Self.compare(
      ["a.x": .number(1.00000000001), "b.x": .number(1.0000000001)], ["a.x": .number(1), "b.x": .number(1)])
    #expect(comparison.changes.map(\.path) == ["b.x"])
  }

  @Test(arguments: [
    (0.04, 0.06, "no longer below 0.05"), (0.06, 0.04, "now below 0.05"), (0.05, 0.0499, "now below 0.05"),
    (0.01, 0.02, ""), (0.05, 0.9, ""),
  ]) func significanceCrossesABound(_ old: Double, _ new: Double, _ words: String) throws {
    #expect(
      try Self.told(Self.compare(["c[\"a.p\"].p": .number(old)], ["c[\"a.p\"].p": .number(new)])) == [
        "c[\"a.p\"].p: " + words
      ])
    // Not every number between 0 and 1 is a P value.
    #expect(try Self.told(Self.compare(["c.auc": .number(old)], ["c.auc": .number(new)])) == ["c.auc: "])
  }

  @Test func anIntervalStartsToCoverNoEffect() throws {
    func interval(_ name: String, _ values: [Double]) -> [String: JSONValue] {
      [name: .number(values[0]), name + ".lower": .number(values[1]), name + ".upper": .number(values[2])]
    }
    let ratio = try Self.compare(
      interval("c[\"age\"].hr", [0.6, 0.4, 0.9]), interval("c[\"age\"].hr", [0.7, 0.5, 1.1]))
    #expect(Self.told(ratio) == ["c[\"age\"].hr: interval now covers 1"])
    let slope = try Self.compare(
      interval("l.coefficient", [0.6, -0.4, 0.9]), interval("l.coefficient", [0.7, 0.1, 1.1]))
    #expect(Self.told(slope) == ["l.coefficient: interval no longer covers 0"])
    let difference = try Self.compare(
      interval("k.restricted_mean(60).difference[\"B - A\"]", [1, -1, 2]),
      interval("k.restricted_mean(60).difference[\"B - A\"]", [1, 0.5, 2]))
    #expect(Self.told(difference).map { $0.hasSuffix("no longer covers 0") } == [true])
    // A survival of 1 is no ratio, and a limit alone is a change of its estimate.
    let survival = try Self.compare(
      interval("s.survival", [0.9, 0.8, 0.99]), interval("s.survival", [0.9, 0.8, 1]))
    #expect(Self.told(survival) == ["s.survival: "])
    let across = try Self.compare(["c.hr": .number(0.9)], ["c.hr": .number(1.2)])
    #expect(Self.told(across) == ["c.hr: now on the other side of 1"])
  }

  @Test func whatIsNoNumberAppearsAndVanishes() throws {
    let old: [String: JSONValue] = [
      "a.median": .number(3), "b.median": .text("NR"), "c.hr": .number(2), "d.x": .text("NE"),
      "e.median": .number(3), "e.median.upper": .text("NR"), "f.n": .integer(1),
    ]
    let new: [String: JSONValue] = [
      "a.median": .text("NR"), "b.median": .number(3), "c.hr": .text("withheld"), "d.x": .text("NR"),
      "e.median": .number(3), "e.median.upper": .number(9), "g.n": .integer(1),
    ]
    #expect(
      try Self.told(Self.compare(old, new)) == [
        "a.median: now not reached", "b.median: reached now", "c.hr: now withheld",
        "d.x: now not reached", "f.n: removed", "g.n: added", "e.median: limit reached now",
      ])
  }

  @Test func fingerprintsAndDigestsMeasureNothing() throws {
    let comparison = try Self.compare(["d.fingerprint": .text("ab")], ["d.fingerprint": .text("cd")])
    #expect(comparison.changes.isEmpty)
  }

  @Test func whatIsNotMeiersIsNoSnapshot() {
    for text in ["", "[]", "{}", "{\"a\": 1}", "{\"inputs\": 3}", "{\"inputs\": {}"] {
      #expect(ResultSnapshot(Array(text.utf8)) == nil, "\(text)")
    }
    let nested = ResultSnapshot(
      Array(
        #"{"inputs": {"a": {"semantics": 1, "result": "x", "depends": {"column age": "h"}}}, "l": [1]}"#.utf8)
    )
    #expect(nested?.inputs == ["a": ["semantics": "1", "depends column age": "h"]])
    #expect(nested?.values.isEmpty == true)
  }

  @Test func digitsAreAsManyAsItTakes() {
    func text(_ old: JSONValue?, _ new: JSONValue?) -> [String] {
      let text = ChangeText(
        ResultChange(
          path: "x", old: old.map { ComparedValue($0) }, new: new.map { ComparedValue($0) }, flags: [],
          isPValue: false))
      return [text.old, text.new, text.difference]
    }
    #expect(text(.integer(649), .integer(651)) == ["649", "651", "+2 (+0.31%)"])
    #expect(text(.number(0.123412), .number(0.123498)) == ["0.1234", "0.1235", "+0.000086 (+0.07%)"])
    #expect(text(.number(12345.67), .number(12346.67)) == ["12346", "12347", "+1 (+0.0081%)"])
    #expect(text(.text("NR"), .number(3.5)) == ["NR", "3.5", ""])
    #expect(text(nil, .number(-2e-9)) == ["–", "-2e-9", ""])
    #expect(text(.number(0), .number(1.5)) == ["0", "1.5", "+1.5"])
    let interval = ChangeText(
      ResultChange(
        path: "x", old: ComparedValue(.number(0.5), lower: .number(-0.25), upper: .text("NR")), new: nil,
        flags: [],
        isPValue: false))
    #expect(interval.old == "0.5 (-0.25 to NR)")
  }
}
