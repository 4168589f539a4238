// Differences between groups, and the tests behind P values.

import Diagnostics
import Presentation
import TestSupport
import Testing

@Suite struct SummaryComparisonTests {
  static func bench(_ rows: String, _ options: String, dictionary: String = "") throws -> DirectiveBench {
    let document =
      "```{data #d}\nsource: d.csv\n\(dictionary)```\n```{summary #t}\ndata: d\nby: g\n\(options)\n```\n"
    return try DirectiveBench(document, files: ["d.csv": rows])
  }

  static let rows = """
    g,x,k,f
    a,1,p,true
    a,2,p,true
    a,3,q,false
    a,NA,r,false
    b,2,p,true
    b,4,q,false
    b,6,r,false
    b,NA,r,false

    """

  @Test func standardisedDifferencesAreFirstMinusSecondGroup() throws {
    let bench = try Self.bench(Self.rows, "variables: [x, k, f]\ndifference: true\noverall: false")
    // Means 2 and 4, variances 1 and 4; levels as in StandardisedDifferenceTests; shares 1/2 and 1/4.
    let expected = [
      "x": -2 / 2.5.squareRoot(), "k": (4.0 / 11).squareRoot(), "f": 0.25 / (7.0 / 32).squareRoot(),
    ]
    for (name, value) in expected {
      #expect(abs((bench.number("t[\"\(name)\"].standardised_difference") ?? 0) - value) < 1e-14, "\(name)")
    }
    #expect(
      bench.lines(of: "t") == [
        "| | a (N = 4) | b (N = 4) | Standardised difference |",
        "| x, median (Q1–Q3) | 2 (2–3) | 4 (3–5) | −1.26 |", "| &emsp;Missing | 1 | 1 | |",
        "| k, n (%) | | | 0.60 |", "| &emsp;p | 2 (50%) | 1 (25%) | |", "| &emsp;q | 1 (25%) | 1 (25%) | |",
        "| &emsp;r | 1 (25%) | 2 (50%) | |", "| f, n (%) | 2 (50%) | 1 (25%) | 0.53 |",
      ])
    #expect(
      bench.note(of: "t").hasSuffix(
        "standardised difference: a minus b, in units of the root mean variance, of levels the Mahalanobis distance (Yang and Dalton), without sign."
      ))
  }

  @Test func eachVariableGetsTheTestThatSuitsIt() throws {
    let bench = try Self.bench(Self.rows, "variables: [x, k, f]\np: true")
    #expect(bench.lines(of: "t").first == "| | Overall (N = 8) | a (N = 4) | b (N = 4) | P |")
    #expect(
      bench.note(of: "t").hasSuffix(
        "P: Kruskal–Wallis test (x), Fisher's exact test (k, f), not adjusted for multiple comparisons."))
    // Ranks a 1, 2.5, 4 and b 2.5, 5, 6: H = 12/42 (7.5² + 13.5²)/3 − 21 = 12/7; ties 1 − 6/210: × 35/34.
    #expect(abs((bench.number("t[\"x\"].kruskal_wallis.statistic") ?? 0) - 12.0 / 7 * 35 / 34) < 1e-13)
    #expect(bench.number("t[\"x\"].kruskal_wallis.df") == 1)
    // 2×2 with margins 4, 4 and 3, 5: probabilities of 0…3 are 4, 24, 24, 4 of 56, so all are as probable or less.
    #expect(abs((bench.number("t[\"f\"].fisher.p") ?? 0) - 1) < 1e-12)
    #expect(bench.quantity("t[\"f\"].fisher.statistic") == nil)
  }

  @Test func meansAreComparedByWelchAndNamedTestsWin() throws {
    let means = try Self.bench(Self.rows, "variables: [x]\nstatistics: mean\np: true")
    // Welch: t² = 4 / (1/3 + 4/3) = 12/5, df = (5/3)² / ((1/9 + 16/9) / 2) = 50/17.
    #expect(abs((means.number("t[\"x\"].welch_anova.statistic") ?? 0) - 2.4) < 1e-13)
    #expect(abs((means.number("t[\"x\"].welch_anova.df2") ?? 0) - 50.0 / 17) < 1e-12)
    #expect(means.note(of: "t").contains("P: Welch's analysis of variance, not"))
    let named = try Self.bench(Self.rows, "variables: [x, k]\ntests: [anova, kruskal-wallis, chi-squared]")
    #expect(abs((named.number("t[\"x\"].anova.statistic") ?? 0) - 2.4) < 1e-13)
    #expect(named.number("t[\"x\"].kruskal_wallis.p") != nil)
    // χ² = 2 (0.5²/1.5) + 2 (0.5²/1.5) = 2/3 with 2 degrees of freedom.
    #expect(abs((named.number("t[\"k\"].chi_squared.statistic") ?? 0) - 2.0 / 3) < 1e-14)
    #expect(named.number("t[\"k\"].chi_squared.df") == 2)
    #expect(named.note(of: "t").contains("P: analysis of variance (x), χ² test without correction (k)"))
    #expect(named.note(of: "t").hasSuffix("expected counts below 5: k."))
    let off = try Self.bench(Self.rows, "variables: [x]\ntests: [anova]\np: false")
    #expect(off.number("t[\"x\"].anova.p") == nil)
  }

  @Test func largeCountsAreComparedByChiSquared() throws {
    let rows = "g,k\n" + String(repeating: "a,p\na,q\nb,p\nb,q\n", count: 20) + "b,q\n"
    let bench = try Self.bench(rows, "variables: [k]\np: true")
    #expect(bench.number("t[\"k\"].chi_squared.p") != nil)
    #expect(bench.note(of: "t").contains("P: χ² test without correction, not adjusted"))
    #expect(!bench.note(of: "t").contains("expected counts"))
  }

  @Test func tablesTooLargeForAnExactTestAreComparedByChiSquared() throws {
    var rows = "g,k\n"
    for group in 0..<8 {
      for level in 0..<8 {
        rows += String(repeating: "g\(group),k\(level)\n", count: 1 + (group * level) % 7 * 9)
      }
    }
    let usual = try Self.bench(rows, "variables: [k]\np: true")
    #expect(usual.number("t[\"k\"].chi_squared.p") != nil)
    #expect(usual.note(of: "t").contains("P: χ² test without correction"))
    #expect(usual.note(of: "t").hasSuffix("expected counts below 5: k."))
  }

  @Test func whatCannotBeComparedIsNotEstimable() throws {
    let rows = "g,x,k,n\na,1,p,\na,1,p,\nb,1,p,\nb,1,p,\n"
    let bench = try Self.bench(
      rows, "variables: {x: median, k: , n: median}\np: true\ndifference: true",
      dictionary: "types: {n: number}\n")
    for path in ["t[\"x\"].kruskal_wallis.p", "t[\"k\"].chi_squared.p", "t[\"n\"].kruskal_wallis.p"] {
      #expect(bench.quantity(path) == .notEstimable, "\(path)")
    }
    #expect(bench.number("t[\"x\"].standardised_difference") == 0)
    #expect(bench.number("t[\"k\"].standardised_difference") == 0)
    #expect(bench.quantity("t[\"n\"].standardised_difference") == .notEstimable)
    #expect(bench.lines(of: "t").contains { $0.hasPrefix("| x, median") && $0.hasSuffix("| 0.00 | NE |") })
  }

  @Test func emptyGroupsTakeNoPartInTests() throws {
    let with = try Self.bench(
      Self.rows, "variables: [x, k]\np: true", dictionary: "dictionary: {g: {levels: [a, c, b]}}\n")
    let without = try Self.bench(Self.rows, "variables: [x, k]\np: true")
    for path in ["t[\"x\"].kruskal_wallis.p", "t[\"k\"].fisher.p"] {
      #expect(with.number(path) != nil)
      #expect(with.number(path) == without.number(path))
    }
  }

  /// Every number of R's Table 1 cases, the tests included.
  @Test(arguments: ReferenceCase.all("table1").map(\.id)) func agreesWithR(_ id: String) throws {
    let reference = try #require(ReferenceCase.all("table1").first { $0.id == id })
    let table = try reference.table()
    let group = try #require(reference.spec["group"]?.string)
    let numeric = (reference.spec["numeric"]?.array ?? []).map(\.text)
    let counted = reference.spec["categorical"]?.object ?? [:]
    let columns = [group] + numeric + counted.keys.sorted()
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let lines = (0..<table.rowCount).map { row in
      columns.map { quoted(table.text($0)[row]) }.joined(separator: ",")
    }
    let levels = (reference.spec["factors"]?[group]?.array ?? []).map { quoted($0.text) }
    let variables =
      numeric.map { "\(quoted($0)): median" } + counted.keys.sorted().map { "\(quoted($0)): levels" }
    let document = """
      ```{data #d}
      source: d.csv
      dictionary:
        \(quoted(group)): {levels: [\(levels.joined(separator: ", "))]}
      ```

      ```{summary #t}
      data: d
      by: \(quoted(group))
      variables: {\(variables.joined(separator: ", "))}
      tests: [kruskal-wallis, anova, welch-anova, chi-squared]
      ```

      """
    let text = ([columns.map(quoted).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    let bench = try DirectiveBench(document, files: ["d.csv": text])
    var values: [String: Double?] = [:]
    for key in reference.expect.keys { values[key] = bench.number(Self.path(key, group: group)) }
    #expect(reference.failures(values) == [])
  }

  /// `count[sex|m|trt=1]` as `t["sex", "m", "1"].n`.
  static func path(_ key: String, group: String) -> String {
    let statistic = String(key.prefix { $0 != "[" })
    var parts = key.dropFirst(statistic.count + 1).dropLast().split(separator: "|").map(String.init)
    var level: String?
    if let last = parts.last, last == "overall" || last.hasPrefix(group + "=") {
      parts.removeLast()
      level = last == "overall" ? nil : String(last.dropFirst(group.count + 1))
    }
    let names = (parts + [level].compactMap(\.self)).map { "\"\($0)\"" }.joined(separator: ", ")
    switch statistic {
    case "n": return level.map { "t.group(\"\($0)\").n" } ?? "t.n"
    case "count": return "t[\(names)].n"
    case "missing": return "t[\"\(parts[0])\"].missing" + (level.map { "(\"\($0)\")" } ?? "")
    case "p.kruskal": return "t[\(names)].kruskal_wallis.p"
    case "p.anova": return "t[\(names)].anova.p"
    case "p.welch": return "t[\(names)].welch_anova.p"
    case "p.chisq": return "t[\(names)].chi_squared.p"
    default: return "t[\(names)].\(statistic)"
    }
  }
}
