// How tied event times enter the partial likelihood.

/// How tied event times enter the partial likelihood.
///
/// `efron` is the default (as R's `coxph` and Stata's option `efron`; SAS and Stata default to Breslow): it is
/// nearly exact and costs no more than Breslow.
public enum TiesMethod: String, Sendable, Hashable, CaseIterable {
  case efron
  case breslow
  /// The exact partial likelihood (R `exact`, SAS `DISCRETE`, Stata `exactp`).
  case exactPartial = "exact-partial"
}
