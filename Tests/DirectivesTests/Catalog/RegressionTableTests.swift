// One table for every regression: the same lines, whatever fitted them.

import Foundation
import Presentation
import Testing

@Suite struct RegressionTableTests {
  static let data: String =
    "time,event,stage,age,cost,set,dead\n"
    + (0..<24).map { row in
      let event = [1, 1, 0, 1, 0][row % 5]
      return "\(row * 7 % 23 + 1),\(event),\(["I", "II", "III"][row % 3]),\(40 + row * 11 % 31),"
        + "\(row * 5 % 17 + 2),\(row / 4),\(event)\n"
    }.joined()

  static func bench(_ name: String, _ options: String) throws -> DirectiveBench {
    try DirectiveBench(
      "```{data #d}\nsource: d.csv\ndictionary:\n  age: {label: Age, unit: years, per: 10}\n```\n\n"
        + "```{\(name) #m}\ndata: d\n\(options)\n```\n", files: ["d.csv": data])
  }

  /// First cells of the lines, which say what each is of.
  static func labels(_ bench: DirectiveBench) -> [String] {
    bench.lines(of: "m").dropFirst().map {
      $0.split(separator: "|").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
    }
  }

  @Test(arguments: [
    ("cox", "formula: Surv(time, event == 1) ~ age + stage"),
    ("cox", "formula: Surv(time, event == 1) ~ age + stage\nunivariable: true"),
    ("parametric-survival", "formula: Surv(time, event == 1) ~ age + stage"),
    ("logistic", "formula: event == 1 ~ age + stage"),
    ("poisson", "formula: cost ~ age + stage"),
    ("linear", "formula: cost ~ age + stage"),
    ("conditional-logistic", "formula: event == 1 ~ age + stage + strata(set)"),
  ]) func linesAreTheSame(_ name: String, _ options: String) throws {
    let labels = Self.labels(try Self.bench(name, options)).filter {
      $0 != "Intercept" && $0 != "Log(scale)" && $0 != "Shape, 1/scale"
    }
    #expect(labels == ["Age, per 10 years", "stage", "&emsp;I", "&emsp;II", "&emsp;III"])
  }

  /// The label says for what change an estimate is, so all numbers of its line are for that change.
  @Test func coefficientsAreOfTheChangeThatTheLabelNames() throws {
    let bench = try Self.bench("parametric-survival", "formula: Surv(time, event == 1) ~ age")
    let coefficient = try #require(bench.number("m[\"age\"].coefficient"))
    let line = try #require(bench.lines(of: "m").first { $0.contains("Age") })
    let cell = bench.style.text(.value(10 * coefficient), .coefficient)
    #expect(line.contains("Age, per 10 years") && line.contains("| \(cell) ("), "\(line)")
  }

  /// A difference from oneself is 0, a ratio 1.
  @Test func referencesAreOfTheirScale() throws {
    let surv = "formula: Surv(time, event == 1) ~ stage\ndistribution: "
    let difference = try Self.bench("parametric-survival", surv + "gaussian").lines(of: "m")
    #expect(difference.contains { $0.contains("I |") && $0.contains("0 (reference)") }, "\(difference)")
    let ratio = try Self.bench("parametric-survival", surv + "weibull").lines(of: "m")
    #expect(ratio.contains { $0.contains("I |") && $0.contains("1 (reference)") }, "\(ratio)")
  }
}
