// Which variance a regression's intervals and P values rest on, and which stand beside it.

import NumericalMethods
import Regression

/// The author's choice among the model's variance, robust ones and one over clusters.
struct RegressionVariances {
  let kinds: [RegressionOptions.RobustVariance]
  let clusters: [Int32]?

  init(_ kinds: [RegressionOptions.RobustVariance], clusters: [Int32]?) {
    self.kinds = kinds
    self.clusters = clusters
  }

  /// Clusters settle it; else a single robust kind does; several are results beside the model's.
  var shown: VarianceEstimator {
    if let clusters { return .clustered(clusters) }
    if let kind = kinds.first, kinds.count == 1 { return .robust(kind.kind) }
    return .model
  }

  /// Coefficients with the variance that is shown and those beside it.
  func coefficients(
    level: Double, ratio: EffectMeasure?, residualDegreesOfFreedom: Int?, profile: [ProfileInterval?]? = nil,
    rows: (VarianceEstimator) throws -> [CoefficientRow], covariance: (VarianceEstimator) throws -> Matrix?
  ) rethrows -> RegressionCoefficients {
    RegressionCoefficients(
      model: try rows(.model), others: try others(rows), shown: try rows(shown),
      covariance: try covariance(shown), profile: profile, showsProfile: profile != nil && shown == .model,
      isRobust: shown != .model, level: level, ratio: ratio,
      statisticName: residualDegreesOfFreedom == nil ? "z" : "t",
      residualDegreesOfFreedom: residualDegreesOfFreedom)
  }

  /// Rows under every variance that was asked for, by the name of its standard error.
  private func others(
    _ rows: (VarianceEstimator) throws -> [CoefficientRow]
  ) rethrows -> [(name: String, rows: [CoefficientRow])] {
    var others = try kinds.map { (name: "se_" + $0.rawValue, rows: try rows(.robust($0.kind))) }
    if let clusters { others.append(("robust_se", try rows(.clustered(clusters)))) }
    return others
  }
}

extension RegressionFrame {
  /// ", robust variance over 20 clusters", or nothing under the model's own variance.
  func varianceWords(_ kinds: [RegressionOptions.RobustVariance]) -> String {
    if clusters != nil { return ", robust variance over \(clusterCount) clusters" }
    return kinds.count == 1 ? ", \(kinds[0].rawValue.uppercased()) variance" : ""
  }
}
