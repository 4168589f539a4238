// What distinguishes the directives of generalised linear models from each other.

import AnalysisDocument
import Diagnostics
import Regression

/// The model that a directive stands for.
struct GeneralizedLinearSettings: Sendable {
  enum Model: Sendable {
    case family(Family)
    /// θ estimated.
    case negativeBinomial
    /// Logistic with Firth's penalty.
    case firth
  }

  let model: Model
  /// "logistic regression"
  let words: String
  /// What follows the response's name: "log link".
  var manner = ""
  /// Where the family or link was chosen.
  let range: SourceRange

  var family: Family {
    switch model {
    case .family(let family): family
    case .negativeBinomial: Family(.poisson, link: .log)
    case .firth: .logistic
    }
  }

  var isBinary: Bool { family.distribution == .binomial }

  /// Counts, whose mean has no lower end but 0.
  var isCount: Bool {
    switch family.distribution {
    case .poisson, .negativeBinomial: true
    case .gaussian, .binomial, .gamma, .inverseGaussian: false
    }
  }

  /// What exponentiated coefficients are; `nil` where the link gives them no meaning.
  var ratio: EffectMeasure? {
    switch (family.distribution, family.link) {
    case (.binomial, .logit): .odds
    case (.binomial, .log): .risk
    case (.poisson, .log), (.negativeBinomial, .log): .rate
    case (_, .log): .mean
    default: nil
    }
  }
}

/// Options of generalised linear models.
enum GeneralizedLinearOptions {
  static let profile = OptionKey(
    "profile", .flag, default: false, shown: "false",
    "profile-likelihood intervals; they then make the intervals of ratios, unless the variance is robust")
  static let performance = OptionKey(
    "performance", .flag, default: false, shown: "false",
    "area under the ROC curve (DeLong), Brier score, Hosmer–Lemeshow test, on the rows of the fit")
  static let firth = OptionKey(
    "firth", .flag, default: false, shown: "false",
    "Firth's penalised likelihood: finite estimates under separation")
  static let family = OptionKey(
    required: "family", OptionKind<FamilyName>.choice(), "the distribution of the response")
  static let link = OptionKey(
    optional: "link", OptionKind<LinkName>.choice(),
    "between the mean and the linear predictor; each family has R's default")

  enum FamilyName: String, CaseIterable, Sendable {
    case binomial, poisson
    case quasiBinomial = "quasi-binomial"
    case quasiPoisson = "quasi-poisson"
    case gaussian, gamma
    case inverseGaussian = "inverse-gaussian"

    func family(link: Link?) -> Family {
      switch self {
      case .binomial: Family(.binomial, link: link)
      case .poisson: Family(.poisson, link: link)
      case .quasiBinomial: Family(.binomial, link: link, isQuasi: true)
      case .quasiPoisson: Family(.poisson, link: link, isQuasi: true)
      case .gaussian: Family(.gaussian, link: link)
      case .gamma: Family(.gamma, link: link)
      case .inverseGaussian: Family(.inverseGaussian, link: link)
      }
    }
  }

  enum LinkName: String, CaseIterable, Sendable {
    case identity, log, logit, probit, cauchit
    case complementaryLogLog = "complementary-log-log"
    case inverse
    case inverseSquared = "inverse-squared"
    case squareRoot = "sqrt"

    var link: Link {
      switch self {
      case .identity: .identity
      case .log: .log
      case .logit: .logit
      case .probit: .probit
      case .cauchit: .cauchit
      case .complementaryLogLog: .complementaryLogLog
      case .inverse: .inverse
      case .inverseSquared: .inverseSquare
      case .squareRoot: .squareRoot
      }
    }
  }
}
