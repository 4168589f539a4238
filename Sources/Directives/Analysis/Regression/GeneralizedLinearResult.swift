// A generalised linear model after its fit, whichever way it was fitted.

import ModelFormula
import NumericalMethods
import Regression

/// The fit behind a directive.
enum GeneralizedLinearResult: Sendable {
  case likelihood(GeneralizedLinearFit)
  case negativeBinomial(NegativeBinomialFit)
  case firth(FirthFit)

  static func fit(_ frame: RegressionFrame, _ settings: GeneralizedLinearSettings) throws
    -> GeneralizedLinearResult
  {
    try fit(frame.covariates, frame, settings)
  }

  static func fit(
    _ design: RegressionDesign, _ frame: RegressionFrame, _ settings: GeneralizedLinearSettings
  ) throws -> GeneralizedLinearResult {
    let options = FitOptions(threads: frame.threads)
    switch (settings.model, frame.values) {
    case (.family(let family), .numbers(let response)):
      return .likelihood(
        try GeneralizedLinearModel.fit(
          design: design, response: response, family: family, weights: frame.weights, offset: frame.offset,
          options: options))
    case (.family(let family), .counts(let successes, let failures)):
      return .likelihood(
        try GeneralizedLinearModel.fit(
          design: design, successes: successes, failures: failures, family: family, weights: frame.weights,
          offset: frame.offset, options: options))
    case (.negativeBinomial, .numbers(let response)), (.negativeBinomial, .counts(let response, _)):
      return .negativeBinomial(
        try NegativeBinomial.fit(
          design: design, response: response, weights: frame.weights, offset: frame.offset, options: options))
    case (.firth, .numbers(let response)):
      return .firth(
        try FirthLogistic.fit(
          design: design, response: response, weights: frame.weights, offset: frame.offset))
    case (.firth, .counts(let successes, let failures)):
      let trials = zip(successes, failures).map(+)
      let weights = frame.weights.map { zip($0, trials).map(*) } ?? trials
      return .firth(
        try FirthLogistic.fit(
          design: design, response: zip(successes, trials).map { $1 > 0 ? $0 / $1 : 0 }, weights: weights,
          offset: frame.offset))
    }
  }

  /// The fit of the means; `nil` under Firth's penalty.
  var fit: GeneralizedLinearFit? {
    switch self {
    case .likelihood(let fit): fit
    case .negativeBinomial(let joint): joint.fit
    case .firth: nil
    }
  }

  var status: FitStatus {
    switch self {
    case .likelihood(let fit): fit.status
    case .negativeBinomial(let joint): joint.fit.status
    case .firth(let fit): fit.status
    }
  }

  var iterations: Int {
    switch self {
    case .likelihood(let fit): fit.iterations
    case .negativeBinomial(let joint): joint.fit.iterations
    case .firth(let fit): fit.iterations
    }
  }

  /// Predicted means of the rows.
  var means: [Double] {
    switch self {
    case .likelihood(let fit): fit.means.map(\.mean)
    case .negativeBinomial(let joint): joint.fit.means.map(\.mean)
    case .firth(let fit): fit.probabilities
    }
  }

  /// Whether some coefficients run to infinity.
  var isSeparated: Bool { !(fit?.diverging.isEmpty ?? true) }

  /// Tests of terms of all types; `nil` under Firth's penalty.
  func termTests(_ frame: RegressionFrame, _ settings: GeneralizedLinearSettings) throws -> TermTests? {
    guard let fit else { return nil }
    // The type III tests are at this fit's θ, as the others are.
    let fixed = GeneralizedLinearSettings(
      model: .family(fit.family), words: settings.words, range: settings.range)
    let sum = try Self.fit(try frame.sumContrastDesign(), frame, fixed).fit ?? fit
    return TermTests(tests: [
      (.sequential, fit.termTests(.sequential)), (.typeTwo, fit.termTests(.typeTwo)),
      (.typeThree, sum.termTests(.typeThree)),
    ])
  }

  /// One prediction per row of a new design.
  func predictions(_ matrix: Matrix, offset: [Double]?, confidenceLevel: Double) throws -> [Prediction] {
    if let fit {
      return try fit.predictions(matrix, offset: offset, confidenceLevel: confidenceLevel).map {
        Prediction(
          linearPredictor: $0.linearPredictor, standardError: $0.standardError, mean: $0.mean,
          lower: $0.lower,
          upper: $0.upper)
      }
    }
    guard case .firth(let fit) = self else { return [] }
    let width = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    return (0..<matrix.rowCount).map { row in
      let x = matrix.row(row)
      let given = offset.flatMap { $0.indices.contains(row) ? $0[row] : nil } ?? 0
      let predictor = CompensatedSum.of(zip(x, fit.coefficients).map { $0 * $1 }) + given
      let error = Swift.max(0, fit.covariance.quadraticForm(x)).squareRoot()
      return Prediction(
        linearPredictor: predictor, standardError: error, mean: Link.logit.mean(predictor),
        lower: Link.logit.mean(predictor - width * error), upper: Link.logit.mean(predictor + width * error))
    }
  }

  /// The linear predictor and the mean at one set of covariates, with the mean's interval.
  struct Prediction {
    let linearPredictor: Double
    let standardError: Double?
    let mean: Double
    let lower: Double?
    let upper: Double?
  }
}
