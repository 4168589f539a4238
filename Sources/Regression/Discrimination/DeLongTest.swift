// Comparison of two areas under ROC curves.

import NumericalMethods

/// DeLong's test of equal areas.
public struct DeLongTest: Sendable, Hashable {
  /// First area minus second.
  public let difference: Double
  public let standardError: Double
  /// nil when the curves cannot be told apart (variance 0).
  public let z: Double?
  public let pValue: Double?

  /// Two markers of the same subjects: both curves must have been made from the same rows in the same order.
  /// nil when their sizes differ or are too small. **Checked against** roc-asah.
  public init?(paired first: ReceiverOperatingCharacteristic, _ second: ReceiverOperatingCharacteristic) {
    guard let a = first.area, let b = second.area, first.caseCount == second.caseCount,
      first.controlCount == second.controlCount, first.caseCount > 1, first.controlCount > 1
    else { return nil }
    let cases = zip(first.casePlacements, second.casePlacements).map { $0 - $1 }
    let controls = zip(first.controlPlacements, second.controlPlacements).map { $0 - $1 }
    let variance =
      ReceiverOperatingCharacteristic.variance(cases, a - b) / Double(cases.count)
      + ReceiverOperatingCharacteristic.variance(controls, a - b) / Double(controls.count)
    self.init(difference: a - b, variance: variance)
  }

  /// Curves of different subjects.
  public init?(unpaired first: ReceiverOperatingCharacteristic, _ second: ReceiverOperatingCharacteristic) {
    guard let a = first.area, let b = second.area, let s = first.standardError, let t = second.standardError
    else { return nil }
    self.init(difference: a - b, variance: s * s + t * t)
  }

  private init(difference: Double, variance: Double) {
    self.difference = difference
    standardError = variance.squareRoot()
    if variance > 0 {
      let z = difference / standardError
      self.z = z
      pValue = NormalDistribution.twoSidedTail(z)
    } else {
      z = nil
      pValue = nil
    }
  }
}
