// Survival of two groups compared at one time fixed beforehand.

import NumericalMethods

/// The difference of two groups' survival at a fixed time: second minus first.
public struct MilestoneComparison: Sendable, Hashable {
  /// Time, in the unit of the data.
  public let time: Double
  /// Survival of the first group at that time.
  public let first: SurvivalEstimate
  /// Survival of the second.
  public let second: SurvivalEstimate
  /// S₂ − S₁ with SE √(SE₁² + SE₂²); `nil` where a survival is not estimable.
  public let difference: Contrast?
  /// The test on the scale log(−log S), which holds its level better in small groups; `nil` where an S is 0 or 1.
  ///
  /// (log(−log S₂) − log(−log S₁))² / (σ₁² + σ₂²) with σ = SE / (S log S). Source: Klein et al. 2007, doi:10.1002/sim.2864.
  public let complementaryLogLogTest: TestStatistic?

  /// Compares two curves of independent groups.
  public init(_ first: SurvivalCurve, _ second: SurvivalCurve, at time: Double) {
    let (before, after) = (first.at(time), second.at(time))
    self.time = time
    self.first = before
    self.second = after
    guard let firstSurvival = before.survival, let secondSurvival = after.survival,
      let firstError = before.standardError, let secondError = after.standardError
    else {
      difference = nil
      complementaryLogLogTest = nil
      return
    }
    difference = .difference(
      secondSurvival - firstSurvival,
      standardError: (firstError * firstError + secondError * secondError).squareRoot(),
      confidenceLevel: first.confidenceLevel)
    func transformed(_ survival: Double, _ error: Double) -> (value: Double, error: Double)? {
      guard survival > 0, survival < 1 else { return nil }
      let logarithm = Elementary.log(survival)
      return (Elementary.log(-logarithm), error / (survival * logarithm))
    }
    guard let one = transformed(firstSurvival, firstError), let two = transformed(secondSurvival, secondError)
    else {
      complementaryLogLogTest = nil
      return
    }
    complementaryLogLogTest = Contrast.wald(
      two.value - one.value, (one.error * one.error + two.error * two.error).squareRoot())
  }
}
