// The null model, likelihood-ratio tests, and residuals.

import NumericalMethods

/// Kinds of residual.
public enum ResidualKind: String, Sendable, CaseIterable {
  /// y − μ.
  case response
  /// (y − μ) √(w / V).
  case pearson
  /// ±√(contribution to the deviance).
  case deviance
  /// (y − μ) dη/dμ.
  case working
}

extension GeneralizedLinearFit {
  /// Deviance of the model with the intercept alone (with the offset alone, when there is no intercept); nil when
  /// its mean cannot occur.
  public var nullDeviance: Double? { knownNullDeviance.value { nullModelDeviance() } }

  private func nullModelDeviance() -> Double? {
    let count = data.rowCount
    if hasIntercept, data.offset != nil {
      let ones = ColumnValues.narrow(codes: [UInt8](repeating: 0, count: count), table: [1])
      let fit = GeneralizedLinearModel.fit(
        design: RegressionDesign(rowCount: count, columns: [ones], interceptColumn: 0), data: data,
        trials: trials, options: options)
      return fit.status == .noValidStart ? nil : fit.deviance
    }
    if hasIntercept { return constantModelDeviance() }
    var point = WorkingPoint(count: count)
    point.predictor = data.offset ?? point.predictor
    point.evaluate(data)
    return point.isValid ? point.deviance : nil
  }

  /// Deviance about the weighted mean. Outcomes of 0 and 1 come up again and again: the last two are remembered.
  private func constantModelDeviance() -> Double {
    let chunks = FixedChunks(count: data.rowCount, size: 1 << 15)
    let (data, family) = (data, family)
    if family.distribution == .binomial, let weights = outcomeWeights(chunks) {
      let mean = weights[1] / (weights[0] + weights[1])
      let parts = [0.0, 1].map { y in
        y == mean || weights[Int(y)] == 0 ? 0 : weights[Int(y)] * family.deviance(y, mean, 1 - mean)
      }
      return parts[0] + parts[1]
    }
    let products = sum(chunks) { row, sum in sum.add(data.weights[row] * data.response[row]) }
    let weights = sum(chunks) { row, sum in sum.add(data.weights[row]) }
    let mean = products / weights
    let parts = Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
      var sum = CompensatedSum()
      var known: (response: Double, part: Double) = (.nan, .nan)
      var other = known
      for row in chunks[chunk] where data.weights[row] > 0 {
        let y = data.response[row]
        if y != known.response {
          swap(&known, &other)
          // A constant response on the edge is fitted exactly.
          if y != known.response { known = (y, y == mean ? 0 : family.deviance(y, mean, 1 - mean)) }
        }
        sum.add(data.weights[row] * known.part)
      }
      return sum
    }
    var total = CompensatedSum()
    for part in parts { total.add(part) }
    return total.value
  }

  /// The weight of the outcomes 0 and 1; `nil` where there are others.
  private func outcomeWeights(_ chunks: FixedChunks) -> [Double]? {
    let parts = data.response.withUnsafeBufferPointer { response in
      data.weights.withUnsafeBufferPointer { weights in
        nonisolated(unsafe) let (response, weights) = (response, weights)
        return Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
          var (none, all) = (0.0, 0.0)
          for row in chunks[chunk] {
            guard response[row] == 0 || response[row] == 1 else { return nil as (Double, Double)? }
            none += response[row] == 0 ? weights[row] : 0
            all += response[row] == 1 ? weights[row] : 0
          }
          return (none, all)
        }
      }
    }
    var (none, all) = (CompensatedSum(), CompensatedSum())
    for part in parts {
      guard let part else { return nil }
      none.add(part.0)
      all.add(part.1)
    }
    return [none.value, all.value]
  }

  /// A compensated sum over rows, chunk by chunk.
  private func sum(
    _ chunks: FixedChunks, _ add: @Sendable (Int, inout CompensatedSum) -> Void
  ) -> Double {
    let parts = Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
      var sum = CompensatedSum()
      for row in chunks[chunk] { add(row, &sum) }
      return sum
    }
    var total = CompensatedSum()
    for part in parts { total.add(part) }
    return total.value
  }

  static let residualChunkSize = 1 << 14

  /// Σ of squared residuals of a kind.
  public func sumOfSquaredResiduals(_ kind: ResidualKind) -> Double {
    // Each is the square root of its row's share of the deviance.
    if kind == .deviance { return deviance }
    if kind == .pearson, let pearson { return pearson }
    let chunks = FixedChunks(count: data.rowCount, size: Self.residualChunkSize)
    if kind == .pearson, data.rowCount > WeightedSystem.decompositionLimit {
      // s = w (y − μ) μ' / V over the weight w μ'² / V: no mean is needed.
      let (scores, weights) = (scores, fitWeights)
      return sum(chunks) { row, sum in
        if weights[row] > 0 { sum.add(scores[row] * scores[row] / weights[row]) }
      }
    }
    let means = means
    let parts = Parallel.map(chunks: chunks.count, threads: options.threads) { chunk in
      var sum = CompensatedSum()
      for row in chunks[chunk] {
        let residual = residual(kind, row: row, mean: means[row])
        sum.add(residual * residual)
      }
      return sum
    }
    var total = CompensatedSum()
    for part in parts { total.add(part) }
    return total.value
  }

  /// Likelihood-ratio test against the null model: χ² of the drop of the deviance over the dispersion.
  public var overallTest: TermTest {
    let nullRank = hasIntercept ? Swift.min(1, rank) : 0
    if rank == nullRank {
      // Nothing to test, and nothing against it.
      return TermTest(
        name: "model", kind: .chiSquared, statistic: 0, degreesOfFreedom: 0, denominatorDegreesOfFreedom: nil,
        pValue: 1, sumOfSquares: 0)
    }
    return comparison(
      name: "model", deviance: nullDeviance ?? .nan, rank: nullRank,
      against: (deviance, rank))
  }

  /// The test of all columns but the intercept where the dispersion φ is estimated: F = (D0 − D) / (df φ), as R's
  /// `anova(null, model, test = "F")`; `nil` where the dispersion is fixed or nothing is left to estimate it from.
  ///
  /// D0 and D are the deviances of the null and the full model, df the difference of their ranks, φ Pearson's statistic
  /// over the residual degrees of freedom. Cost: that of the null model.
  public var overallFTest: TermTest? {
    let test = overallTest
    let residual = residualDegreesOfFreedom
    guard !family.hasFixedDispersion, residual > 0, test.degreesOfFreedom > 0, let scaled = test.statistic
    else { return nil }
    let f = scaled / Double(test.degreesOfFreedom)
    return TermTest(
      name: test.name, kind: .f, statistic: f, degreesOfFreedom: test.degreesOfFreedom,
      denominatorDegreesOfFreedom: residual,
      pValue: FDistribution.upperTail(
        f, numerator: Double(test.degreesOfFreedom), denominator: Double(residual)),
      sumOfSquares: test.sumOfSquares)
  }

  /// Pearson's χ² over the residual degrees of freedom, near 1 where the counts or events vary as the family says;
  /// `nil` without residual degrees of freedom.
  public var pearsonDispersion: Double? {
    residualDegreesOfFreedom > 0
      ? sumOfSquaredResiduals(.pearson) / Double(residualDegreesOfFreedom) : nil
  }

  /// The upper tail of Pearson's χ² in the residual degrees of freedom: small where the counts vary more than the family
  /// says; `nil` without residual degrees of freedom. The approximation is rough where most means are below 1.
  public var overdispersionPValue: Double? {
    residualDegreesOfFreedom > 0
      ? ChiSquaredDistribution.upperTail(
        sumOfSquaredResiduals(.pearson), degreesOfFreedom: Double(residualDegreesOfFreedom)) : nil
  }

  func comparison(name: String, deviance reduced: Double, rank reducedRank: Int, against full: (Double, Int))
    -> TermTest
  {
    let df = full.1 - reducedRank
    var statistic: Double?
    if let dispersion, df > 0, !reduced.isNaN { statistic = Swift.max(0, reduced - full.0) / dispersion }
    return TermTest(
      name: name, kind: .chiSquared, statistic: statistic, degreesOfFreedom: df,
      denominatorDegreesOfFreedom: nil,
      pValue: statistic.map { ChiSquaredDistribution.upperTail($0, degreesOfFreedom: Double(df)) },
      sumOfSquares: reduced.isNaN ? nil : reduced - full.0)
  }

  /// Likelihood-ratio χ² tests of the terms, at the dispersion (and θ) of this fit.
  ///
  /// Sequential: the drop of the deviance as terms are added in order (R's `anova`). Type II: the rise when a term
  /// leaves the model of all terms that do not contain it (`car::Anova`). Type III: the rise when it alone leaves
  /// this design, which must be coded in sum-to-zero contrasts. Cost: one or two fits per term.
  public func termTests(_ kind: TermTestKind) -> [TermTest] {
    let terms = design.terms
    let full = (deviance, rank)
    switch kind {
    case .sequential:
      var models: [(Double, Int)] = []
      for index in terms.indices {
        models.append(reduced(without: Set(terms.indices.filter { $0 >= index })))
      }
      models.append(full)
      return terms.indices.map {
        comparison(name: terms[$0].name, deviance: models[$0].0, rank: models[$0].1, against: models[$0 + 1])
      }
    case .typeTwo:
      return terms.indices.map { index in
        let relatives = Set(terms.indices.filter { terms[$0].contains(terms[index]) })
        let with = relatives.isEmpty ? full : reduced(without: relatives)
        let without = reduced(without: relatives.union([index]))
        return comparison(name: terms[index].name, deviance: without.0, rank: without.1, against: with)
      }
    case .typeThree:
      return terms.indices.map { index in
        let without = reduced(without: [index])
        return comparison(name: terms[index].name, deviance: without.0, rank: without.1, against: full)
      }
    }
  }

  private func reduced(without terms: Set<Int>) -> (Double, Int) {
    var gone: Set<Int> = []
    for index in terms { gone.formUnion(design.terms[index].columns) }
    let keep = (0..<design.columnCount).filter { !gone.contains($0) }
    let intercept = design.interceptColumn.flatMap { keep.firstIndex(of: $0) }
    let smaller = design.selecting(columns: keep, intercept: intercept)
    let fit = GeneralizedLinearModel.fit(
      design: smaller, data: data, trials: trials, options: options)
    return (fit.status == .noValidStart ? .nan : fit.deviance, fit.rank)
  }

  /// One residual per row; 0 for rows of weight 0 (their working residual is not used either).
  public func residuals(_ kind: ResidualKind) -> [Double] {
    let means = means
    return data.response.indices.map { residual(kind, row: $0, mean: means[$0]) }
  }

  private func residual(_ kind: ResidualKind, row: Int, mean: LinkMean) -> Double {
    let y = data.response[row]
    let weight = data.weights[row]
    let difference =
      mean.mean > 0.5 && family.distribution == .binomial
      ? mean.complement - (1 - y) : y - mean.mean
    switch kind {
    case .response: return difference
    case .pearson:
      let variance = family.variance(mean.mean, mean.complement)
      return weight > 0 && variance > 0 ? difference * (weight / variance).squareRoot() : 0
    case .deviance:
      guard weight > 0 else { return 0 }
      let part = Swift.max(0, weight * family.deviance(y, mean.mean, mean.complement)).squareRoot()
      return difference < 0 ? -part : part
    case .working:
      let slope = family.link.point(linearPredictors[row]).slope
      return slope == 0 ? 0 : difference / slope
    }
  }

  /// 1 − deviance / null deviance.
  public var mcFaddenRSquared: Double? { nullDeviance.flatMap { $0 > 0 ? 1 - deviance / $0 : nil } }

  /// Cox and Snell's R² over its greatest value.
  public var nagelkerkeRSquared: Double? {
    guard let null = nullDeviance, null > 0 else { return nil }
    let n = Double(observationCount)
    return -Elementary.expm1((deviance - null) / n) / -Elementary.expm1(-null / n)
  }
}
