// What stands beside the axes of curves, and what is said where a figure cannot be drawn as it was asked.

import Directives
import Figures
import Testing

@Suite struct FigureWordTests {
  /// Entered at 40 and later; the second group only at 50.
  static let data = """
    entry,age,status,arm,centre
    40.5,60,1,A,1
    41,72,0,A,2
    45,66,2,A,1
    48,81,1,A,2
    50,77,2,B,1
    52,70,1,B,2
    55,83,0,B,1
    51,64,1,B,2

    """

  static func bench(_ directives: String, label: String = "", outcomes: String = "") throws -> DirectiveBench
  {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        age: {\(label)unit: years}
        status: {label: Status}
      outcomes:
        mi: Surv(age, status == 1)
        os: Surv(age, status == 2)
        late: Surv(entry, age, status == 1)
      \(outcomes)
      ```

      \(directives)
      """, files: ["d.csv": data])
  }

  static func figure(_ bench: DirectiveBench, _ id: String = "k") -> Figure? {
    (bench.outputs[id]?.blocks ?? []).lazy.compactMap {
      if case .figure(let figure, _, _) = $0 { figure } else { nil }
    }.first
  }

  /// The axis names what the curve is the probability of, never the time.
  @Test(arguments: [
    ("mi ~ arm", "", "Event-free, %"), ("mi ~ arm", "label: Follow-up, ", "Event-free, %"),
    ("os ~ arm", "label: Follow-up, ", "Overall survival, %"),
    ("mi ~ arm", "label: Relapse-free survival, ", "Relapse-free survival, %"),
    ("Surv(age, status == 1) ~ arm", "label: Follow-up, ", "Survival, %"),
    ("Surv(age, centre == 1) ~ arm", "", "Event-free, %"),
  ])
  func theAxisNamesTheOutcome(formula: String, label: String, expected: String) throws {
    let bench = try Self.bench("```{kaplan-meier #k}\ndata: d\nformula: \(formula)\n```\n", label: label)
    #expect(Self.figure(bench)?.svg.contains(">\(expected)<") == true)
  }

  @Test func ageAsTimeScaleBeginsWithTheFirstEntry() throws {
    let bench = try Self.bench("```{kaplan-meier #k}\ndata: d\nformula: late ~ arm\n```\n")
    let svg = try #require(Self.figure(bench)).svg
    #expect(svg.contains(">40</text>") && !svg.contains(">20</text>"))
    #expect(
      bench.written("k").joined().contains("conditional on no event before the first entry, at 40.5 years"))
  }

  @Test func incidenceWithDelayedEntrySaysWhyThereIsNoTest() throws {
    let bench = try Self.bench(
      """
      ```{cumulative-incidence #k}
      data: d
      formula: Surv(entry, age, status) ~ arm
      causes: {infarction: 1, death: 2}
      ```
      """)
    let written = bench.written("k").joined()
    #expect(written.contains("no Gray's test: it does not allow for delayed entry"))
    #expect(written.contains("conditional on no event before the first entry, at 40.5 years"))
    #expect(Self.figure(bench)?.svg.contains(">40</text>") == true)
  }

  @Test func limitsThatCutACurveAreWarnedOf() throws {
    let bench = try Self.bench(
      "```{kaplan-meier #k}\ndata: d\nformula: mi ~ 1\nfigure: {limits: {y: [80, 100]}}\n```\n")
    #expect(
      bench.warnings.map(\.message) == ["the curve leaves the plot: the vertical axis does not reach so far"])
  }

  /// Counts below 1 per row, as events of single persons are, say nothing of overdispersion.
  @Test func personTimeOfSinglePersonsHasNoDispersion() throws {
    let bench = try Self.bench(
      "```{poisson #k}\ndata: d\nformula: status == 1 ~ arm + offset(log(age))\n```\n")
    #expect(!bench.written("k").joined().contains("Pearson"))
    #expect(bench.number("k.pearson_dispersion") != nil)
  }

  @Test func oneMinusSurvivalIsNoRiskAmongCompetingEvents() throws {
    func warnings(_ transform: String) throws -> [String] {
      try Self.bench(
        "```{kaplan-meier #k}\ndata: d\nformula: mi ~ 1\nfigure: {transform: \(transform)}\n```\n"
      ).warnings.map(\.message)
    }
    #expect(
      try warnings("risk") == [
        "1 − S(t) overstates the risk where an event that counts as censored prevents this one"
      ])
    #expect(try warnings("survival") == [])
  }

  /// A model of the intercept alone prints it.
  @Test func anInterceptAloneIsTheResult() throws {
    let bench = try Self.bench(
      "```{poisson #k}\ndata: d\nformula: status == 1 ~ 1 + offset(log(age))\n```\n")
    #expect(bench.written("k").joined().contains("| Intercept |"))
  }
}
