// Log-likelihoods as R's families define them.

import NumericalMethods

extension Family {
  /// The maximised log-likelihood of the data; nil for quasi families.
  ///
  /// Binomial: with `trials` the number of trials behind each proportion and `weights` the case weights, the log
  /// probability of trials × y successes. Gamma and Gaussian: at the dispersion deviance / n (R's `AIC`).
  func logLikelihood(
    _ data: ResponseData, means known: @autoclosure () -> [LinkMean], trials: [Double]?, deviance: Double,
    observationCount: Int
  ) -> Double? {
    if isQuasi { return nil }
    let (response, weights) = (data.response, data.weights)
    var sum = CompensatedSum()
    switch distribution {
    case .gaussian:
      let n = Double(observationCount)
      for weight in weights where weight > 0 { sum.add(Elementary.log(weight)) }
      return -0.5 * (n * (Elementary.log(2 * Double.pi * deviance / n) + 1) - sum.value)
    case .binomial:
      // For outcomes 0 and 1 the deviance is −2 log-likelihood.
      if response.allSatisfy({ $0 == 0 || $0 == 1 }) { return -0.5 * deviance }
      let means = known()
      for row in response.indices where weights[row] > 0 {
        let weight = weights[row]
        // Without trials, whole weights are numbers of trials (as R reads proportions with weights); others are
        // case weights, for which R's rounding would not be a likelihood.
        let size = trials.map { $0[row] } ?? weight
        let successes = size * response[row]
        if size > 0, size == size.rounded(), (successes - successes.rounded()).magnitude < 1e-7 * size {
          sum.add((weight / size) * binomialTerm(successes.rounded(), size, means[row]))
        } else {
          let y = response[row]
          if y > 0 { sum.add(weight * y * Elementary.log(means[row].mean)) }
          if y < 1 { sum.add(weight * (1 - y) * Elementary.log(means[row].complement)) }
        }
      }
      return sum.value
    case .poisson:
      // Half the deviance is what is lost against a perfect fit, which counts alone determine.
      return data.tally.sum { PoissonDistribution.logProbability($0, mean: $0) } - deviance / 2
    case .gamma:
      // As for counts, with shape n / deviance, whose logarithms of gamma functions Stirling's series cancels.
      let total = CompensatedSum.of(weights)
      let shape = total / deviance
      let perfect =
        0.5 * Elementary.log(shape / (2 * Double.pi)) - SpecialFunctions.stirlingError(shape) - 0.5
      for row in response.indices where weights[row] > 0 {
        sum.add(weights[row] * Elementary.log(response[row]))
      }
      return total * perfect - sum.value
    case .inverseGaussian:
      let total = CompensatedSum.of(weights)
      for row in response.indices where weights[row] > 0 {
        sum.add(
          weights[row]
            * (Elementary.log(2 * Double.pi * deviance / total) + 1 + 3 * Elementary.log(response[row])))
      }
      return -0.5 * sum.value
    case .negativeBinomial(let theta):
      return data.tally.sum { NegativeBinomial.logProbability($0, mean: $0, theta: theta) } - deviance / 2
    }
  }

  /// log P(successes of size), from the mean and its complement, whichever is small.
  private func binomialTerm(_ successes: Double, _ size: Double, _ mean: LinkMean) -> Double {
    if successes == size { return size * Elementary.log(mean.mean) }
    if successes == 0 { return size * Elementary.log(mean.complement) }
    return mean.mean <= 0.5
      ? BinomialDistribution.logProbability(successes, trials: size, success: mean.mean)
      : BinomialDistribution.logProbability(size - successes, trials: size, success: mean.complement)
  }

  /// Whether the likelihood has a dispersion parameter that counts in AIC and BIC.
  var countsDispersion: Bool {
    switch distribution {
    case .gaussian, .gamma, .inverseGaussian: true
    case .binomial, .poisson, .negativeBinomial: false
    }
  }
}

/// A fitted mean and what is left of 1.
public struct LinkMean: Sendable, Hashable {
  /// Mean μ.
  public let mean: Double
  /// 1 − μ, computed without cancellation.
  public let complement: Double
}
