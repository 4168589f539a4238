// How well a binary model tells its own rows apart, and how well its probabilities agree with them.

import NumericalMethods
import Presentation
import Regression

/// Discrimination and calibration on the rows of the fit.
struct GeneralizedLinearPerformance: Sendable {
  let curve: ReceiverOperatingCharacteristic
  let brier: Double?
  let hosmerLemeshow: HosmerLemeshow
  let level: Double
  /// Fitted probabilities of the rows.
  let probabilities: [Double]

  init(outcome: [Double], probability: [Double], level: Double) {
    curve = ReceiverOperatingCharacteristic(
      marker: probability, isCase: outcome.map { $0 == 1 }, direction: .greaterInCases)
    brier = BrierScore.score(outcome: outcome, probability: probability)
    hosmerLemeshow = HosmerLemeshow(outcome: outcome, probability: probability)
    self.level = level
    probabilities = probability
  }

  var area: Estimate { curve.areaEstimate(level: level) }

  func addValues(to values: inout ResultValues) {
    values.add(".auc", area, .proportion)
    values.add(".auc.se", Quantity(curve.standardError, otherwise: .notEstimable), .proportion)
    values.add(".brier", Quantity(brier, otherwise: .notEstimable), .number)
    let test = hosmerLemeshow
    values.add(
      ".hosmer_lemeshow.chi_squared", Quantity(test.statistic, otherwise: .notEstimable), .statistic)
    values.add(".hosmer_lemeshow.df", count: test.degreesOfFreedom)
    values.add(".hosmer_lemeshow.p", Quantity(test.pValue, otherwise: .notEstimable), .pValue)
    values.add(".hosmer_lemeshow.groups", count: test.groups.count)
  }

  func notes(_ style: JournalStyle) -> [String] {
    let three = ValueFormat(.number, digits: 3)
    var notes: [String] = []
    if curve.area != nil { notes.append("area under the ROC curve \(style.sentence(area, three)) (DeLong)") }
    if let brier { notes.append("Brier score \(style.text(Quantity(brier), three))") }
    if let statistic = hosmerLemeshow.statistic, let p = hosmerLemeshow.pValue {
      notes.append(
        "Hosmer–Lemeshow χ² = \(style.text(Quantity(statistic), .statistic)), df "
          + "\(hosmerLemeshow.degreesOfFreedom), \(style.pSentence(Quantity(p)))")
    }
    return notes
  }
}

extension ReceiverOperatingCharacteristic {
  /// The area with DeLong's interval.
  func areaEstimate(level: Double) -> Estimate {
    let limits = confidenceLimits(confidenceLevel: level)
    return Estimate(
      Quantity(area, otherwise: .notEstimable), lower: Quantity(limits?.lower, otherwise: .notEstimable),
      upper: Quantity(limits?.upper, otherwise: .notEstimable), level: level)
  }
}
