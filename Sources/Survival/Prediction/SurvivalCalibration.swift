// Whether predicted risks come true.

import NumericalMethods

/// Predicted against observed risk of an event by a time.
public struct SurvivalCalibration: Sendable {
  /// Rows with similar predictions.
  public struct Group: Sendable, Hashable {
    /// Rows.
    public let rowCount: Int
    /// Mean predicted risk.
    public let predicted: Double
    /// 1 − Kaplan–Meier at the time; `nil` beyond the group's follow-up.
    public let observed: Double?
    /// Interval of the estimate, on its scale.
    public let confidenceInterval: ConfidenceInterval
  }

  /// A point of the smooth relation.
  public struct Point: Sendable, Hashable {
    /// Predicted risk.
    public let predicted: Double
    /// Risk that the data show at this prediction.
    public let observed: Double
    /// Interval of the estimate, on its scale.
    public let confidenceInterval: ConfidenceInterval
  }

  /// The smooth relation and the distances |observed − predicted| over all rows.
  public struct Smooth: Sendable, Hashable {
    /// At up to 60 predictions, ascending.
    public let points: [Point]
    /// Mean, median and 90th percentile of the distances (ICI, E50, E90).
    public let meanDistance: Double
    /// Median of the distances (E50).
    public let medianDistance: Double
    /// 90th percentile of the distances (E90).
    public let ninetiethPercentile: Double
  }

  /// Time, in the unit of the data.
  public let time: Double
  /// Mean predicted risk of all rows.
  public let meanPredicted: Double
  /// 1 − Kaplan–Meier of all rows; `nil` beyond follow-up.
  public let observed: Double?
  /// Interval of the estimate, on its scale.
  public let confidenceInterval: ConfidenceInterval
  /// Observed over expected: calibration in the large; 1 is perfect.
  public var observedOverExpected: Double? {
    observed.flatMap { meanPredicted > 0 ? $0 / meanPredicted : nil }
  }
  /// In ascending order of predicted risk.
  public let groups: [Group]
  /// `nil` where the predictions hardly vary or the smooth could not be fitted.
  public let smooth: Smooth?

  /// Compares predicted with observed risks at one time.
  ///
  /// Groups are cut at quantiles of the predicted risk (ties stay together, so that there can be fewer); observed risks are
  /// 1 − Kaplan–Meier. The smooth relation is a proportional-hazards model of the outcome on log(−log S) of the prediction with a
  /// restricted cubic spline of three knots at the 10th, 50th and 90th percentile.
  ///
  /// **Inputs**: predicted probability of being free of the event at `time`, one per row.
  /// **Throws** `SurvivalInputError` for `covariate("prediction")` (length, outside 0 to 1).
  /// **Cost**: O(n log n) and a Cox fit of two columns. **Source**: Austin, Harrell and van Klaveren 2020,
  /// doi:10.1002/sim.8570. **Checked against** prediction.R (survival, Hmisc::rcspline.eval).
  public static func estimate(
    _ survival: [Double], outcome: SurvivalOutcome, time: Double, groupCount: Int = 10,
    confidenceLevel: Double = 0.95, threads: Int = 1
  ) throws(SurvivalInputError) -> SurvivalCalibration {
    guard survival.count == outcome.rowCount else {
      throw SurvivalInputError(
        .covariate("prediction"), .lengthMismatch(expected: outcome.rowCount, found: survival.count))
    }
    let faulty = survival.indices.filter { !(survival[$0] >= 0 && survival[$0] <= 1) }
    guard faulty.isEmpty else {
      throw SurvivalInputError(.covariate("prediction"), .outOfRange, rows: faulty)
    }
    let options = KaplanMeierOptions(confidenceLevel: confidenceLevel)
    let risks = survival.map { 1 - $0 }
    let codes = groups(risks, count: groupCount)
    let curves = try KaplanMeier.estimate(outcome, groups: codes, options: options).curves
    let all = try KaplanMeier.estimate(outcome, options: options).curves.first?.at(time)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: codes.count)
    for (row, code) in codes.codes.enumerated() { sums[Int(code)].add(risks[row]) }
    func flipped(_ interval: ConfidenceInterval) -> ConfidenceInterval {
      ConfidenceInterval(lower: interval.upper.map { 1 - $0 }, upper: interval.lower.map { 1 - $0 })
    }
    return SurvivalCalibration(
      time: time, meanPredicted: CompensatedSum.of(risks) / Double(risks.count),
      observed: all?.survival.map { 1 - $0 },
      confidenceInterval: all.map { flipped($0.confidenceInterval) } ?? .notEstimable,
      groups: curves.enumerated().map { index, curve in
        let point = curve.at(time)
        return Group(
          rowCount: curve.rowCount, predicted: sums[index].value / Double(Swift.max(curve.rowCount, 1)),
          observed: point.survival.map { 1 - $0 }, confidenceInterval: flipped(point.confidenceInterval))
      },
      smooth: smooth(
        survival, outcome: outcome, time: time, confidenceLevel: confidenceLevel, threads: threads))
  }

  /// Groups cut at quantiles; equal risks are never parted.
  private static func groups(_ risks: [Double], count: Int) -> GroupCodes {
    let order = RadixOrder.ascending(risks).map { Int($0) }
    var codes = [Int32](repeating: 0, count: risks.count)
    var (group, begun) = (-1, -1)
    for (place, row) in order.enumerated() {
      let wanted = place * Swift.max(count, 1) / Swift.max(order.count, 1)
      let isTied = place > 0 && risks[order[place - 1]] == risks[row]
      if wanted > begun, !isTied {
        group += 1
        begun = wanted
      }
      codes[row] = Int32(clamping: group)
    }
    let names = (0...Swift.max(group, 0)).map { String($0 + 1) }
    return (try? GroupCodes(codes: codes, names: names)) ?? .single(rowCount: risks.count)
  }

  private static func smooth(
    _ survival: [Double], outcome: SurvivalOutcome, time: Double, confidenceLevel: Double, threads: Int
  ) -> Smooth? {
    let bound = 1e-12
    let logs = Elementary.log(survival.map { Swift.min(Swift.max($0, bound), 1 - bound) })
    let values = Elementary.log(logs.map { -$0 })
    let sorted = SampleQuantile.sortedValues(values)
    let knots = [0.1, 0.5, 0.9].map { SampleQuantile.quantile(ofSorted: sorted, $0) }
    guard let spline = ThreeKnotSpline(knots), let least = sorted.first, let greatest = sorted.last,
      let design = spline.design(values)
    else { return nil }
    var options = CoxOptions()
    options.confidenceLevel = confidenceLevel
    options.threads = threads
    guard let fit = try? CoxModel.fit(outcome: outcome, covariates: design, options: options),
      fit.infinite.isEmpty, fit.aliased.isEmpty,
      let predictor = try? fit.survivalPredictor(design)
    else { return nil }
    let observed = predictor.survival(at: time)
    let distances = SampleQuantile.sortedValues(survival.indices.map { abs(observed[$0] - survival[$0]) })
    let grid = (0..<60).map { least + (greatest - least) * Double($0) / 59 }
    guard let gridDesign = spline.design(grid),
      let curves = try? fit.predictedSurvival(gridDesign, transform: .logLog)
    else { return nil }
    let points = zip(grid, curves).compactMap { value, curve -> Point? in
      guard let found = curve.at(time) else { return nil }
      let predicted = 1 - Elementary.exp(-Elementary.exp(value))
      let interval = found.confidenceInterval
      return Point(
        predicted: predicted, observed: 1 - found.survival,
        confidenceInterval: ConfidenceInterval(
          lower: interval.upper.map { 1 - $0 }, upper: interval.lower.map { 1 - $0 }))
    }
    guard !points.isEmpty else { return nil }
    return Smooth(
      points: points, meanDistance: CompensatedSum.of(distances) / Double(distances.count),
      medianDistance: SampleQuantile.quantile(ofSorted: distances, 0.5),
      ninetiethPercentile: SampleQuantile.quantile(ofSorted: distances, 0.9))
  }
}

/// A restricted cubic spline with three knots: the variable itself and one curved column (Harrell's form).
private struct ThreeKnotSpline {
  let knots: [Double]

  init?(_ knots: [Double]) {
    guard knots.count == 3, knots[0] < knots[1], knots[1] < knots[2] else { return nil }
    self.knots = knots
  }

  func design(_ values: [Double]) -> CoxDesign? {
    let (first, middle, last) = (knots[0], knots[1], knots[2])
    func cube(_ x: Double) -> Double { x > 0 ? x * x * x : 0 }
    let curved = values.map { x in
      (cube(x - first) - cube(x - middle) * (last - first) / (last - middle)
        + cube(x - last) * (middle - first) / (last - middle)) / ((last - first) * (last - first))
    }
    return try? CoxDesign([("linear", values), ("curved", curved)], rowCount: values.count)
  }
}
