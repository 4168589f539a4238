// Cases as documents: hostile names must arrive unharmed.
import Foundation
import Testing

@testable import ReferenceRunner

@Suite struct DocumentTextTests {
  func reference(_ spec: String, analysis: String, expect: String = "{}") throws -> ReferenceCase {
    let text = """
      {"id": "x", "data": "d.csv", "analysis": "\(analysis)", "spec": \(spec), "expect": \(expect), "tolerance": {}}
      """
    return try ReferenceCase(JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)))
  }

  @Test func hostileLevelsAndNames() throws {
    let reference = try reference(
      #"""
      {"response": {"type": "right-censored", "time": "Zeit (Monate)", "event": "tot?", "event_value": "ja, \"sicher\""},
       "group": "Arm`1", "factors": {"Arm`1": ["a|b", "c, \"d\""]}, "times": [0.5, 1000000100],
       "subset": [{"var": "in", "op": "in", "value": [1, 2]}, {"var": "x.y", "op": "!=", "value": "é"}]}
      """#, analysis: "km")
    let translation = try #require(Translations.translation(for: "km"))
    #expect(
      reference.document(translation.directives(reference)) == #"""
        # x

        ``````{data #d}
        source: "../data/d.csv"
        where: "col(\"in\") in [1, 2] and x.y != \"é\""
        dictionary:
          "Arm`1": {"levels": ["a|b", "c, \"d\""]}
        ``````

        ``````{kaplan-meier #r}
        data: "d"
        formula: "Surv(`Zeit (Monate)`, `tot?` == \"ja, \\\"sicher\\\"\") ~ `Arm\\`1`"
        times: [0.5, 1000000100]
        variance: "greenwood"
        ``````

        """#)
  }

  @Test func everyAnalysisOfTheSetHasATranslation() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Reference")
    let cases = try ReferenceCase.load(from: folder)
    #expect(cases.count == 182)
    for reference in cases {
      let translation = try #require(
        Translations.translation(for: reference.analysis), "\(reference.analysis)")
      let document = reference.document(
        translation.directives(reference), text: translation.text(reference))
      #expect(document.hasPrefix("# \(reference.id)\n"))
    }
  }

  @Test func rowLimits() {
    let bytes = Array("a,b\n1,\"x\ny\"\n2,z\n3,w\n".utf8)
    #expect(DataExcerpt.first(1, of: bytes) == Array("a,b\n1,\"x\ny\"\n".utf8))
    #expect(DataExcerpt.first(9, of: bytes) == bytes)
  }
}
