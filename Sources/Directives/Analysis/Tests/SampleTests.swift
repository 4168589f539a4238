// Tests of samples of numbers: t, rank tests, analysis of variance, normality.

import DataTables
import Expressions
import HypothesisTests
import Presentation

extension TestFrame {
  func tTest(_ report: inout TestReport) throws {
    if kind == .tPaired { return try pairedTTest(&report) }
    let column = try single()
    guard by != nil else { return try oneSampleTTest(column, &report) }
    let groups = try groups(of: column, atLeast: 2, atMost: 2)
    let test = try translating {
      kind == .t
        ? try TTest.welch(groups.values[0], groups.values[1], confidenceLevel: confidenceLevel)
        : try TTest.pooled(groups.values[0], groups.values[1], confidenceLevel: confidenceLevel)
    }
    try checkSpread(test, groups.values)
    describe(groups, &report)
    add(test, kind == .t ? "Welch's t test" : "Student's t test", &report)
    report.notes.append(
      "difference of means, \(groups.levels[0]) minus \(groups.levels[1]), "
        + report.style.sentence(report.estimate(test.difference, test.limits), .number))
    finish(groups, &report)
  }

  private func pairedTTest(_ report: inout TestReport) throws {
    let pairs = try pairs()
    let test = try translating {
      try TTest.paired(pairs.first, pairs.second, confidenceLevel: confidenceLevel)
    }
    try checkSpread(test, [pairs.first])
    report.describe(
      "", names: pairs.names, labels: pairs.labels, samples: [pairs.first, pairs.second])
    add(test, "paired t test", &report)
    report.notes.append(
      "mean difference, \(pairs.labels[0]) minus \(pairs.labels[1]), "
        + report.style.sentence(report.estimate(test.difference, test.limits), .number))
    report.addCounts(pairs.first.count, missing: pairs.missing)
  }

  private func oneSampleTTest(_ column: Column, _ report: inout TestReport) throws {
    let all = try numbers(column)
    let values = all.filter { !$0.isNaN }
    let hypothesis = against ?? 0
    let test = try translating {
      try TTest.oneSample(values, mean: hypothesis, confidenceLevel: confidenceLevel)
    }
    try checkSpread(test, [values])
    report.describe("", names: [column.name], labels: [column.label], samples: [values])
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    report.addEstimate(test.firstMean, test.limits)
    report.add(".estimate.se", test.standardError)
    report.notes.append(
      report.sentence(
        "t test of the mean against \(report.text(hypothesis))", "t", test.statistic,
        [test.degreesOfFreedom], test.pValue))
    report.addCounts(values.count, missing: all.count - values.count)
  }

  private func add(_ test: TTest, _ name: String, _ report: inout TestReport) {
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    report.addEstimate(test.difference, test.limits)
    report.add(".estimate.se", test.standardError)
    report.notes.append(
      report.sentence(name, "t", test.statistic, [test.degreesOfFreedom], test.pValue))
  }

  // MARK: Ranks

  func rankTest(_ report: inout TestReport) throws {
    if kind == .kruskalWallis { return try kruskalWallis(&report) }
    let test: RankTest
    let words: String
    if kind == .signedRank {
      let pairs = try pairs()
      test = try translating {
        try WilcoxonSignedRank.test(
          pairs.first, pairs.second, exact: exact, continuityCorrection: correct ?? true,
          confidenceLevel: confidenceLevel)
      }
      report.describe("", names: pairs.names, labels: pairs.labels, samples: [pairs.first, pairs.second])
      report.addCounts(pairs.first.count, missing: pairs.missing)
      words = "\(pairs.labels[0]) minus \(pairs.labels[1])"
    } else {
      let groups = try groups(of: try single(), atLeast: 2, atMost: 2)
      test = try translating {
        try WilcoxonRankSum.test(
          groups.values[0], groups.values[1], exact: exact, continuityCorrection: correct ?? true,
          confidenceLevel: confidenceLevel)
      }
      describe(groups, &report)
      finish(groups, &report)
      words = "\(groups.levels[0]) minus \(groups.levels[1])"
    }
    report.addTest(statistic: test.statistic, pValue: test.pValue)
    report.addEstimate(test.estimate, test.limits)
    let name = kind == .signedRank ? "Wilcoxon signed-rank test" : "Wilcoxon rank-sum test"
    let manner =
      test.isExact ? "exact" : (correct ?? true) ? "normal approximation, corrected" : "normal approximation"
    report.notes.append(
      report.sentence(
        "\(name) (\(manner))", kind == .signedRank ? "V" : "W", test.statistic, [], test.pValue))
    report.notes.append(
      "Hodges–Lehmann shift, \(words), "
        + report.style.sentence(report.estimate(test.estimate, test.limits), .number))
    if test.zeroCount > 0 { report.notes.append("\(test.zeroCount) differences of zero left out") }
  }

  private func kruskalWallis(_ report: inout TestReport) throws {
    let groups = try groups(of: try single())
    let test = try translating { try KruskalWallis.test(groups.values) }
    describe(groups, &report)
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom), pValue: test.pValue)
    report.notes.append(
      report.sentence(
        "Kruskal–Wallis test", "H", test.statistic, [Double(test.degreesOfFreedom)], test.pValue))
    finish(groups, &report)
  }

  // MARK: Analysis of variance

  func analysisOfVariance(_ report: inout TestReport) throws {
    let groups = try groups(of: try single())
    let test = try translating {
      kind == .anova
        ? try AnalysisOfVariance.oneWay(groups.values) : try AnalysisOfVariance.welch(groups.values)
    }
    if kind == .welchAnova, groups.values.contains(where: { $0.count < 2 }) {
      throw notEstimable("a group has a single value")
    }
    describe(groups, &report)
    report.add(".statistic", test.statistic, .statistic)
    report.add(".df1", test.numeratorDegreesOfFreedom)
    report.add(".df2", test.denominatorDegreesOfFreedom)
    report.add(".p", test.pValue, .pValue)
    let name = kind == .anova ? "analysis of variance" : "Welch's analysis of variance"
    report.notes.append(
      report.sentence(
        name, "F", test.statistic, [test.numeratorDegreesOfFreedom, test.denominatorDegreesOfFreedom],
        test.pValue))
    if kind == .anova {
      report.add(".sum_of_squares.between", test.betweenSumOfSquares)
      report.add(".sum_of_squares.within", test.withinSumOfSquares)
      try addTukey(groups, &report)
    }
    finish(groups, &report)
  }

  private func addTukey(_ groups: Grouped, _ report: inout TestReport) throws {
    let pairs = try translating {
      try TukeyHonestDifferences.pairs(groups.values, confidenceLevel: confidenceLevel)
    }
    var rows: [TableRow] = []
    for pair in pairs {
      let (second, first) = (groups.levels[pair.second], groups.levels[pair.first])
      let path = ".tukey[\(ResultPath.quoted("\(second) - \(first)"))]"
      report.addEstimate(pair.difference, pair.limits, at: path + ".difference")
      report.add(path + ".p", pair.pValue, .pValue)
      rows.append(
        TableRow([
          .text("\(second) minus \(first)"),
          .estimate(report.estimate(pair.difference, pair.limits), .number),
          .pValue(Quantity(pair.pValue, otherwise: .notEstimable)),
        ]))
    }
    report.furtherTable = Table(
      name: "comparisons", caption: "Pairwise comparisons",
      columns: [
        TableColumn("Groups", alignment: .left), TableColumn("Difference (\(report.interval))"),
        TableColumn("P"),
      ], rows: rows, notes: ["Tukey's honest differences: intervals and P values hold for all pairs at once"])
  }

  // MARK: Normality

  func shapiroWilk(_ report: inout TestReport) throws {
    let column = try single()
    let all = try numbers(column)
    let values = all.filter { !$0.isNaN }
    let test = try translating { try ShapiroWilk.test(values) }
    if test.statistic == nil {
      throw notEstimable(
        values.count < 3 || values.count > 5000
          ? "3 to 5000 values are needed, there are \(values.count)" : "all values are the same")
    }
    report.describe("", names: [column.name], labels: [column.label], samples: [values])
    report.addTest(statistic: test.statistic, pValue: test.pValue)
    report.notes.append(report.sentence("Shapiro–Wilk test", "W", test.statistic, [], test.pValue))
    report.addCounts(values.count, missing: all.count - values.count)
  }

  private func describe(_ groups: Grouped, _ report: inout TestReport) {
    report.describe(groups.label, names: groups.levels, labels: groups.levels, samples: groups.values)
  }

  private func finish(_ groups: Grouped, _ report: inout TestReport) {
    report.warnings += groups.warnings
    report.addCounts(groups.values.reduce(0) { $0 + $1.count }, missing: groups.missing)
  }
}
