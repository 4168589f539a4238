// Whose defaults are followed where programs differ: one property per choice, and no default anywhere else.

import HypothesisTests
import ModelFormula
import Presentation
import Survival

/// The defaults of a document, choice by choice. An option of a directive wins over them.
///
/// `compat: sas` in the front matter takes a program's whole set, `compat: {preset: sas, ties: efron}` a set with some of
/// it replaced.
public struct Compatibility: Sendable, Hashable {
  /// The program whose defaults were asked for; choices may have been replaced since.
  public let preset: Preset
  /// Ties in Cox models.
  public var ties = TiesMethod.efron
  /// What the word `exact` means for ties.
  var exactTies = ExactTies.partial
  /// The scale on which the interval of a survival probability is symmetric.
  var confidenceType = KaplanMeierDirective.ConfidenceType.logLog
  /// Quantiles where the curve is flat.
  var quantileRule = KaplanMeierDirective.QuantileRuleOption.midpoint
  /// What tables print for S(t) beyond the last observed time.
  var beyondLastTime = BeyondLastTime.notEstimable
  /// When a Cox fit counts as converged.
  public var convergence = ConvergenceCriterion.logLikelihoodAndScore
  /// The time scale on which a trend of hazard ratios is sought.
  var timeTransform = TimeTransform.kaplanMeier
  /// The scale on which the interval of a cumulative incidence is symmetric.
  var incidenceConfidenceType = KaplanMeierDirective.ConfidenceType.logLog
  /// The level that others are compared with where the dictionary names none.
  var referenceLevel = ReferenceRule.first
  /// Quartiles in tables, by Hyndman and Fan's number.
  var quantileType = QuantileType.seven
  /// Which way a half is rounded in print.
  public var rounding = HalfRounding.awayFromZero
  /// Whether times that differ by rounding alone are one time.
  var nearEqualTimes = NearEqualTimes.tied

  /// The programs whose defaults can be followed as a whole.
  public enum Preset: String, Sendable, CaseIterable {
    /// Written as in `compat: sas`; R stands for its package `survival`.
    case meier, r, sas, stata

    /// Its name as prose and notes write it.
    public var program: String {
      switch self {
      case .meier: "Meier"
      case .r: "R"
      case .sas: "SAS"
      case .stata: "Stata"
      }
    }
  }

  /// Two methods that programs both call exact.
  enum ExactTies: String, Sendable, CaseIterable {
    /// The conditional probability given the number of events at each time: R, Stata `exactp`, SAS `DISCRETE`.
    case partial
    /// The average over all orders of the tied events: SAS `EXACT`, Stata `exactm`.
    case marginal
  }

  /// What a table prints where the curve has ended.
  enum BeyondLastTime: String, Sendable, CaseIterable {
    case notEstimable = "not-estimable"
    case blank
    case missing
  }

  enum NearEqualTimes: String, Sendable, CaseIterable {
    case tied, distinct

    var merges: Bool { self == .tied }
  }

  private init(_ preset: Preset) { self.preset = preset }

  /// R `survival`'s defaults, but log-log intervals, NE beyond the last time, halves rounded away from zero,
  /// and a score of zero besides a settled likelihood.
  public static let meier = Compatibility(.meier)

  /// R `survival`'s defaults: plain-log intervals, blanks beyond the last time, halves to the even digit,
  /// convergence by the likelihood alone.
  public static let r: Compatibility = {
    var rules = Compatibility(.r)
    rules.confidenceType = .log
    rules.beyondLastTime = .blank
    rules.convergence = .logLikelihood
    rules.incidenceConfidenceType = .log
    rules.rounding = .toEven
    return rules
  }()

  /// SAS's defaults (PHREG, LIFETEST): Breslow's ties, the last level as reference, convergence by the
  /// gradient, times told apart however close they are.
  public static let sas: Compatibility = {
    var rules = Compatibility(.sas)
    rules.ties = .breslow
    rules.exactTies = .marginal
    rules.quantileRule = .sas
    rules.convergence = .gradient
    rules.incidenceConfidenceType = .log
    rules.referenceLevel = .last
    rules.quantileType = .two
    rules.nearEqualTimes = .distinct
    return rules
  }()

  /// Stata's defaults (stcox, sts): Breslow's ties, trends of hazard ratios in time itself, times told apart
  /// however close they are.
  public static let stata: Compatibility = {
    var rules = Compatibility(.stata)
    rules.ties = .breslow
    rules.quantileRule = .stata
    rules.beyondLastTime = .missing
    rules.timeTransform = .identity
    rules.quantileType = .two
    rules.nearEqualTimes = .distinct
    return rules
  }()

  /// A program's whole set, to be changed choice by choice.
  public static func preset(_ preset: Preset) -> Compatibility {
    switch preset {
    case .meier: .meier
    case .r: .r
    case .sas: .sas
    case .stata: .stata
    }
  }
}
