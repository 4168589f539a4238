// Interactions in tables: the unit of their change, the rows behind a line, and where main effects hold.

import Foundation
import Presentation
import Testing

@Suite struct InteractionTests {
  /// Powers and products of what the dictionary asks for: a product of two numbers by both.
  @Test(arguments: [
    ("cox", "formula: Surv(time, event == 1) ~ age * stage", "hr"),
    ("parametric-survival", "formula: Surv(time, event == 1) ~ age * stage", "hr"),
    ("logistic", "formula: event == 1 ~ age * stage", "or"),
    ("poisson", "formula: cost ~ age * stage", "rr"),
    ("linear", "formula: cost ~ age * stage", "coefficient"),
  ]) func aSlopeWithinALevelIsOfTheSameChange(_ name: String, _ options: String, _ measure: String) throws {
    let bench = try RegressionTableTests.bench(name, options)
    let line = try #require(
      bench.lines(of: "m").first { $0.contains("Age × II, per 10 years") }, "\(bench.lines(of: "m"))")
    let one = try #require(bench.number("m[\"age:stage\", \"II\"].\(measure)"))
    let ten = try #require(bench.number("m[\"age:stage\", \"II\"].per(10).\(measure)"))
    #expect(bench.number("m[\"age:stage\", \"II\"].per(1).\(measure)") == one)
    let expected = measure == "coefficient" ? 10 * one : pow(one, 10)
    #expect(abs(ten - expected) < 1e-9 * max(1, abs(expected)))
    let format: ValueFormat = measure == "coefficient" ? .coefficient : .ratio
    #expect(line.contains("| \(bench.style.text(.value(ten), format)) ("), "\(line)")
    // Eight rows of each stage.
    if name != "linear" && name != "poisson" { #expect(line.contains("| 8 |"), "\(line)") }
    #expect(
      bench.note(of: "m").contains(
        "eside interactions the line of age holds at stage: I, that of stage at age: 0"),
      "\(bench.note(of: "m"))")
  }

  @Test func rowsOfAnInteractionAreThoseOfItsLevels() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      derive:
        young: age < 55
        late: stage == "III"
      ```

      ```{cox #m}
      data: d
      formula: Surv(time, event == 1) ~ young * stage
      ```
      ```{logistic #l}
      data: d
      formula: event == 1 ~ young * late
      ```
      """, files: ["d.csv": RegressionTableTests.data])
    let rows = RegressionTableTests.data.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    func count(_ stage: String, _ events: Bool) -> Int {
      rows.filter { $0[2] == stage && (Int($0[3]) ?? 99) < 55 && (!events || $0[1] == "1") }.count
    }
    #expect(bench.number("m[\"young:stage\", \"II\"].n") == Double(count("II", false)))
    #expect(bench.number("m[\"young:stage\", \"II\"].events") == Double(count("II", true)))
    #expect(bench.number("l[\"young:late\"].n") == Double(count("III", false)))
    #expect(bench.note(of: "m").contains("the line of young holds at stage: I, that of stage at young: no"))
  }
}
