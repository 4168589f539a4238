// Comparison of two areas under ROC curves.

import NumericalMethods

/// DeLong's test of equal areas.
public struct DeLongTest: Sendable, Hashable {
  /// First area minus second.
  public let difference: Double
  /// Standard error of the estimate, on its scale.
  public let standardError: Double
  /// difference / standardError; nil when the curves cannot be told apart (variance 0).
  public let z: Double?
  /// Of Student's t for different subjects; nil: normal.
  public let degreesOfFreedom: Double?
  /// Two-sided or upper-tail probability under the null hypothesis; `nil` when not estimable.
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
    self.init(difference: a - b, variance: variance, degreesOfFreedom: nil)
  }

  /// Curves of different subjects, by t with Satterthwaite's degrees of freedom, as R's pROC.
  public init?(unpaired first: ReceiverOperatingCharacteristic, _ second: ReceiverOperatingCharacteristic) {
    guard let a = first.area, let b = second.area, let s = first.standardError, let t = second.standardError
    else { return nil }
    let (v, w) = (s * s, t * t)
    let spread =
      v * v / Double(first.caseCount + first.controlCount - 1)
      + w * w / Double(second.caseCount + second.controlCount - 1)
    self.init(
      difference: a - b, variance: v + w, degreesOfFreedom: spread > 0 ? (v + w) * (v + w) / spread : nil)
  }

  private init(difference: Double, variance: Double, degreesOfFreedom: Double?) {
    self.degreesOfFreedom = degreesOfFreedom
    self.difference = difference
    standardError = variance.squareRoot()
    if variance > 0 {
      let z = difference / standardError
      self.z = z
      pValue = CoefficientTable.tail(z, degreesOfFreedom)
    } else {
      z = nil
      pValue = nil
    }
  }
}
