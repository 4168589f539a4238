// The ROC curve and the area under it.

import NumericalMethods

/// Which side of a marker points to cases.
public enum MarkerDirection: String, Sendable {
  /// Cases have the greater values.
  case greaterInCases
  /// Cases have the smaller values.
  case smallerInCases
  /// Whichever gives an area of at least one half, by the medians as R's pROC chooses.
  case automatic
}

/// The curve of one marker.
public struct ReceiverOperatingCharacteristic: Sendable {
  /// One threshold of the curve.
  public struct Point: Sendable, Hashable {
    /// The marker is positive at or beyond this value; ±infinity at the ends.
    public let threshold: Double
    /// Cases at or beyond the threshold, as a proportion.
    public let sensitivity: Double
    /// Controls short of the threshold, as a proportion.
    public let specificity: Double
  }

  /// Rows with the outcome.
  public let caseCount: Int
  /// Rows without it.
  public let controlCount: Int
  /// Whether higher markers speak for the outcome.
  public let direction: MarkerDirection
  /// P(case beyond control) + ½ P(equal); nil without cases or controls.
  public let area: Double?
  /// DeLong's; nil with fewer than two cases or controls.
  public let standardError: Double?
  /// From specificity 0 to 1: one point per distinct value and one at the end.
  public let points: [Point]

  /// Placement of each case among the controls and of each control among the cases (DeLong's components).
  let casePlacements: [Double]
  let controlPlacements: [Double]

  /// Empirical curve of a marker.
  ///
  /// **Inputs** finite marker values, `isCase` per value; rows with a marker that is not a number are the caller's to
  /// drop. **Returns** area, DeLong's standard error, all points of the curve. **Cost** n log n.
  /// **Source** DeLong, DeLong and Clarke-Pearson 1988; Sun and Xu 2014. **Checked against** roc-asah (R pROC).
  public init(marker: [Double], isCase: [Bool], direction requested: MarkerDirection = .greaterInCases) {
    let cases = zip(marker, isCase).filter { $1 && !$0.isNaN }.map(\.0)
    let controls = zip(marker, isCase).filter { !$1 && !$0.isNaN }.map(\.0)
    var direction = requested
    if requested == .automatic {
      let isGreater = Self.median(cases) >= Self.median(controls)
      direction = isGreater ? .greaterInCases : .smallerInCases
    }
    let sign = direction == .smallerInCases ? -1.0 : 1.0
    let orientedCases = cases.map { sign * $0 }
    let orientedControls = controls.map { sign * $0 }
    self.direction = direction
    caseCount = cases.count
    controlCount = controls.count
    casePlacements = Self.placements(of: orientedCases, among: orientedControls)
    controlPlacements = Self.placements(of: orientedControls, among: orientedCases).map { 1 - $0 }
    if cases.isEmpty || controls.isEmpty {
      area = nil
      standardError = nil
    } else {
      let mean = CompensatedSum.of(casePlacements) / Double(cases.count)
      area = mean
      standardError =
        cases.count > 1 && controls.count > 1
        ? (Self.variance(casePlacements, mean) / Double(cases.count)
          + Self.variance(controlPlacements, mean) / Double(controls.count)).squareRoot() : nil
    }
    points = Self.curve(cases: orientedCases, controls: orientedControls, sign: sign)
  }

  /// Area ± normal quantile × standard error, cut to [0, 1] as pROC does.
  public func confidenceLimits(confidenceLevel: Double = 0.95) -> (lower: Double, upper: Double)? {
    guard let area, let standardError else { return nil }
    let width = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel) * standardError
    return (Swift.max(0, area - width), Swift.min(1, area + width))
  }

  /// The point of greatest sensitivity + specificity − 1 (Youden's index); the first of several.
  public var youden: (index: Double, point: Point)? {
    guard caseCount > 0, controlCount > 0 else { return nil }
    var best: (index: Double, point: Point)?
    for point in points {
      let index = point.sensitivity + point.specificity - 1
      if best.map({ index > $0.index + 1e-15 }) ?? true { best = (index, point) }
    }
    return best
  }

  /// For each value the share of `others` below it, equal ones counted half.
  private static func placements(of values: [Double], among others: [Double]) -> [Double] {
    guard !others.isEmpty else { return values.map { _ in .nan } }
    let sorted = RadixOrder.ascending(others).map { others[Int($0)] }
    let order = RadixOrder.ascending(values)
    var result = [Double](repeating: 0, count: values.count)
    var below = 0
    var notAbove = 0
    for index in order {
      let value = values[Int(index)]
      while below < sorted.count, sorted[below] < value { below += 1 }
      if notAbove < below { notAbove = below }
      while notAbove < sorted.count, sorted[notAbove] <= value { notAbove += 1 }
      result[Int(index)] = (Double(below) + Double(notAbove - below) / 2) / Double(sorted.count)
    }
    return result
  }

  static func variance(_ values: [Double], _ mean: Double) -> Double {
    CompensatedSum.of(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)
  }

  private static func median(_ values: [Double]) -> Double {
    SampleQuantile.quantile(ofSorted: SampleQuantile.sortedValues(values), 0.5)
  }

  private static func curve(cases: [Double], controls: [Double], sign: Double) -> [Point] {
    guard !cases.isEmpty, !controls.isEmpty else { return [] }
    let all = cases + controls
    let order = RadixOrder.ascending(all)
    var points: [Point] = []
    var missedCases = 0
    var clearedControls = 0
    var index = 0
    while index < order.count {
      let value = all[Int(order[index])]
      points.append(
        Point(
          threshold: sign * value, sensitivity: 1 - Double(missedCases) / Double(cases.count),
          specificity: Double(clearedControls) / Double(controls.count)))
      while index < order.count, all[Int(order[index])] == value {
        if Int(order[index]) < cases.count { missedCases += 1 } else { clearedControls += 1 }
        index += 1
      }
    }
    points.append(Point(threshold: sign * .infinity, sensitivity: 0, specificity: 1))
    return points
  }
}
