// Digits, quantile types, styles, and independence of the order of rows.

import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct SummaryDescriptionTests {
  static func bench(
    _ values: [String], _ options: String = "variables: [x]", style: JournalStyle = .plain,
    compatibility: Compatibility = .meier
  ) throws -> DirectiveBench {
    let document = "```{data #d}\nsource: d.csv\n```\n```{summary #t}\ndata: d\n\(options)\n```\n"
    return try DirectiveBench(
      document, files: ["d.csv": "x,id\n" + values.map { "\($0),1\n" }.joined()], style: style,
      compatibility: compatibility)
  }

  static func cell(_ values: [String], _ form: String) throws -> String {
    let line = try bench(values, "variables: {x: \(form)}").lines(of: "t")[1]
    return line.split(separator: "|").last.map { $0.trimmingPrefix(" ") }.map { String($0.dropLast()) } ?? ""
  }

  @Test func decimalsFollowTheData() throws {
    #expect(try Self.cell(["1", "2", "3", "7"], "median") == "2.5 (1.8–4.0)")
    #expect(try Self.cell(["1", "2", "3"], "median") == "2 (2–3)")
    #expect(try Self.cell(["101", "150", "151", "300"], "median") == "151 (138–188)")
    #expect(try Self.cell(["0.004", "0.01", "0.02", "0.02"], "median") == "0.015 (0.009–0.020)")
    #expect(try Self.cell(["1.5", "2.25", "3"], "median") == "2.25 (1.88–2.63)")
    #expect(try Self.cell(["12.125", "20.25", "33.5"], "median") == "20.3 (16.2–26.9)")
    #expect(try Self.cell(["12", "20", "33"], "mean") == "21.7 (10.6)")
    #expect(try Self.cell(["12000", "20000", "33000"], "range") == "20,000 (12,000–33,000)")
    #expect(try Self.cell(["-3", "-2", "1"], "range") == "−2 (−3 to 1)")
  }

  @Test func numbersFarFromZeroKeepTheirSpread() throws {
    let values = ["1000000000.1", "1000000000.2", "1000000000.4"]
    #expect(try Self.cell(values, "mean") == "1,000,000,000.23 (0.15)")
    #expect(try Self.cell(values, "median") == "1,000,000,000.2 (1,000,000,000.2–1,000,000,000.3)")
  }

  @Test func aSingleValueHasNoStandardDeviation() throws {
    #expect(try Self.cell(["5", "NA"], "mean") == "5.0 (NE)")
  }

  @Test func quartilesFollowTheProgramThatIsNamed() throws {
    // Type 2 of 1, 2, 3, 4: 1.5 and 3.5; type 7: 1.75 and 3.25; type 6: 1.25 and 3.75.
    let values = ["1", "2", "3", "4"]
    func quartiles(_ bench: DirectiveBench) -> [Double?] {
      [bench.number("t[\"x\"].q1"), bench.number("t[\"x\"].median"), bench.number("t[\"x\"].q3")]
    }
    #expect(try quartiles(Self.bench(values)) == [1.75, 2.5, 3.25])
    #expect(try quartiles(Self.bench(values, compatibility: .r)) == [1.75, 2.5, 3.25])
    #expect(try quartiles(Self.bench(values, compatibility: .sas)) == [1.5, 2.5, 3.5])
    #expect(try quartiles(Self.bench(values, compatibility: .stata)) == [1.5, 2.5, 3.5])
    let six = try Self.bench(values, "variables: [x]\nquantile-type: 6", compatibility: .sas)
    #expect(quartiles(six) == [1.25, 2.5, 3.75])
    #expect(six.note(of: "t") == "Q1–Q3, first to third quartile (quantiles of type 6).")
  }

  @Test func codesPassingForMeasurementsAreRemarked() throws {
    let bench = try Self.bench(["1", "2", "2"])
    #expect(bench.warnings.map(\.code) == [.codedNumbers])
    #expect(bench.note(of: "t").contains("no more than two different numbers, perhaps codes: x"))
    #expect(try Self.bench(["1", "2", "2"], "variables: {x: median}").warnings.isEmpty)
    let counted = try Self.bench(["1", "2", "2"], "variables: {x: levels}")
    #expect(counted.warnings.isEmpty)
    #expect(counted.number("t[\"x\", \"2\"].n") == 2)
  }

  @Test func aColumnWithoutAnyValueIsNotEstimable() throws {
    let bench = try Self.bench(["NA", "NA"])
    #expect(bench.lines(of: "t")[1].hasSuffix("| NE |"))
    #expect(bench.quantity("t[\"x\"].mean") == .notEstimable)
    #expect(bench.number("t[\"x\"].missing") == 2)
  }

  @Test func theStyleMakesTheNumbers() throws {
    let values = ["1.5", "2.25", "3"]
    #expect(try Self.bench(values, style: .lancet).lines(of: "t")[1].contains("2·25 (1·88–2·63)"))
    #expect(try Self.bench(values, style: .nejm).lines(of: "t")[1].contains("2.25 (1.88 to 2.63)"))
  }

  @Test func theOrderOfTheRowsChangesNothing() throws {
    let header = "arm,age,sex,response,since,site"
    let rows = SummaryDirectiveTests.data.split(separator: "\n").dropFirst().map(String.init)
    func written(_ rows: [String], threads: Int) throws -> [String] {
      let text = ([header] + rows).joined(separator: "\n") + "\n"
      return try DirectiveBench(
        SummaryDirectiveTests.document(
          "by: arm\nvariables: [age, sex, response, since, site]\ndifference: true\np: true\nstatistics: [median, mean]"
        ), files: ["d.csv": text], threads: threads
      ).written("t")
    }
    let first = try written(rows, threads: 1)
    #expect(try written(rows.reversed(), threads: 2) == first)
    #expect(try written(Array(rows[3...] + rows[..<3]), threads: 4) == first)
  }
}
