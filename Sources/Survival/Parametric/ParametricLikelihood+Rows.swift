// What some rows add to a parametric likelihood.

import NumericalMethods

extension ParametricLikelihood {
  /// Some rows at given parameters, whose contributions are worked out in the processor's cache.
  struct RowPass {
    let likelihood: ParametricLikelihood
    let rows: Range<Int>
    /// One per stratum.
    let ancillary: [Double]

    /// Contributions of the rows by kind, each `count` numbers.
    private struct Space {
      let location, values, score, information: UnsafeMutablePointer<Double>
    }

    /// Writes information weights of the location, its score, and per stratum what the location's derivative by the ancillary parameter
    /// weighs; adds score and information of the ancillary parameters to `totals`, and returns the log-likelihood.
    func fill(
      weights: UnsafeMutablePointer<Double>, vectors: UnsafeMutablePointer<Double>, groups: Int,
      totals: UnsafeMutablePointer<Double>?,
      addPredictor: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
    ) -> Double {
      let count = rows.count
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: 5 * Swift.max(count, 1)) { buffer in
        guard let base = buffer.baseAddress else { return .nan }
        let space = Space(
          location: base, values: base + count, score: base + 2 * count, information: base + 3 * count)
        let cross = base + 4 * count
        if let offset = likelihood.offset {
          for (index, row) in rows.enumerated() { space.location[index] = offset[row] }
        } else {
          space.location.update(repeating: 0, count: count)
        }
        addPredictor(rows, space.location)
        if case .locationScale(.extremeValue) = likelihood.family, likelihood.entry == nil {
          extremeValues(space, weights, vectors, cross)
        } else {
          anyTerms(space, weights, vectors, cross)
        }
        if groups > 0, let totals { addUp(space, cross, vectors, groups, totals) }
        return WeightedGram.sum(space.values, count: count)
      }
    }

    private func group(_ row: Int) -> Int { likelihood.stratum.map { Int($0[row]) } ?? 0 }

    /// Whatever the family, row by row.
    private func anyTerms(
      _ space: Space, _ weights: UnsafeMutablePointer<Double>, _ scores: UnsafeMutablePointer<Double>,
      _ cross: UnsafeMutablePointer<Double>
    ) {
      for (index, row) in rows.enumerated() {
        let terms = likelihood.rowTerms(
          row, location: space.location[index], ancillary: ancillary[group(row)])
        let weight = likelihood.weights?[row] ?? 1
        space.values[index] = weight * terms.value
        scores[index] = weight * terms.location
        weights[index] = -weight * terms.locationLocation
        cross[index] = -weight * terms.locationAncillary
        space.score[index] = weight * terms.ancillary
        space.information[index] = -weight * terms.ancillaryAncillary
      }
    }

    /// Weibull and exponential models, with exponentials by arrays: δ z − exp z less δ log σ.
    private func extremeValues(
      _ space: Space, _ weights: UnsafeMutablePointer<Double>, _ scores: UnsafeMutablePointer<Double>,
      _ cross: UnsafeMutablePointer<Double>
    ) {
      let scales = ancillary.map { Elementary.exp($0) }
      let single = likelihood.stratum == nil ? 0 : nil as Int?
      for (index, row) in rows.enumerated() {
        let scale = scales[single ?? group(row)]
        space.location[index] = (likelihood.time[row] - space.location[index]) / scale
      }
      let exponentials = UnsafeMutableBufferPointer(start: space.values, count: rows.count)
      Elementary.exp(
        UnsafeBufferPointer(start: UnsafePointer(space.location), count: rows.count), into: exponentials)
      for (index, row) in rows.enumerated() {
        let own = single ?? group(row)
        let (scale, z, e) = (scales[own], space.location[index], exponentials[index])
        let weight = likelihood.weights?[row] ?? 1
        let first = likelihood.hasEvent[row] ? 1 - e : -e
        space.values[index] = weight * (likelihood.hasEvent[row] ? z - e - ancillary[own] : -e)
        scores[index] = -weight * first / scale
        weights[index] = weight * e / (scale * scale)
        cross[index] = -weight * (first - z * e) / scale
        space.score[index] = -weight * (z * first + (likelihood.hasEvent[row] ? 1 : 0))
        space.information[index] = weight * (z * z * e - z * first)
      }
    }

    private func addUp(
      _ space: Space, _ cross: UnsafeMutablePointer<Double>, _ vectors: UnsafeMutablePointer<Double>,
      _ groups: Int, _ totals: UnsafeMutablePointer<Double>
    ) {
      let size = DesignSums.chunkSize
      guard likelihood.stratum != nil else {
        (vectors + size).update(from: cross, count: rows.count)
        totals[0] = WeightedGram.sum(space.score, count: rows.count)
        totals[1] = WeightedGram.sum(space.information, count: rows.count)
        return
      }
      for index in 0..<groups { (vectors + size * (1 + index)).update(repeating: 0, count: rows.count) }
      for (index, row) in rows.enumerated() {
        let own = group(row)
        vectors[size * (1 + own) + index] = cross[index]
        totals[2 * own] += space.score[index]
        totals[2 * own + 1] += space.information[index]
      }
    }
  }
}
