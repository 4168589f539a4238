// Other programs' words for the names of results.

/// What people call a result who know it from another program, and what it is called here.
enum ResultWords {
  /// Words that add nothing to a path: `.hr.estimate`, `.hr.ci.lower`.
  static let empty: Set<String> = ["estimate", "est", "value", "ci", "conf", "interval", "95"]

  /// The estimates that a model is read for. A path that leaves its estimate out means one of these before it means
  /// anything else.
  static let effects: Set<String> = ["hr", "or", "rr", "shr", "ratio", "time_ratio"]

  /// The names here for a word from elsewhere, folded by `fold`.
  static func names(for word: String) -> [String] { synonyms[fold(word)] ?? [] }

  /// Without case, underscores and blanks: `Log_Rank` and `logrank` are one word.
  static func fold(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != "_" && scalar != "-" && !scalar.properties.isWhitespace
    {
      folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return String(folded)
  }

  private static let synonyms: [String: [String]] = {
    let estimate = ["estimate", "est", "effect"]
    let groups: [(here: [String], elsewhere: [String])] = [
      (["p"], ["pvalue", "pval", "pr", "prob", "sig", "significance"]),
      (["hr"], ["hazardratio", "expcoef", "exp", "shr", "subdistributionhazardratio"] + estimate),
      (["shr"], ["hr", "hazardratio", "sdhr", "subhazardratio", "subdistributionhazardratio"] + estimate),
      (["or"], ["oddsratio", "expcoef", "exp"] + estimate),
      (
        ["rr"],
        ["rateratio", "irr", "incidencerateratio", "riskratio", "relativerisk", "expcoef", "exp"] + estimate
      ),
      (["time_ratio"], ["tr", "timeratio", "eventtimeratio"] + estimate),
      (["coefficient"], ["coef", "beta", "b", "loghr", "logor", "difference", "slope"] + estimate),
      (
        ["lower"],
        ["cilower", "lowerci", "lcl", "conflow", "lower95", "low", "lo", "lwr", "cilow", "lowerlimit", "ll"]
      ),
      (
        ["upper"],
        [
          "ciupper", "upperci", "ucl", "confhigh", "upper95", "high", "hi", "upr", "cihigh", "upperlimit",
          "ul",
        ]
      ),
      (["se"], ["stderror", "standarderror", "stderr", "secoef"]),
      (["z"], ["zvalue", "statistic", "wald"]),
      (["t"], ["tvalue", "statistic"]),
      (["chi_squared"], ["chisq", "chi2", "chisquare", "chisquared", "x2", "statistic", "test"]),
      (["df"], ["degreesoffreedom", "dof"]),
      (["n"], ["nobs", "total", "size", "number", "count", "patients", "subjects", "records"]),
      (["events"], ["nevents", "nevent", "deaths", "event", "failures"]),
      (["censored"], ["ncensor", "ncensored"]),
      (["at_risk"], ["nrisk", "numberatrisk", "risk"]),
      (["survival"], ["surv", "survivalprobability", "estimate", "probability"]),
      (["incidence"], ["cumulativeincidence", "cuminc", "cif", "risk", "estimate", "probability"]),
      (["cumulative_hazard"], ["cumhaz", "hazard", "nelsonaalen"]),
      (["concordance"], ["cindex", "cstatistic", "c", "harrell", "harrellc", "harrellsc", "auc"]),
      (["auc"], ["cstatistic", "auroc", "roc"]),
      (["log_rank"], ["logranktest", "survdiff"]),
      (["likelihood_ratio"], ["lrt", "lrtest", "likelihoodratiotest"]),
      (["log_likelihood"], ["loglik", "ll"]),
      (["percent"], ["pct", "percentage", "proportion"]),
      (["sd"], ["stddev", "standarddeviation"]),
      (["mean"], ["average", "avg"]),
      (["q1"], ["p25", "lowerquartile"]),
      (["q3"], ["p75", "upperquartile"]),
      (["missing"], ["nmissing", "nmiss"]),
      (["standardised_difference"], ["smd", "standardizeddifference", "stdmeandifference"]),
      (["r_squared"], ["r2", "rsquare"]),
      (["univariable"], ["univariate", "unadjusted", "crude"]),
    ]
    var names: [String: [String]] = [:]
    for group in groups {
      for word in group.elsewhere { names[word, default: []] += group.here }
    }
    return names
  }()
}
