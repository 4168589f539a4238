// What the author of a Table 1 is told.

import Diagnostics
import Testing

@Suite struct SummaryFaultTests {
  /// The messages with the words that they point at.
  static func faults(_ options: String, rows: String = SummaryDirectiveTests.data) -> [String] {
    let document = SummaryDirectiveTests.document(options)
    return DirectiveBench.problems(document, files: ["d.csv": rows]).map { problem in
      guard let location = problem.location, let line = location.sourceLine,
        location.start.line == location.end.line
      else { return "[\(problem.code.rawValue)] \(problem.message)" }
      let words = line.dropFirst(location.start.column - 1).prefix(
        location.end.column - location.start.column)
      return "\(words) [\(problem.code.rawValue)] \(problem.message)"
    }
  }

  @Test func unknownColumnsAreAllReported() {
    #expect(
      Self.faults("by: arm\nvariables: [agee, sex, sitee]") == [
        "agee [unknown-column] no column 'agee' in 'd'", "sitee [unknown-column] no column 'sitee' in 'd'",
      ])
    #expect(Self.faults("by: armm\nvariables: [age]") == ["armm [unknown-column] no column 'armm' in 'd'"])
  }

  @Test func variablesStandOnceAndNotBesideTheirGroups() {
    #expect(
      Self.faults("by: arm\nvariables: [age, arm, age]") == [
        "arm [invalid-option] 'arm' is what the table is grouped by",
        "age [invalid-option] 'age' is named twice",
      ])
  }

  @Test func descriptionsMustFitTheColumn() {
    #expect(
      Self.faults("variables: {sex: mean, since: mean, age: [levels, mean], site: levels}") == [
        "mean [invalid-option] 'sex' holds no numbers for 'mean'",
        "mean [invalid-option] 'since' holds dates, which have no standard deviation to print",
        "[levels, mean] [invalid-option] 'levels' stands alone",
      ])
    #expect(Self.faults("variables: {age: meen}").first?.hasPrefix("meen [invalid-option]") == true)
  }

  @Test func groupsAndLevelsMustStayFew() {
    let rows =
      "arm,age,sex,response,since,site\n" + (0..<150).map { "a,\($0),m,true,2001-01-01,w\($0)\n" }.joined()
    #expect(
      Self.faults("by: age\nvariables: [sex]", rows: rows) == [
        "age [invalid-option] 'age' has 150 distinct values, too many for groups"
      ])
    #expect(
      Self.faults("variables: [site]", rows: rows) == [
        "site [invalid-option] 'site' has 150 distinct values, too many to count one by one"
      ])
  }

  @Test func comparisonsNeedGroups() {
    #expect(
      Self.faults("variables: [age]\np: true") == [
        "true [one-group] P values need at least two groups with rows, there is none"
      ])
    #expect(
      Self.faults("by: arm\nvariables: [age]\ntests: [anova]\nwhere: arm == \"a\"") == [
        "[anova] [one-group] P values need at least two groups with rows, there is one"
      ])
    #expect(
      Self.faults("by: site\nvariables: [age]\ndifference: true") == [
        "true [invalid-option] a standardised difference needs two groups, there are 3"
      ])
  }

  @Test func rowsAreNeeded() {
    #expect(
      Self.faults("variables: [age]\nwhere: age > 200") == ["age > 200 [no-rows] 'd' has no rows to describe"]
    )
    #expect(
      Self.faults("by: arm\nvariables: [age]\nwhere: is_missing(arm)") == [
        "arm [no-rows] no row of 'd' has a group"
      ])
  }
}
