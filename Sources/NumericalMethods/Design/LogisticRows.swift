// The logistic model at some linear predictors, by arrays.

import CKernels

/// Weights, scores and deviance of rows with outcomes 0 and 1.
public enum LogisticRows {
  /// Writes w p (1 − p) and w (y − p), and returns −2 Σ w log-likelihood. Every pointer addresses `count` numbers.
  public static func evaluate(
    predictor: UnsafePointer<Double>, response: UnsafePointer<Double>, prior: UnsafePointer<Double>,
    count: Int, weights: UnsafeMutablePointer<Double>, scores: UnsafeMutablePointer<Double>
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Swift.max(count, 1)) { losses in
      kernel_logistic(predictor, response, prior, count, weights, scores, losses.baseAddress)
      return kernel_sum(losses.baseAddress, count)
    }
  }
}
