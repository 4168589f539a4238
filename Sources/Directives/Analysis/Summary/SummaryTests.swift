// The tests behind the P values of a Table 1.

import HypothesisTests

/// A comparison of the groups of a Table 1.
enum SummaryTest: String, CaseIterable, Sendable {
  case kruskalWallis = "kruskal-wallis"
  case anova
  case welchAnova = "welch-anova"
  case chiSquared = "chi-squared"
  case fisher

  var isForNumbers: Bool { self == .kruskalWallis || self == .anova || self == .welchAnova }
  /// As result names write it.
  var snakeCase: String { rawValue.split(separator: "-").joined(separator: "_") }

  var words: String {
    switch self {
    case .kruskalWallis: "Kruskal–Wallis test"
    case .anova: "analysis of variance"
    case .welchAnova: "Welch's analysis of variance"
    case .chiSquared: "χ² test without correction"
    case .fisher: "Fisher's exact test"
    }
  }
}

enum SummaryTests {
  /// The P values of the tests that suit the variable, in the order asked for; `nil` where a test cannot be made.
  static func run(
    _ tests: [SummaryTest], on variable: SummaryFrame.Variable, groupCount: Int
  ) throws -> [(test: SummaryTest, pValue: Double?)] {
    switch variable.content {
    case .numbers(let groups, _), .dates(let groups, _):
      return tests.filter(\.isForNumbers).map { test in
        switch test {
        case .kruskalWallis: (test, (try? KruskalWallis.test(groups))?.pValue)
        case .anova: (test, (try? AnalysisOfVariance.oneWay(groups))?.pValue)
        default: (test, (try? AnalysisOfVariance.welch(groups))?.pValue)
        }
      }
    case .levels(_, let counts, _):
      return tests.filter { !$0.isForNumbers }.map { ($0, pValue($0, counts)) }
    }
  }

  private static func pValue(_ test: SummaryTest, _ counts: [[Int]]) -> Double? {
    guard let table = try? ContingencyTable(counts: counts).withoutEmptyMargins else { return nil }
    if test == .fisher { return (try? FisherExactTest.test(table))?.pValue }
    return ChiSquaredTest.test(table, continuityCorrection: false).pValue
  }
}
