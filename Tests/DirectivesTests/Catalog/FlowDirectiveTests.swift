// The flow of rows from the file to the analysis: its numbers must be those of the data sets and the model.

import Diagnostics
import Figures
import Presentation
import Testing

@testable import Directives

@Suite struct FlowDirectiveTests {
  static let data = """
    id,adult,months,died,age,marker
    1,true,10,1,61,1.5
    2,true,12,0,55,2.5
    3,false,3,1,12,
    4,,4,1,,3.5
    5,true,20,1,70,
    6,true,22,0,,
    7,true,30,1,48,0.5
    8,true,31,0,52,4.5
    9,true,33,1,77,2.0
    10,true,,1,66,2.0

    """
  static let source = """
    ```{data #all_rows}
    source: d.csv
    dictionary: {age: {label: Age}, marker: {label: Marker}}
    ```

    ```{data #adults}
    from: all_rows
    where: |
      adult
        == true
    ```

    ```{data #coded}
    from: adults
    derive: {old: age > 60}
    ```

    ```{cox #model}
    data: coded
    formula: Surv(months, died == 1) ~ age + marker
    where: months < 33
    ```

    """

  static func bench(_ options: String, style: JournalStyle = .plain) throws -> DirectiveBench {
    try DirectiveBench(document(options), files: ["d.csv": data], style: style)
  }

  static func document(_ options: String) -> String { source + "```{flow #f}\n\(options)\n```\n" }

  static func alternative(_ bench: DirectiveBench) -> String {
    for case .figure(let figure, _, _) in bench.outputs["f"]?.blocks ?? [] { return figure.description }
    return ""
  }

  @Test func aDataSetIsReachedThroughItsConditions() throws {
    let bench = try Self.bench("data: adults\ntable: true\ncaption: Adults")
    #expect(
      bench.lines(of: "f") == [
        "| | n |", "| All rows | 10 |", "| &emsp;Left out: did not meet: adult = true | 1 |",
        "| &emsp;Left out: undecided for a missing value | 1 |", "| Adults | 8 |",
      ])
    #expect(
      Self.alternative(bench)
        == "Adults. All rows: 10; Excluded: did not meet: adult = true 1, undecided for a missing value 1. Adults: 8."
    )
    #expect(bench.number("f.step(1).n") == 10)
    #expect(bench.number("f.step(1).excluded") == nil)
    #expect(bench.number("f.step(2).excluded") == 2)
    #expect(bench.number("f.step(2).excluded[\"undecided for a missing value\"]") == 1)
    #expect(bench.number("f.final") == 8)
    #expect(bench.number("f.final") == bench.number("adults.n"))
  }

  @Test func aModelAddsItsConditionAndItsMissingValues() throws {
    let bench = try Self.bench(
      """
      data: coded
      model: model
      labels: {all_rows: Registry, adults: Adult patients, model: Model}
      reasons: {adults: Under 18, model: Observed too long}
      """)
    #expect(
      Self.alternative(bench) == """
        Flow from the file to the analysis. Registry: 10; Excluded: Under 18 1, undecided for a missing value 1. \
        Adult patients: 8; Excluded: Observed too long 1, undecided for a missing value 1, Age missing 1, Marker missing 1. \
        Model: 4.
        """)
    #expect(bench.number("f.step(3).excluded") == 4)
    #expect(bench.number("f.final") == bench.number("model.n"))
    #expect(
      bench.written("f").contains(
        "4 of 10 rows are in the last step; a row that lacks several values counts with the first of them."))
    // The data set is on the way: naming it, one before it, or none makes no difference.
    for options in ["model: model", "data: adults\nmodel: model"] {
      let other = try Self.bench(options)
      #expect(other.number("f.step(3).excluded") == 4)
      #expect(other.number("f.step(2).n") == 8)
    }
  }

  @Test func aDataSetThatOnlyDerivesIsABoxIfItIsNamed() throws {
    #expect(try Self.bench("data: coded").number("f.step(3).n") == nil)
    let named = try Self.bench("data: coded\nlabels: {coded: With age groups}\ntable: true")
    #expect(named.lines(of: "f").last == "| With age groups | 8 |")
    #expect(named.number("f.step(3).excluded") == 0)
  }

  @Test func stepsThatLeaveOutNobodyAreShown() throws {
    let source = """
      ```{data #d}
      source: d.csv
      where: id > 0
      ```

      ```{cox #model}
      data: d
      formula: Surv(id, died == 1) ~ id
      ```

      ```{flow #f}
      model: model
      labels: {file: Everybody}
      table: true
      figure: false
      ```

      """
    let bench = try DirectiveBench(source, files: ["d.csv": Self.data])
    #expect(
      bench.lines(of: "f") == [
        "| | n |", "| Everybody | 10 |", "| &emsp;Left out: did not meet: id > 0 | 0 |",
        "| Rows selected (d) | 10 |",
        "| &emsp;Left out: values missing | 0 |", "| Model | 10 |",
      ])
    #expect(Self.alternative(bench).isEmpty)
  }

  @Test func hostileWordsAreDrawnAsTheyAre() throws {
    let bench = try Self.bench(
      "data: adults\nlabels: {adults: \"<b> & | ]]> *x*\"}\nreasons: {adults: 'a \"quoted\" reason'}\ntable: true"
    )
    #expect(bench.lines(of: "f").last == #"| &lt;b> & \| \]\]> \*x\* | 8 |"#)
    #expect(bench.number("f.step(2).excluded[\"a \\\"quoted\\\" reason\"]") == 1)
    for case .figure(let figure, _, _) in bench.outputs["f"]?.blocks ?? [] {
      #expect(!figure.svg.contains("<b>"))
    }
  }

  // MARK: Faults

  @Test func idsThatAreNotOnTheWayAreMistakes() {
    let faults = DirectiveBench.problems(
      Self.document("data: adults\nlabels: {adult: A, file: B}\nreasons: {coded: C}"),
      files: ["d.csv": Self.data])
    #expect(
      faults.map(\.message) == [
        "'adult' is not on the way to this analysis", "'file' is not on the way to this analysis",
        "'coded' is not on the way to this analysis",
      ])
    #expect(faults.map(\.code) == [.unknownReference, .unknownReference, .unknownReference])
    #expect(faults.first?.remedy == "did you mean 'adults'?")
  }

  @Test func dataAndModelMustBelongTogether() {
    let other = "```{data #other}\nsource: d.csv\n```\n"
    let faults = DirectiveBench.problems(
      other + Self.document("data: other\nmodel: model"), files: ["d.csv": Self.data])
    #expect(faults.map(\.message) == ["'other' is not on the way to 'model', which analyses 'coded'"])
    #expect(faults.first?.remedy == "write 'data: coded', or leave it out")
    #expect(
      DirectiveBench.problems(Self.document("caption: x"), files: ["d.csv": Self.data]).map(\.code) == [
        .missingOption
      ])
    #expect(
      DirectiveBench.problems(Self.document("model: adults"), files: ["d.csv": Self.data]).map(\.message) == [
        "'adults' is not an analysis of rows"
      ])
  }
}
