// The log-likelihood of a parametric model with score and information.

import NumericalMethods

/// Log-likelihood of location coefficients and one scale or shape per stratum, on centred and scaled data.
///
/// Parameters are the intercept, one coefficient per column, and one ancillary parameter per stratum (none when fixed).
struct ParametricLikelihood: Sendable {
  var family: ParametricFamily
  /// End of follow-up and entry on the scale of the family; `nil` entry where there is none to condition on.
  let time: [Double]
  let entry: [Double?]?
  let hasEvent: [Bool]
  let weights: [Double]?
  let offset: [Double]?
  let stratum: [Int]
  let stratumCount: Int
  /// A column of ones and the covariates.
  let columns: Matrix
  /// The ancillary parameter where it is not estimated.
  let fixedAncillary: Double?
  let threads: Int

  var rowCount: Int { time.count }
  var parameterCount: Int { columns.columnCount + (fixedAncillary == nil ? stratumCount : 0) }

  func evaluate(_ parameters: [Double]) -> LikelihoodValue {
    let size = columns.columnCount
    var location = offset ?? [Double](repeating: 0, count: rowCount)
    location.withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress else { return }
      ColumnPointers.with(columns) {
        WeightedGram.addLinearPredictor(
          $0, coefficients: Array(parameters[..<size]), into: target, threads: threads)
      }
    }
    var sum = CompensatedSum()
    var first = [Double](repeating: 0, count: rowCount)
    var second = first
    var cross = [[Double]](repeating: [], count: fixedAncillary == nil ? stratumCount : 0)
    for index in cross.indices { cross[index] = [Double](repeating: 0, count: rowCount) }
    var ancillaryScore = [CompensatedSum](repeating: CompensatedSum(), count: stratumCount)
    var ancillaryInformation = ancillaryScore
    for row in 0..<rowCount {
      let group = stratum[row]
      let terms = rowTerms(
        row, location: location[row], ancillary: fixedAncillary ?? parameters[size + group])
      let weight = weights?[row] ?? 1
      sum.add(weight * terms.value)
      first[row] = weight * terms.location
      second[row] = -weight * terms.locationLocation
      guard fixedAncillary == nil else { continue }
      cross[group][row] = -weight * terms.locationAncillary
      ancillaryScore[group].add(weight * terms.ancillary)
      ancillaryInformation[group].add(-weight * terms.ancillaryAncillary)
    }
    var score = WeightedGram.columnSums(columns, vector: first, threads: threads)
    let gram = WeightedGram.matrix(columns, weights: second, threads: threads)
    var information = Matrix(rowCount: parameterCount, columnCount: parameterCount)
    for i in 0..<size {
      for j in 0..<size { information[i, j] = gram[i, j] }
    }
    for group in cross.indices {
      score.append(ancillaryScore[group].value)
      information[size + group, size + group] = ancillaryInformation[group].value
      for (index, value) in WeightedGram.columnSums(columns, vector: cross[group], threads: threads)
        .enumerated()
      {
        information[index, size + group] = value
        information[size + group, index] = value
      }
    }
    return LikelihoodValue(
      logLikelihood: sum.value, derivatives: LikelihoodDerivatives(score: score, information: information))
  }

  private func rowTerms(_ row: Int, location: Double, ancillary: Double) -> RowTerms {
    var terms = family.terms(time[row], hasEvent: hasEvent[row], location: location, ancillary: ancillary)
    if let start = entry?[row] {
      terms.add(family.survivalTerms(start, location: location, ancillary: ancillary), times: -1)
    }
    return terms
  }

  /// The same likelihood with the intercept alone.
  var withoutCovariates: ParametricLikelihood {
    ParametricLikelihood(
      family: family, time: time, entry: entry, hasEvent: hasEvent, weights: weights, offset: offset,
      stratum: stratum, stratumCount: stratumCount, columns: columns.selecting(columns: [0]),
      fixedAncillary: fixedAncillary, threads: threads)
  }
}
