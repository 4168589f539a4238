// The log-likelihood of a parametric model with score and information.

import NumericalMethods

/// Log-likelihood of location coefficients and one scale or shape per stratum, on centred and scaled data.
///
/// Parameters are the intercept, one coefficient per column, and one ancillary parameter per stratum (none when fixed). An
/// evaluation is one pass over the rows that leaves sums.
struct ParametricLikelihood: Sendable {
  var family: ParametricFamily
  /// End of follow-up and entry on the scale of the family; not-a-number where there is no entry to condition on.
  let time: [Double]
  let entry: [Double]?
  let hasEvent: [Bool]
  let weights: [Double]?
  let offset: [Double]?
  /// `nil` where there is one.
  let stratum: [Int32]?
  let stratumCount: Int
  /// A column of ones and the covariates about their means.
  let columns: CompactColumns
  /// What each column is divided by.
  let spread: [Double]
  /// The ancillary parameter where it is not estimated.
  let fixedAncillary: Double?
  let threads: Int

  var rowCount: Int { time.count }
  var parameterCount: Int { columns.columnCount + ancillaryCount }
  private var ancillaryCount: Int { fixedAncillary == nil ? stratumCount : 0 }

  func evaluate(_ parameters: [Double]) -> LikelihoodValue {
    let (size, groups) = (columns.columnCount, ancillaryCount)
    let ancillary =
      fixedAncillary.map { [Double](repeating: $0, count: stratumCount) }
      ?? Array(parameters[size...])
    let chunkCount = FixedChunks(count: rowCount, size: DesignSums.chunkSize).count
    // Per chunk and stratum, score and information of the ancillary parameter.
    var totals = [Double](repeating: 0, count: 2 * groups * chunkCount)
    let found = totals.withUnsafeMutableBufferPointer { totals in
      nonisolated(unsafe) let totals = totals.baseAddress
      return columns.withPredictor(unscaled(parameters)) { addPredictor in
        columns.sums(threads: threads, furtherVectors: groups) { rows, weights, vectors in
          RowPass(likelihood: self, rows: rows, ancillary: ancillary).fill(
            weights: weights, vectors: vectors, groups: groups,
            totals: totals.map { $0 + 2 * groups * (rows.lowerBound / DesignSums.chunkSize) },
            addPredictor: addPredictor)
        }
      }
    }
    var score = zip(found.vector, spread).map { $0 / $1 }
    var information = Matrix(rowCount: parameterCount, columnCount: parameterCount)
    for i in 0..<size {
      for j in 0..<size { information[i, j] = found.gram[i, j] / (spread[i] * spread[j]) }
    }
    for group in 0..<groups {
      func total(_ place: Int) -> Double {
        CompensatedSum.of((0..<chunkCount).lazy.map { totals[2 * (groups * $0 + group) + place] })
      }
      score.append(total(0))
      information[size + group, size + group] = total(1)
      for index in 0..<size {
        let value = found.further[group][index] / spread[index]
        information[index, size + group] = value
        information[size + group, index] = value
      }
    }
    return LikelihoodValue(
      logLikelihood: CompensatedSum.of(found.extras),
      derivatives: LikelihoodDerivatives(score: score, information: information))
  }

  /// Coefficients of the columns before they are divided by their spread.
  func unscaled(_ parameters: [Double]) -> [Double] { zip(parameters, spread).map { $0 / $1 } }

  /// X'X of the scaled columns.
  var crossProduct: Matrix {
    var result = columns.sums(threads: threads) { rows, weights, vector in
      weights.update(repeating: 1, count: rows.count)
      vector.update(repeating: 0, count: rows.count)
      return 0
    }.gram
    for i in 0..<result.rowCount {
      for j in 0..<result.columnCount { result[i, j] /= spread[i] * spread[j] }
    }
    return result
  }

  func rowTerms(_ row: Int, location: Double, ancillary: Double) -> RowTerms {
    var terms = family.terms(time[row], hasEvent: hasEvent[row], location: location, ancillary: ancillary)
    if let start = entry?[row], !start.isNaN {
      terms.add(family.survivalTerms(start, location: location, ancillary: ancillary), times: -1)
    }
    return terms
  }

  /// The same likelihood with the intercept alone.
  var withoutCovariates: ParametricLikelihood {
    ParametricLikelihood(
      family: family, time: time, entry: entry, hasEvent: hasEvent, weights: weights, offset: offset,
      stratum: stratum, stratumCount: stratumCount, columns: columns.prefix(1), spread: [1],
      fixedAncillary: fixedAncillary, threads: threads)
  }
}
