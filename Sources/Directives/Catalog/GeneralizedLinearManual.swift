// Result names and options that the directives of generalised linear models share.

enum GeneralizedLinearManual {
  static let options: [OptionSpecification] =
    RegressionOptions.specifications + [
      GeneralizedLinearOptions.profile.specification, FigureOption.forest.specification,
    ]

  static func results(ratio: String?) -> [ResultSpecification] {
    let exponential =
      ratio.map {
        [
          ResultSpecification(
            "ID[\"age\"].\($0)", "with `.lower`, `.upper`; of a level `ID[\"sex\", \"male\"].\($0)`")
        ]
      } ?? []
    return exponential + [
      ResultSpecification("ID.n", "rows used; `.missing` rows left out, `.events` of an outcome of 0 and 1"),
      ResultSpecification(
        "ID[\"age\"].coefficient",
        "with `.lower`, `.upper` (Wald); also `.se`, `.se_hc0` …, `.robust_se`, `.z` or `.t`, `.p`, "
          + "`.profile_lower`, `.profile_upper`"),
      .perUnits(ratio ?? "coefficient"),
      ResultSpecification("ID[\"stage\"].wald.chi_squared", "joint test of a term, with `.df` and `.p`"),
      ResultSpecification(
        "ID[\"ns(age, df = 3)\", \"nonlinear\"].chi_squared",
        "Wald test that a spline or polynomial is a straight line, `.df`, `.p`"),
      RegressionOptions.univariableResult(ratio ?? "coefficient"),
      ResultSpecification(
        "ID.deviance",
        "also `.null_deviance`, `.residual_df`, `.null_df`, `.dispersion`, `.log_likelihood`, `.aic`, `.bic`"),
      ResultSpecification(
        "ID.likelihood_ratio.chi_squared",
        "with `.df`, `.p`; also `.mcfadden_r_squared`, `.nagelkerke_r_squared`; of Poisson models `.pearson_dispersion`"
      ),
      ResultSpecification(
        "ID.f", "test of all terms where the dispersion is estimated, with `.df1`, `.df2`, `.p`"),
      ResultSpecification(
        "ID.type2[\"stage\"].chi_squared", "with `.df`, `.p`; also `.type1`, `.type3` (likelihood ratio)"),
      ResultSpecification("ID.residual(\"deviance\").sum_of_squares", "also of `\"pearson\"`"),
      ResultSpecification(
        "ID.prediction(1).mean", "with `.lower`, `.upper`; `.linear_predictor` with `.se`"),
    ]
  }

  static let performance: [ResultSpecification] = [
    ResultSpecification("ID.auc", "with `.lower`, `.upper`, `.se`; also `.brier`"),
    ResultSpecification("ID.hosmer_lemeshow.chi_squared", "with `.df`, `.p`, `.groups`"),
  ]

  static let fitting = """
    Maximum likelihood by iteratively reweighted least squares, to a relative change of the deviance of 1e-11. Intervals are \
    Wald's, or of the profile likelihood with `profile: true`. A single kind under `robust`, or a `cluster`, makes intervals \
    and P values robust; several kinds are results beside the model's. `anova` tests terms by likelihood ratio: type I in \
    the order of the formula, type II each after the terms that do not contain it, type III each after all others in \
    sum-to-zero contrasts. A coefficient whose likelihood keeps rising (separation) is withheld and its level named; a \
    column that others determine is not estimable.
    """
}
