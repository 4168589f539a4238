// Numbers that make groups, and figures with more curves than looks.

import Diagnostics
import Testing

@Suite struct ManyGroupsTests {
  static let data: String =
    "time,event,cause,age,centre\n"
    + (0..<240).map { row in
      "\(1 + row % 37),\(row % 3 > 0 ? 1 : 0),\(row % 3),\(50 + row % 20),c\(row % 9)\n"
    }.joined()

  private static func warnings(_ directive: String, _ options: String) throws -> [Diagnostic] {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\n```\n```{\(directive) #m}\ndata: d\n\(options)\n```\n",
      files: ["d.csv": data]
    ).warnings
  }

  @Test(arguments: [
    ("kaplan-meier", "formula: Surv(time, event == 1) ~ age"),
    ("cumulative-incidence", "formula: Surv(time, cause) ~ age\ncauses: {relapse: 1, death: 2}"),
    ("log-rank", "formula: Surv(time, event == 1) ~ age"),
  ])
  func aNumberOfManyValuesIsDoubtful(directive: String, options: String) throws {
    let warnings = try Self.warnings(directive, options)
    #expect(warnings.map(\.code) == [.manyGroups])
    #expect(warnings.first?.message == "'age' is a number: each of its 20 values is a group")
    #expect(warnings.first?.remedy == "write cut(age, [50, 65]) with the limits of the groups")
    #expect(
      warnings.first?.location?.start.column
        == options.firstIndex(of: "~").map {
          options.distance(from: options.startIndex, to: $0) + 3
        })
  }

  @Test(arguments: ["summary", "distribution"])
  func tablesByANumberAreDoubtful(directive: String) throws {
    let warnings = try Self.warnings(directive, "variables: [time]\nby: age")
    // Twenty boxes are taller than a page as well.
    let expected: Set<DiagnosticCode> = directive == "summary" ? [.manyGroups] : [.manyGroups, .figureFit]
    #expect(warnings.count == expected.count && Set(warnings.map(\.code)) == expected)
    let doubt = warnings.first { $0.code == .manyGroups }
    #expect(doubt?.remedy == "derive groups with cut(age, [50, 65])")
  }

  @Test func incidenceCurvesOfManyGroupsAreAlike() throws {
    let options = "formula: Surv(time, cause) ~ centre\ncauses: {relapse: 1, death: 2}"
    let warnings = try Self.warnings("cumulative-incidence", options)
    #expect(warnings.map(\.code) == [.alikeCurves])
    #expect(warnings.first?.message.hasPrefix("18 curves: only 16") == true)
    #expect(try Self.warnings("cumulative-incidence", options + "\nform: stacked").isEmpty)
    #expect(try Self.warnings("cumulative-incidence", options + "\nfigure: false").isEmpty)
  }
}
