// Terms of other programs' formulas, and what says the same here.

enum ForeignTerm {
  /// By the name of the call: what to write instead.
  static let remedies: [String: String] = [
    "frailty": clusters, "frailty.gamma": clusters, "frailty.gaussian": clusters, "frailty.t": clusters,
    "tt":
      "split the follow-up in the data set, split: {outcome: os, at: [90, 180]}, and write x:interval here; see "
      + "'meier explain time-varying-effects'",
    "tvc": "split the follow-up in the data set; see 'meier explain time-varying-effects'",
    "s": smooth, "te": smooth, "ti": smooth, "lo": smooth, "mfp": smooth, "fp": smooth,
    "nsk": "write ns(x, df = 4)",
    "lsp": "derive max(x - 50, 0) for the change of slope at 50, and add it to x", "pol": "write poly(x, 2)",
    "catg": "write factor(x)", "scored": "write x as a number", "strat": "write strata(x)",
    "matrix": "name the columns one by one",
  ]

  private static let clusters =
    "write cluster(x) for standard errors that allow for it, or strata(x) for a baseline of its own for each"
  private static let smooth = "write ns(x, df = 4) or rcs(x, 4) for a smooth effect"
}
