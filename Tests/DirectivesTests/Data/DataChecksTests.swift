// What data sets say of their rows: labels of codes, keys, groups.

import Diagnostics
import Testing

@Suite struct DataChecksTests {
  private static let file =
    "id,sex,trt,time,status\n1,1,2,5,2\n2,2,1,8,1\n3,1,2,3,2\n4,2,2,9,2\n5,1,1,4,1\n6,2,1,7,2\n"

  private static func document(_ dictionary: String, _ formula: String, more: String = "") -> String {
    """
    ```{data #d}
    source: d.csv
    dictionary:
      \(dictionary)
    outcomes:
      os: Surv(time, status == 2)
    \(more)
    ```
    ```{kaplan-meier #k}
    data: d
    formula: \(formula)
    ```
    """
  }

  @Test(arguments: [
    "sex: {levels: {1: men, 2: women}}", "sex: {labels: {1: men, 2: women}}",
    "sex: {levels: [1, 2], labels: {1: men, 2: women}}",
  ]) func labelsStandForCodes(_ dictionary: String) throws {
    let bench = try DirectiveBench(Self.document(dictionary, "os ~ sex"), files: ["d.csv": Self.file])
    #expect(bench.number(#"k["men"].n"#) == 3 && bench.number(#"k["men"].events"#) == 2)
    #expect(bench.number(#"k["women"].events"#) == 2)
  }

  @Test func codesKeepTheirMeaningInConditions() throws {
    let bench = try DirectiveBench(
      Self.document(
        "status: {labels: {1: alive, 2: dead}}", "os ~ 1",
        more: "derive:\n  dead: status == \"dead\"\n  among: status in [2]"),
      files: ["d.csv": Self.file])
    #expect(bench.number("k.events") == 4)
    #expect(bench.note(of: "k").contains("alive") == false)
    let table = try #require(bench.outputs["d"]?.dataSet?.table)
    #expect((0..<6).map { table["dead"]?.text($0) } == (0..<6).map { table["among"]?.text($0) })
  }

  @Test func codesKeepTheirMeaningAsCausesAndReferences() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        status: {labels: {1: relapse, 2: death}}
        sex: {labels: {1: men, 2: women}}
      derive:
        who: recode(sex, [1], "he", ["2"], "she")
      ```
      ```{cumulative-incidence #i}
      data: d
      formula: Surv(time, status) ~ who
      causes: {relapse: 1, death: 2}
      times: [5]
      ```
      ```{cox #c}
      data: d
      formula: Surv(time, status == 2) ~ relevel(sex, ref = "2")
      ```
      """, files: ["d.csv": Self.file])
    #expect(bench.quantity(#"c["relevel(sex, ref = \"2\")", "men"].hr"#) != nil)
    #expect(bench.outputs["i"]?.values.contains { $0.path.contains("she") } == true)
  }

  @Test func codesWithOneLabelAreOneLevel() throws {
    let bench = try DirectiveBench(
      Self.document(
        "id: {levels: {1: low, 2: low, 3: low, 4: high, 5: high, 6: high}, reference: 4}", "os ~ id"),
      files: ["d.csv": Self.file])
    #expect(bench.number(#"k["low"].n"#) == 3 && bench.number(#"k["high"].n"#) == 3)
    let column = bench.outputs["d"]?.dataSet?.table["id"]
    #expect(column?.levels == ["low", "high"] && column?.metadata.reference == "high")
  }

  @Test func derivedNumbersTakeLabels() throws {
    let bench = try DirectiveBench(
      Self.document(
        "old: {label: Age, labels: {0: young, 1: old}}", "os ~ old", more: "derive:\n  old: if(id > 3, 1, 0)"),
      files: ["d.csv": Self.file])
    #expect(bench.number(#"k["young"].n"#) == 3 && bench.number(#"k["old"].n"#) == 3)
  }

  @Test func aCodeWithoutLabelIsAnError() {
    let problems = DirectiveBench.problems(
      Self.document("sex: {labels: {1: men}}", "os ~ sex"), files: ["d.csv": Self.file])
    #expect(problems.map(\.code) == [.unknownLevel])
  }

  @Test func keysTellRowsApart() {
    func problems(_ key: String, _ rows: String) -> [Diagnostic] {
      DirectiveBench.problems("```{data #d}\nsource: d.csv\nkey: \(key)\n```\n", files: ["d.csv": rows])
    }
    #expect(problems("id", "id,visit\n1,1\n2,1\n").isEmpty)
    #expect(
      problems("id", "id,visit\n1,1\n2,1\n1,2\n").map(\.message) == [
        "'id' is the key of 'd': row 3 repeats an earlier row"
      ])
    #expect(problems("[id, visit]", "id,visit\n1,1\n2,1\n1,2\n").isEmpty)
    #expect(problems("id", "id,visit\n1,1\n,1\n,2\n").map(\.code) == [.invalidKey])
    #expect(problems("idd", "id,visit\n1,1\n").map(\.code) == [.unknownColumn])
  }

  @Test func manyNumbersAreNoGroups() {
    func problems(_ count: Int) -> [Diagnostic] {
      let rows = (1...count).map { "\($0),\($0 % 7 + 1),\($0 % 2)" }.joined(separator: "\n")
      return DirectiveBench.problems(
        """
        ```{data #d}
        source: d.csv
        ```
        ```{kaplan-meier #k}
        data: d
        formula: Surv(time, died == 1) ~ age
        ```
        """, files: ["d.csv": "age,time,died\n" + rows + "\n"])
    }
    #expect(problems(30).isEmpty)
    #expect(problems(31).map(\.remedy) == ["write cut(age, [50, 65]) with the limits of the groups"])
  }
}
