// What the estimates of a regression are: ratios of odds, of hazards, of times, or differences.

/// The measure that a regression's table, figure and result names speak of.
struct EffectMeasure: Sendable, Equatable {
  /// Of result names: `hr` in `ID["age"].hr`; differences are `coefficient`.
  let name: String
  /// Of table headings: HR.
  let heading: String
  /// In running text and on axes: hazard ratio.
  let words: String
  /// Whether the estimate is the exponential of a coefficient, and 1 says that nothing differs.
  var isRatio = true

  static let odds = EffectMeasure(name: "or", heading: "OR", words: "odds ratio")
  static let risk = EffectMeasure(name: "rr", heading: "Risk ratio", words: "risk ratio")
  static let rate = EffectMeasure(name: "rr", heading: "RR", words: "rate ratio")
  static let mean = EffectMeasure(name: "ratio", heading: "Ratio of means", words: "ratio of means")
  static let hazard = EffectMeasure(name: "hr", heading: "HR", words: "hazard ratio")
  static let subdistributionHazard = EffectMeasure(
    name: "shr", heading: "SHR", words: "subdistribution hazard ratio")
  static let time = EffectMeasure(name: "time_ratio", heading: "Time ratio", words: "time ratio")
  static let coefficient = EffectMeasure(
    name: "coefficient", heading: "Coefficient", words: "coefficient", isRatio: false)
  static let difference = EffectMeasure(
    name: "coefficient", heading: "Difference", words: "difference", isRatio: false)

  /// "hazard ratios", "ratios of means"
  var plural: String { self == .mean ? "ratios of means" : words + "s" }
}
