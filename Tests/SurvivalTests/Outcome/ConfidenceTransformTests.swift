// Interval scales: identities that hold by hand. Agreement with R is tested with the curves.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct ConfidenceTransformTests {
  @Test func plainIsSymmetricAndClipped() {
    let limits = ConfidenceTransform.plain.limits(estimate: 0.5, standardError: 0.125, critical: 2)
    #expect(limits.lower == 0.25 && limits.upper == 0.75)
    let clipped = ConfidenceTransform.plain.limits(estimate: 0.875, standardError: 0.125, critical: 2)
    #expect(clipped.lower == 0.625 && clipped.upper == 1)
  }

  @Test(arguments: ConfidenceTransform.allCases)
  func holdsTheEstimateWithinZeroAndOne(transform: ConfidenceTransform) {
    for estimate in [0.001, 0.2, 0.5, 0.9, 0.999] {
      for error in [0.0, 1e-9, 0.01, 0.3, 5] {
        let limits = transform.limits(estimate: estimate, standardError: error, critical: 1.96)
        #expect(limits.lower >= 0 && limits.upper <= 1)
        #expect(limits.lower <= estimate + 1e-15 && limits.upper >= estimate - 1e-15)
      }
    }
  }

  @Test(arguments: ConfidenceTransform.allCases)
  func certaintyHasNoWidthAndInfinityNoLimits(transform: ConfidenceTransform) {
    #expect(transform.limits(estimate: 1, standardError: 0, critical: 1.96) == (1, 1))
    #expect(transform.limits(estimate: 0.5, standardError: .infinity, critical: 1.96).lower.isNaN)
    #expect(transform.limits(estimate: 0, relativeStandardError: .infinity, critical: 1.96).upper.isNaN)
  }

  @Test func logLogIsSymmetricOnItsScale() {
    let limits = ConfidenceTransform.logLog.limits(estimate: 0.6, standardError: 0.07, critical: 1.96)
    func transformed(_ value: Double) -> Double { Elementary.log(-Elementary.log(value)) }
    #expect(abs(transformed(limits.lower) + transformed(limits.upper) - 2 * transformed(0.6)) < 1e-14)
  }

  @Test func sineAndCosineAreExactToRounding() {
    // sin and cos of 0.1 … 1.5 (mpmath).
    let known: [(Double, Double, Double)] = [
      (0.1, 0.09983341664682815, 0.9950041652780258), (0.5, 0.479425538604203, 0.8775825618903728),
      (1, 0.8414709848078965, 0.5403023058681398), (1.5, 0.9974949866040544, 0.0707372016677029),
    ]
    for (angle, sine, cosine) in known {
      let found = ConfidenceTransform.sineAndCosine(angle)
      #expect(abs(found.sine - sine) < 3e-16 && abs(found.cosine - cosine) < 3e-16)
    }
  }
}
