// What other programs call what Meier has, so that whoever asks for it by that name finds it.

/// Words of R, Stata, SAS and Python, and abbreviations of the trade.
public enum ForeignNames {
  /// The page of the manual for such a word; `nil` for any other.
  public static func page(for word: String) -> String? {
    let word = word.lowercased()
    return pages.first { $0.words.split(separator: " ").contains { $0 == word } }?.page
  }

  /// The directive for such a word, where it stands for one.
  public static func directive(for word: String) -> String? {
    page(for: word).flatMap { DirectiveRegistry.directive(named: $0) == nil ? nil : $0 }
  }

  /// In small letters.
  static let pages: [(page: String, words: String)] = [
    (
      "kaplan-meier",
      "km kaplan kaplanmeier kmplot survfit sts lifetest kaplanmeierfitter ggsurvplot ggsurvfit survplot npsurv"
    ),
    ("outcomes", "surv survival outcome stset"),
    ("cox", "coxph cph stcox phreg coxphfitter coxregression proportionalhazardsregression"),
    ("log-rank", "survdiff logrank mantelhaenszel"),
    ("proportional-hazards", "zph coxzph cox.zph schoenfeld estat-phtest phtest ggcoxzph"),
    (
      "cumulative-incidence",
      "cuminc cif competing competingrisks competing-risks tidycmprsk ggcuminc stcompet"
    ),
    ("fine-gray", "crr finegray fgr stcrreg"),
    ("generalized-linear", "glm genmod glimmix"),
    ("logistic", "logit logistf lrm"),
    ("linear", "lm ols regress reg anova aov"),
    ("negative-binomial", "glm.nb glmnb nbreg negbin"),
    ("parametric-survival", "survreg flexsurvreg flexsurv streg aft weibull lifereg weibullaftfitter"),
    ("summary", "tableone createtableone table1 tbl_summary tblsummary baseline baseline-table descriptives"),
    ("forest", "forestplot ggforest forest-plot"),
    ("restricted-mean", "rmst survrm2 rmst2 strmst2"),
    ("rates", "pyears strate stptime incidence incidence-rate incidence-rates person-years"),
    ("conditional-logistic", "clogit"),
    ("concordance", "cindex c-index harrell"),
    ("time-varying-effects", "tmerge survsplit stsplit tt tdc time-varying time-dependent"),
    ("matching", "matchit psmatch psmatch2 teffects"),
    ("propensity", "ipw iptw weightit psmodel"),
    ("flow", "consort flowchart strobe prisma"),
    ("swimmer", "swimplot swimmerplot ggswim"),
    ("validate", "calibrate calibration bootstrap"),
    ("sample-size", "power pwr ssize ssizect samplesize nsurvival"),
    ("test", "t.test ttest wilcox.test ranksum chisq.test fisher.test mannwhitney kruskal.test"),
    ("adjust-p", "p.adjust padjust multtest bonferroni holm"),
    ("roc", "proc auc roctab"),
    ("follow-up", "followup reversekm reverse-kaplan-meier"),
    ("data", "csv dataset import read.csv read_csv"),
    ("data-dictionary", "codebook dictionary-table"),
  ]
}
