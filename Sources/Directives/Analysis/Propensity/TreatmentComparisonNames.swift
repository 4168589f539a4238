// The names of what weighted and matched treatment groups are compared by.

/// Results that `{propensity}` and `{matching}` share: risks or means of both groups, their contrasts, the hazard ratio.
enum TreatmentComparisonNames {
  static let all = [
    ResultSpecification(
      "ID.risk[\"1\"]",
      "of an event, in the treated; `[\"0\"]` in controls; `.lower`, `.upper`, `.se`; of a number `ID.mean[\"1\"]`"
    ),
    ResultSpecification(
      "ID.risk_difference",
      "treated minus control; also `.risk_ratio`, `.or`, of a number `.difference`; `.lower`, `.upper`, `.se`, `.p`"
    ),
    ResultSpecification(
      "ID.hr", "treated against control; `.lower`, `.upper`, `.coefficient`, `.se`, `.robust_se`, `.p`"),
  ]
}
