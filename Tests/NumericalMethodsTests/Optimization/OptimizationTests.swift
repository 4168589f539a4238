// Roots, minima and Newton's method, and how they report failure.

import NumericalMethods
import Testing

struct OptimizationTests {
  @Test func roots() {
    let root = BrentRoot.find(low: 0, high: 2) { $0 * $0 - 2 }
    expectClose(root.x, 2.0.squareRoot(), relative: 1e-15)
    #expect(root.status == .converged)
    #expect(BrentRoot.find(low: 1, high: 2) { _ in 1 }.status == .noSignChange)
    #expect(BrentRoot.find(low: 0, high: 1) { $0 < 0.5 ? .nan : 1 }.status == .notFinite)
    let steep = BrentRoot.find(low: -10, high: 10) { Elementary.expm1(50 * ($0 - 3)) }
    expectClose(steep.x, 3, relative: 1e-14)
    let edge = BrentRoot.find(low: 0, high: 1) { $0 }
    #expect(edge.x == 0)
    let step = BrentRoot.find(low: 0, high: 1) { $0 < 0.3 ? -1 : 1 }
    expectClose(step.x, 0.3, relative: 1e-14)
  }

  @Test func minima() {
    let minimum = BrentMinimum.find(low: 0, high: 5) { ($0 - 2) * ($0 - 2) + 1 }
    expectClose(minimum.x, 2, relative: 1e-7)
    #expect(minimum.status == .converged)
    #expect(BrentMinimum.find(low: 0, high: 1) { $0 }.x < 1e-6)
  }

  /// log-likelihood of a Poisson mean: 3 events in 2 years, so the rate is 3/2 and its information 3.
  @Test func newton() {
    let result = NewtonMaximizer.maximize(from: [0]) { beta in
      let rate = Elementary.exp(beta[0])
      return Likelihood(
        value: 3 * beta[0] - 2 * rate, score: [3 - 2 * rate],
        information: Matrix(rowCount: 1, columnCount: 1, repeating: 2 * rate))
    }
    expectClose(result?.parameters[0] ?? 0, Elementary.log(1.5), relative: 1e-9)
    expectClose(result?.factorization.inverse[0, 0] ?? 0, 1.0 / 3, relative: 1e-9)
    #expect(result?.status == .converged)
    #expect((result?.iterations ?? 99) < 8)
  }

  @Test func newtonHalvesAndReports() {
    // Newton on −√(1 + x²) from 2 overshoots (it diverges without halving).
    let result = NewtonMaximizer.maximize(from: [2]) { p in
      let x = p[0]
      let root = (1 + x * x).squareRoot()
      return Likelihood(
        value: -root, score: [-x / root],
        information: Matrix(rowCount: 1, columnCount: 1, repeating: 1 / (root * root * root)))
    }
    #expect(result?.status == .converged)
    #expect((result?.trace.map(\.halvings).max() ?? 0) > 0)
    // No maximum: log-likelihood of a proportion at 1.
    let open = NewtonMaximizer.maximize(from: [0], iterationLimit: 10) { p in
      let probability = Elementary.logistic(p[0])
      return Likelihood(
        value: -Elementary.log1p(Elementary.exp(-p[0])), score: [1 - probability],
        information: Matrix(rowCount: 1, columnCount: 1, repeating: probability * (1 - probability)))
    }
    #expect(open?.status == .iterationLimit)
    #expect(NewtonMaximizer.maximize(from: [0]) { _ in nil } == nil)
  }
}

extension NewtonResult: Equatable {
  public static func == (left: NewtonResult, right: NewtonResult) -> Bool {
    left.parameters == right.parameters
  }
}
