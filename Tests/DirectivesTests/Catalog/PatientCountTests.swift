// Follow-up in pieces: patients are counted, not rows.

import Directives
import Testing

@Suite struct PatientCountTests {
  /// Patients 1 to 4; 1 and 3 change treatment.
  static let data = """
    id,centre,start,stop,dead,given
    1,x,0,5,0,no
    1,x,5,9,1,yes
    2,x,0,6,1,no
    3,y,0,2,0,no
    3,y,2,8,0,yes
    4,y,0,3,1,no
    """

  private static func bench(_ directive: String, _ options: String) throws -> DirectiveBench {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{\(directive) #m}\ndata: d\n"
        + "formula: Surv(start, stop, dead == 1) ~ given\n\(options)\n```\n", files: ["d.csv": data])
  }

  @Test(arguments: ["id: id", "cluster: id"]) func patientsAreCounted(_ options: String) throws {
    let curves = try Self.bench("kaplan-meier", options).lines(of: "m")
    #expect(curves[0].contains("Patients"))
    #expect(curves[1].hasPrefix("| no | 4 | 2 |") && curves[2].hasPrefix("| yes | 2 | 1 |"), "\(curves)")
    let model = try Self.bench("cox", options)
    #expect(model.lines(of: "m")[0].contains("| Patients | Events |"))
    #expect(
      model.lines(of: "m").contains { $0.hasPrefix("| &emsp;yes | 2 | 1 |") }, "\(model.lines(of: "m"))")
    #expect(model.number("m.patients") == 4 && model.number("m.n") == 6)
    #expect(model.note(of: "m").contains("6 rows of 4 patients, 3 events"))
  }

  /// Centres are clusters as well, and no patients: theirs are followed side by side.
  @Test(arguments: ["", "cluster: centre"]) func rowsAreCalledRows(_ options: String) throws {
    #expect(try Self.bench("kaplan-meier", options).lines(of: "m")[0].contains("| Rows |"))
    let model = try Self.bench("cox", options)
    #expect(model.lines(of: "m")[0].contains("| Rows | Events |"))
    #expect(model.quantity("m.patients") == nil)
  }

  /// As R's `survfit(Surv(start, stop, dead) ~ 1, id = id)`: one patient is censored, and follow-up of the four ends at 9, 6, 8
  /// and 3; pieces taken for ends give a median of 6.5, in R as well.
  @Test func followUpThatGoesOnHasNotEnded() throws {
    func bench(_ directive: String, _ options: String) throws -> DirectiveBench {
      try DirectiveBench(
        "```{data #d}\nsource: d.csv\n```\n\n```{\(directive) #m}\ndata: d\n"
          + "formula: Surv(start, stop, dead == 1) ~ 1\n\(options)\n```\n", files: ["d.csv": Self.data])
    }
    let curve = try bench("kaplan-meier", "id: id\ntimes: [7]")
    #expect(curve.number("m.censored") == 1 && curve.number("m.events") == 3 && curve.number("m.n") == 6)
    #expect(curve.number("m.at(7).survival") == 0.5 && curve.number("m.at(7).censored") == 0)
    #expect(curve.number("m.at(7).at_risk") == 2)
    let whole = try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{follow-up #m}\ndata: d\nformula: Surv(stop, dead == 1) ~ 1\n```\n",
      files: ["d.csv": "stop,dead\n9,1\n6,1\n8,0\n3,1\n"])
    #expect(try bench("follow-up", "id: id").number("m.median") == whole.number("m.median"))
    #expect(try bench("follow-up", "").number("m.median") == 6.5)
    #expect(try bench("follow-up", "id: id").number("m.censored") == 1)
  }

  @Test(arguments: ["log-rank", "rates", "restricted-mean", "milestone"])
  func otherTablesCountPatients(_ directive: String) throws {
    let times = directive == "milestone" ? "times: [4]" : directive == "restricted-mean" ? "tau: 6" : ""
    let with = try Self.bench(directive, "id: id\n\(times)")
    let without = try Self.bench(directive, times)
    #expect(with.lines(of: "m")[0].contains("| Patients |") && without.lines(of: "m")[0].contains("| Rows |"))
    #expect(with.lines(of: "m").contains { $0.hasPrefix("| no | 4 |") }, "\(with.lines(of: "m"))")
    #expect(with.lines(of: "m").contains { $0.hasPrefix("| yes | 2 |") })
    #expect(with.number("m.patients") == 4 && with.number("m[\"yes\"].patients") == 2)
    // The numbers are those of the rows.
    for value in without.outputs["m"]?.values ?? [] {
      let same = with.outputs["m"]?.values.contains { $0.path == value.path && $0.content == value.content }
      #expect(same == true, "\(value.path)")
    }
  }

  @Test(arguments: ["", "\n```{data #e}\nfrom: d\nwhere: centre == \"x\" or centre == \"y\"\n```\n"])
  func theIdOfTheDataHoldsForAll(_ derived: String) throws {
    let bench = try DirectiveBench(
      "```{data #d}\nsource: d.csv\nid: id\n```\n\(derived)\n```{cox #m}\ndata: \(derived.isEmpty ? "d" : "e")\n"
        + "formula: Surv(start, stop, dead == 1) ~ given\n```\n", files: ["d.csv": Self.data])
    #expect(bench.number("m.patients") == 4 && bench.number("d.patients") == 4)
    #expect(bench.written("d")[0].hasPrefix("*Data `d`: 6 rows, 4 patients, "))
    #expect(!bench.warnings.contains { $0.code == .repeatedPatients })
  }

  @Test(arguments: [
    ("kaplan-meier", "Surv(stop, dead == 1) ~ given", "", 2), ("cox", "Surv(stop, dead == 1) ~ given", "", 2),
    ("log-rank", "Surv(stop, dead == 1) ~ given", "", 2), ("rates", "Surv(stop, dead == 1) ~ 1", "", 2),
    ("logistic", "dead == 1 ~ centre", "", 2), ("linear", "stop ~ centre", "", 2),
    ("cumulative-incidence", "Surv(stop, dead) ~ 1", "causes: {death: 1}", 2),
    ("cox", "Surv(stop, dead == 1) ~ given", "cluster: id", 0),
    ("linear", "stop ~ centre", "cluster: id", 0),
    ("cox", "Surv(stop, dead == 1) ~ centre", "where: start == 0", 0),
    ("cox", "Surv(early, stop, dead == 1) ~ given", "", 1),
  ]) func rowsTakenForPatientsAreSaid(_ directive: String, _ formula: String, _ options: String, _ count: Int)
    throws
  {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      id: id
      derive:
        early: if(id == 1, 0, start)
      ```

      ```{\(directive) #m}
      data: d
      formula: \(formula)
      \(options)
      ```
      """, files: ["d.csv": Self.data])
    let said = bench.warnings.filter { $0.code == .repeatedPatients }.map(\.message)
    switch count {
    case 0: #expect(said.isEmpty)
    case 1: #expect(said == ["1 patient is in two rows at the same time, and counted twice then"])
    default: #expect(said == ["2 patients have several rows, which are taken for different patients"])
    }
  }

  @Test func summaryAndFlowCountPatientsAndRows() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      id: id
      where: stop > 2
      ```
      ```{summary #t}
      data: d
      by: given
      variables: [stop, centre]
      p: true
      ```
      ```{flow #f}
      data: d
      table: true
      ```
      ```{data #first}
      from: d
      where: start < 3
      ```
      ```{summary #one}
      data: first
      variables: [stop]
      ```
      """, files: ["d.csv": Self.data])
    #expect(
      bench.lines(of: "t")[0]
        == "| | Overall (4 patients, 5 rows) | no (3 patients, 3 rows) | yes (2 patients, 2 rows) | P |"
    )
    #expect(bench.number("t.patients") == 4 && bench.number("t.group(\"yes\").patients") == 2)
    #expect(bench.note(of: "t").contains("design-based rank test"))
    #expect(bench.note(of: "t").contains("their variances take a patient's rows together"))
    // Nobody has two rows left.
    #expect(bench.lines(of: "one")[0] == "| | All (N = 4) |")
    #expect(
      bench.lines(of: "f") == [
        "| | Patients | Rows |", "| All rows of the file | 4 | 6 |",
        "| &emsp;Left out: did not meet: stop > 2 | | 1 |",
        "| Rows selected (d) | 4 | 5 |",
      ])
    #expect(bench.number("f.step(1).patients") == 4)
    #expect(bench.written("f").joined().contains("(4\u{A0}patients, 5\u{A0}rows)"))
  }

  @Test(arguments: [
    ("kaplan-meier", ""), ("rates", ""), ("log-rank", ""), ("cox", ""), ("follow-up", ""),
    ("kaplan-meier", "cluster: id"), ("cox", "cluster: id"),
  ]) func severalEventsOfAPatientAreSaid(_ directive: String, _ options: String) throws {
    let bench = try DirectiveBench(
      "```{data #d}\nsource: d.csv\nid: id\n```\n\n```{\(directive) #m}\ndata: d\n"
        + "formula: Surv(start, stop, dead == 1) ~ given\n\(options)\n```\n",
      files: ["d.csv": Self.data.replacing("1,x,0,5,0,no", with: "1,x,0,5,1,no")])
    let said = bench.warnings.filter { $0.code == .repeatedPatients }.map(\.message)
    #expect(
      said
        == (options.isEmpty && directive != "follow-up"
          ? ["1 patient has the event more than once, which intervals and tests take for different patients"]
          : []))
  }

  @Test func namedTestsThatKnowNoPatientsWarn() throws {
    let bench = try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n\n```{summary #t}\ndata: d\nby: given\nid: id\nvariables: [stop]\ntests: anova\n```\n",
      files: ["d.csv": Self.data])
    #expect(bench.warnings.map(\.code) == [.repeatedPatients])
  }
}
