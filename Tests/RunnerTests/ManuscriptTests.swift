// The first manuscript: every published number is printed, every result agrees with R.

import Foundation
import Runner
import Testing

@Suite struct ManuscriptTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func run(threads: Int) -> DocumentRun {
    let directory = root.resolvingSymlinksInPath().path(percentEncoded: false)
    return DocumentRunner(options: RunOptions(threads: threads), workingDirectory: directory)
      .run("analyses/nelm.md")
  }

  static func results(_ run: DocumentRun) throws -> [String: Any] {
    let file = try #require(run.files.first { $0.path.hasSuffix("results.json") })
    return try #require(try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
  }

  @Test func threadsChangeNoByte() {
    let one = Self.run(threads: 1)
    #expect(one.diagnostics.isEmpty)
    #expect(one.files == Self.run(threads: 2).files)
    #expect(one.files == Self.run(threads: 4).files)
  }

  @Test func everyResultAgreesWithR() throws {
    let results = try Self.results(Self.run(threads: 2))
    let path = Self.root.appending(path: "Tests/Reference/nelm-expected.json")
    let expected = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
    let reference = try #require(expected["results"] as? [String: Any])
    var checked = 0
    func check(_ name: String, _ want: Any?) {
      checked += 1
      guard let number = want as? Double else {
        #expect(results[name] as? String == "NR", "\(name)")
        return
      }
      guard let got = results[name] as? Double else {
        Issue.record("no number \(name)")
        return
      }
      #expect(abs(got - number) <= 1e-7 * abs(number), "\(name): \(got), R has \(number)")
    }
    func curve(_ id: String, _ want: [String: Any]) {
      let interval = want["median_ci95_loglog"] as? [Any] ?? []
      check(id + ".n", want["n"])
      check(id + ".events", want["events"])
      check(id + ".median", want["median"])
      check(id + ".median.lower", interval.first)
      check(id + ".median.upper", interval.last)
      for month in ["60", "120"] {
        guard let at = want["month_" + month] as? [String: Any] else { continue }
        let limits = at["ci95_loglog"] as? [Any] ?? []
        check(id + ".at(\(month)).survival", at["survival"])
        check(id + ".at(\(month)).survival.se", at["se"])
        check(id + ".at(\(month)).at_risk", at["at_risk"])
        check(id + ".at(\(month)).survival.lower", limits.first)
        check(id + ".at(\(month)).survival.upper", limits.last)
      }
    }
    for (group, want) in try #require(reference["kaplan_meier"] as? [String: [String: Any]]) {
      curve("os[\"\(group)\"]", want)
    }
    curve("os", try #require(reference["kaplan_meier_all_nelm"] as? [String: Any]))
    let cox = try #require(reference["cox"] as? [String: Any])
    check("prognosis.n", cox["n"])
    check("prognosis.events", cox["events"])
    for (term, want) in try #require(cox["terms"] as? [String: [String: Any]]) {
      let id = "prognosis[\"\(term)\"]"
      let limits = want["ci95"] as? [Any] ?? []
      check(id + ".coefficient", want["coef"])
      check(id + ".se", want["se"])
      check(id + ".hr", want["hr"])
      check(id + ".hr.lower", limits.first)
      check(id + ".hr.upper", limits.last)
      check(id + ".p", want["p"])
    }
    for (term, want) in try #require(cox["cox_zph_km"] as? [String: [String: Any]]) {
      let id = term == "GLOBAL" ? "hazards.global" : "hazards[\"\(term)\"]"
      check(id + ".chi_squared", want["chisq"])
      check(id + ".p", want["p"])
    }
    #expect(checked >= 140)
  }

  @Test func thePublishedNumbersArePrinted() throws {
    let run = Self.run(threads: 1)
    let markdown = try #require(run.files.first { $0.path.hasSuffix("nelm.md") })
    let words = String(decoding: markdown.bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    for sentence in [
      "from 2003 to 2010", "Of 939 patients with NET, 649 had",
      "small intestine in 245 (38%) and in the pancreas in 194 (30%)",
      "Median follow-up was 44 months", "hepatic resection (n = 58, 9%)",
      "radiofrequency ablation (n = 28, 4%)",
      "chemoembolization (n = 130, 20%)", "systemic therapy (n = 316, 49%)", "observation (n = 117, 18%)",
      "survival was 160, 123, 66, 70 and 38 months", "5-year survival 90%, 84%, 55%, 58% and 38%",
      "10-year survival 70%, 55%, 28%, 31% and 20%", "age (HR 1.0, p < 0.001)",
      "primary site (HR 0.5, p < 0.001)",
      "hepatic resection (HR 0.3, p = 0.001)", "well-differentiated tumour (HR 0.3, p < 0.001)",
      "within the normal limit (HR 0.4, p < 0.001)", "within the normal limit (HR 0.5, p < 0.001)",
    ] {
      #expect(words.contains(sentence), "\(sentence)")
    }
  }
}
