// Contrasts of two groups as results and cells.

import Presentation
import Survival

extension Estimate {
  /// NE where the contrast is not estimable.
  init(_ contrast: Contrast?, level: Double) {
    guard let contrast else {
      self = .notEstimable
      return
    }
    self.init(contrast.estimate, contrast.confidenceInterval, level: level)
  }

  /// What print shows of an interval that has no width because its error is not known: NE.
  public var withoutWidth: Estimate {
    Estimate(value, lower: .notEstimable, upper: .notEstimable, level: level)
  }

  /// What print shows: NE for limits that lie on each other.
  var printed: Estimate {
    guard let value = value.number, lower.number == value, upper.number == value else { return self }
    return withoutWidth
  }

  /// An estimate whose limits may be missing.
  init(_ value: Double?, _ interval: ConfidenceInterval, level: Double) {
    self.init(
      Quantity(value, otherwise: .notEstimable), lower: Quantity(interval.lower, otherwise: .notEstimable),
      upper: Quantity(interval.upper, otherwise: .notEstimable), level: level)
  }
}

extension ResultValues {
  /// A contrast: `path` with its interval, `path.se` and `path.p`.
  mutating func add(_ path: String, _ contrast: Contrast?, _ format: ValueFormat, level: Double) {
    guard let contrast else { return add(path, .notEstimable, format) }
    let estimate = Estimate(contrast, level: level)
    add(path, estimate, format, isDegenerate: contrast.standardError == 0)
    add(path + ".se", Quantity(contrast.standardError), format)
    add(path + ".p", Quantity(contrast.test?.pValue, otherwise: .notEstimable), .pValue)
  }

  /// A test, or NE in its place.
  mutating func add(_ path: String, _ test: TestStatistic?) {
    guard let test else {
      add(path + ".chi_squared", .notEstimable, .statistic)
      add(path + ".p", .notEstimable, .pValue)
      return
    }
    add(path, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
  }
}
