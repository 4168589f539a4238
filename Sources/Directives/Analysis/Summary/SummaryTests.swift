// The tests behind the P values of a Table 1.

import HypothesisTests

/// A comparison of the groups of a Table 1.
enum SummaryTest: String, CaseIterable, Sendable {
  case kruskalWallis = "kruskal-wallis"
  case anova
  case welchANOVA = "welch-anova"
  case chiSquared = "chi-squared"
  case fisher
  case weightedRanks = "weighted-ranks"
  case weightedMeans = "weighted-means"
  case raoScott = "rao-scott"

  var isForNumbers: Bool {
    switch self {
    case .kruskalWallis, .anova, .welchANOVA, .weightedRanks, .weightedMeans: true
    case .chiSquared, .fisher, .raoScott: false
    }
  }
  /// Whether the test takes weights, and rows that belong together.
  var isDesignBased: Bool { self == .weightedRanks || self == .weightedMeans || self == .raoScott }
  /// As result names write it.
  var snakeCase: String { rawValue.split(separator: "-").joined(separator: "_") }

  var words: String {
    switch self {
    case .kruskalWallis: "Kruskal–Wallis test"
    case .anova: "analysis of variance"
    case .welchANOVA: "Welch's analysis of variance"
    case .chiSquared: "χ² test without correction"
    case .fisher: "Fisher's exact test"
    case .weightedRanks: "design-based rank test"
    case .weightedMeans: "F test of weighted means with a robust variance"
    case .raoScott: "χ² test with Rao and Scott's correction"
    }
  }
}

/// What a test found; `nil` values where it cannot be made.
struct SummaryTestResult: Sendable {
  let test: SummaryTest
  var statistic: Double?
  /// One for χ², two for F, none for an exact test.
  var degreesOfFreedom: [Double?] = []
  var pValue: Double?
  /// Of a χ² test: below 5 the approximation is doubtful.
  var leastExpected: Double?
  /// Of an exact test: there are too many tables to count.
  var isTooLarge = false
}

extension SummaryVariable {
  /// What an exact test that nobody asked for may cost: some hundredths of a second.
  private static let modestEffort = 20_000

  /// The tests of the list that suit the variable; where none does, the one that suits it best.
  ///
  /// By itself a variable described by its median is compared by ranks, one described by its mean by Welch's analysis
  /// of variance; counts by χ², or by Fisher's test where an expected count is below 1 or more than a fifth are below
  /// 5 (Cochran 1954) and the table is not too large for it.
  func compare(_ tests: [SummaryTest]) -> [SummaryTestResult] {
    switch content {
    case .numbers(let numbers):
      let own = tests.filter(\.isForNumbers)
      let usual: SummaryTest = forms.first == .mean ? .welchANOVA : .kruskalWallis
      let values = numbers.groups.map(\.values)
      return (own.isEmpty ? [usual] : own).map { Self.compare(values, $0) }
    case .levels(let levels):
      let own = tests.filter { !$0.isForNumbers }
      guard let table = (try? ContingencyTable(counts: levels.counts))?.withoutEmptyMargins else {
        return (own.isEmpty ? [.chiSquared] : own).map { SummaryTestResult(test: $0) }
      }
      if !own.isEmpty { return own.map { Self.compare(table, $0) } }
      let chiSquared = Self.compare(table, .chiSquared)
      guard Self.isSparse(table) else { return [chiSquared] }
      let exact = Self.compare(table, .fisher, effort: Self.modestEffort)
      return [exact.pValue == nil ? chiSquared : exact]
    }
  }

  private static func compare(_ groups: [[Double]], _ test: SummaryTest) -> SummaryTestResult {
    var result = SummaryTestResult(test: test)
    switch test {
    case .kruskalWallis:
      guard let found = try? KruskalWallis.test(groups) else { break }
      result.statistic = found.statistic
      result.degreesOfFreedom = [Double(found.degreesOfFreedom)]
      result.pValue = found.pValue
    case .anova, .welchANOVA, .chiSquared, .fisher, .weightedRanks, .weightedMeans, .raoScott:
      let found = try? test == .anova ? AnalysisOfVariance.oneWay(groups) : AnalysisOfVariance.welch(groups)
      guard let found else { break }
      result.statistic = found.statistic
      result.degreesOfFreedom = [found.numeratorDegreesOfFreedom, found.denominatorDegreesOfFreedom]
      result.pValue = found.pValue
    }
    return result
  }

  private static func compare(
    _ table: ContingencyTable, _ test: SummaryTest, effort: Int = 1_000_000
  ) -> SummaryTestResult {
    var result = SummaryTestResult(test: test)
    // With one level or one group left nothing can differ, and neither test says anything.
    guard table.rowCount > 1, table.columnCount > 1 else { return result }
    if test == .fisher {
      let found = try? FisherExactTest.test(table, entryLimit: effort)
      result.pValue = found?.pValue
      result.isTooLarge = found?.status == .tooLarge
    } else {
      let found = ChiSquaredTest.test(table, continuityCorrection: false)
      result.statistic = found.statistic
      result.degreesOfFreedom = [Double(found.degreesOfFreedom)]
      result.pValue = found.pValue
      result.leastExpected = found.leastExpected
    }
    return result
  }

  private static func isSparse(_ table: ContingencyTable) -> Bool {
    let expected = ChiSquaredTest.test(table, continuityCorrection: false).expected.flatMap(\.self)
    let few = expected.count { $0 < 5 }
    return expected.contains { $0 < 1 } || 5 * few > expected.count
  }
}
