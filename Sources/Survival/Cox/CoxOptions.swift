// The choices of a proportional-hazards fit and the reasons for their defaults.

/// When an iterative fit counts as converged.
public enum ConvergenceCriterion: String, Sendable, Hashable, CaseIterable {
  /// A settled likelihood and a scaled score of zero: no other point can be better.
  case logLikelihoodAndScore = "log-likelihood-and-score"
  /// A settled likelihood alone, as R's `coxph`.
  case logLikelihood = "log-likelihood"
  /// s' I⁻¹ s / (|log-likelihood| + 1e-6) ≤ 1e-8, as SAS (`GCONV`).
  case gradient
}

/// Choices for `CoxModel.fit`.
public struct CoxOptions: Sendable, Hashable {
  /// Efron by default, as R's `coxph`: nearly exact and as cheap as Breslow, which SAS and Stata default to.
  public var ties: TiesMethod = .efron
  /// Two-sided level of the intervals.
  public var confidenceLevel = 0.95
  /// Whether to form the robust (sandwich) variance although no clusters are given.
  public var isRobust = false
  /// Newton steps before the fit is reported as not converged.
  public var maximumIterations = 50
  /// When the fit counts as converged; Meier's default asks for both tolerances below.
  public var convergence = ConvergenceCriterion.logLikelihoodAndScore
  /// Relative change of the log-likelihood below which it counts as settled.
  public var logLikelihoodTolerance = 1e-9
  /// Length of the score, in units of its standard deviation, below which it counts as zero.
  public var scoreTolerance = 1e-8
  /// A pivot of the scaled information below this share of the largest marks its column as aliased (R: ε^¾).
  public var aliasTolerance = 1.8189894035458565e-12
  /// Starting values, one per column; zeros by default. The likelihood-ratio and score tests refer to them.
  public var initialCoefficients: [Double]?
  /// Firth's penalised likelihood, ½ log |information| added: finite estimates under monotone likelihood.
  public var usesFirthPenalty = false
  /// Quadratic penalties (ridge, penalised splines) subtracted from the log-likelihood.
  public var penalties: [CoxPenalty] = []
  /// Threads to use; no result depends on it.
  public var threads = 1

  /// The defaults: Efron's ties, 95% intervals, model-based variance, no penalty, both tests of convergence.
  public init() {}
}
