// How tied event times enter the partial likelihood.

/// How tied event times enter the partial likelihood.
///
/// `efron` is the default (as R's `coxph` and Stata's option `efron`; SAS and Stata default to Breslow): it is
/// nearly exact and costs no more than Breslow.
public enum TiesMethod: String, Sendable, Hashable, CaseIterable {
  /// Efron 1977: the tied events leave the risk set by equal shares, one after another.
  case efron
  /// Breslow 1974: the risk set stays whole for all tied events.
  case breslow
  /// The exact partial likelihood (R `exact`, SAS `DISCRETE`, Stata `exactp`).
  case exactPartial = "exact-partial"
}
