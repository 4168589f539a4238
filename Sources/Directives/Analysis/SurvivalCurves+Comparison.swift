// Differences and ratios of restricted means.

import Expressions
import Presentation
import Survival

extension SurvivalCurves {
  /// Each group's restricted mean against the first group's, and every pair's difference and ratio.
  func addRestrictedMeanComparisons(to values: inout ResultValues) {
    guard let restrictionTime, let groups = frame.groups else { return }
    let means = zip(groups.names, curves).map { name, curve in
      (name: name, mean: curve.restrictedMean(upTo: restrictionTime))
    }
    let path = ".restricted_mean(\(ShortestNumber.text(restrictionTime)))"
    for (index, first) in means.enumerated() {
      for second in means.dropFirst(index + 1) {
        let comparison = RestrictedMeanComparison(first: first.mean, second: second.mean)
        values.add(
          path + ".difference[\(ResultPath.quoted("\(second.name) - \(first.name)"))]",
          comparison.difference, .time, level: confidenceLevel)
        values.add(
          path + ".ratio[\(ResultPath.quoted("\(second.name) / \(first.name)"))]", comparison.ratio, .ratio,
          level: confidenceLevel)
      }
    }
  }
}
