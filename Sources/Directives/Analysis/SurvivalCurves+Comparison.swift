// Differences and ratios of restricted means.

import Expressions
import Presentation
import Survival

extension SurvivalCurves {
  /// Each group's restricted mean against the first group's, and every pair's difference and ratio.
  func addRestrictedMeanComparisons(to values: inout ResultValues) {
    guard let restrictionTime, frame.groups != nil else { return }
    let means = rows.map { (name: $0.name, mean: $0.curve.restrictedMean(upTo: restrictionTime)) }
    let path = ".restricted_mean(\(ShortestNumber.text(restrictionTime)))"
    for (index, first) in means.enumerated() {
      for second in means.dropFirst(index + 1) {
        let comparison = RestrictedMeanComparison(first: first.mean, second: second.mean)
        addContrast(
          comparison.difference,
          at: path + ".difference[\(ResultPath.quoted("\(second.name) - \(first.name)"))]", .time,
          to: &values)
        addContrast(
          comparison.ratio, at: path + ".ratio[\(ResultPath.quoted("\(second.name) / \(first.name)"))]",
          .ratio,
          to: &values)
      }
    }
  }

  private func addContrast(
    _ contrast: Contrast?, at path: String, _ format: ValueFormat, to values: inout ResultValues
  ) {
    guard let contrast else { return values.add(path, .notEstimable, format) }
    values.add(
      path,
      Estimate(
        Quantity(contrast.estimate),
        lower: Quantity(contrast.confidenceInterval.lower, otherwise: .notEstimable),
        upper: Quantity(contrast.confidenceInterval.upper, otherwise: .notEstimable), level: confidenceLevel),
      format)
    values.add(path + ".se", Quantity(contrast.standardError), format)
    values.add(path + ".p", Quantity(contrast.test?.pValue, otherwise: .notEstimable), .pValue)
  }
}
