// The tests behind the P values of a Table 1 whose rows have weights or belong together.

import HypothesisTests

extension SummaryFrame {
  /// A list for each variable, as `SummaryVariable.compare` gives it for rows that all count for one.
  func compare(_ tests: [SummaryTest]) -> [[SummaryTestResult]] {
    let isDesign = groups.weights != nil || groups.patients != nil
    return variables.map { variable in
      let own = tests.filter { $0.isForNumbers == variable.isNumeric }
      if own.isEmpty { return isDesign ? [compare(variable, variable.designTest)] : variable.compare([]) }
      return own.flatMap { $0.isDesignBased ? [compare(variable, $0)] : variable.compare([$0]) }
    }
  }

  private func compare(_ variable: SummaryVariable, _ test: SummaryTest) -> SummaryTestResult {
    var result = SummaryTestResult(test: test)
    let weights = groups.weights?.values ?? [Double](repeating: 1, count: groups.codes.count)
    guard
      let rows = try? WeightedGroups(
        groups: groups.codes, groupCount: groups.count, weights: weights, clusters: groups.patients?.codes)
    else { return result }
    let found: WeightedGroupTest
    switch test {
    case .weightedMeans: found = rows.compareMeans(variable.column.numbers())
    case .weightedRanks: found = rows.compareRanks(variable.column.numbers())
    default:
      let categories = Categories(variable.column).withoutUnused
      found = rows.compareShares(categories.codes, levelCount: categories.names.count)
    }
    result.statistic = found.statistic
    result.degreesOfFreedom = [found.numeratorDegreesOfFreedom, found.denominatorDegreesOfFreedom]
    result.pValue = found.pValue
    return result
  }
}

extension SummaryVariable {
  var isNumeric: Bool { if case .numbers = content { true } else { false } }

  /// What a weighted variable is compared by when nothing is named.
  var designTest: SummaryTest {
    isNumeric ? (forms.first == .mean ? .weightedMeans : .weightedRanks) : .raoScott
  }
}
