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
}
