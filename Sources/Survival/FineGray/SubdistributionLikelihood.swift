// The weighted partial likelihood of the subdistribution hazard.

import NumericalMethods

/// Sums over the weighted risk sets at given coefficients.
///
/// S(t) = Σ over those whose own time is not before t, plus G(t−) Σ over earlier competing events of their share
/// divided by G(T−): one sum from the end and one from the start, no subtraction.
final class SubdistributionLikelihood {
  let layout: FineGrayLayout
  let covariates: ScaledCovariates
  let offset: [Double]?
  let threads: Int
  private(set) var risk: [Double]
  /// r / G(T−) of competing events in the bucket of their time.
  private var carriedRisk: [Double]
  private(set) var logLikelihood = -Double.infinity
  /// S0 and, column after column, S1 at each event time.
  private(set) var atRisk: [Double] = []
  private(set) var atRiskCovariates: [Double] = []
  /// Events over S0 at each event time.
  private(set) var hazard: [Double] = []
  /// What was subtracted from every linear predictor.
  private(set) var shift = 0.0

  init(layout: FineGrayLayout, covariates: ScaledCovariates, offset: [Double]?, threads: Int) {
    self.layout = layout
    self.covariates = covariates
    self.offset = offset
    self.threads = threads
    // Every element is written before it is read.
    risk = [Double](unsafeUninitializedCapacity: layout.rowCount) { $1 = layout.rowCount }
    carriedRisk = [Double](unsafeUninitializedCapacity: layout.rowCount) { $1 = layout.rowCount }
  }

  func move(to coefficients: [Double]) {
    var sum = updateRisk(coefficients)
    updateSums()
    let riskSets = layout.riskSets
    for event in 0..<layout.eventTimeCount {
      sum.add(-Double(riskSets.eventCount(event)) * Elementary.log(atRisk[event]))
    }
    logLikelihood = sum.value
    hazard = (0..<layout.eventTimeCount).map { Double(riskSets.eventCount($0)) / atRisk[$0] }
  }

  /// What one pass over some rows finds of their predictors.
  private struct Found: Sendable {
    var magnitude = 0.0
    var greatest = -Double.infinity
    /// Σ η over the rows that have the event.
    var eventSum = CompensatedSum()
  }

  /// Writes r and r / G of every row.
  ///
  /// - Returns: Σ η over the rows that have the event.
  private func updateRisk(_ coefficients: [Double]) -> CompensatedSum {
    shift = 0
    var found = writeRisk(coefficients)
    if !found.allSatisfy({ $0.magnitude < 300 }) {
      let greatest = found.reduce(-.infinity) { Swift.max($0, $1.greatest) }
      if greatest.isFinite {
        shift = greatest
        found = writeRisk(coefficients)
      }
    }
    var sum = CompensatedSum()
    for part in found { sum.add(part.eventSum) }
    return sum
  }

  private func writeRisk(_ coefficients: [Double]) -> [Found] {
    let (riskSets, inverse, offset, shift) = (layout.riskSets, layout.inverseCensoring, offset, shift)
    let (chunks, threads, covariates) = (riskSets.chunks, threads, covariates)
    return risk.withUnsafeMutableBufferPointer { risk in
      carriedRisk.withUnsafeMutableBufferPointer { carried in
        inverse.withUnsafeBufferPointer { inverse in
          covariates.withPredictor(coefficients) { addPredictor in
            guard let first = risk.baseAddress else { return [] }
            nonisolated(unsafe) let (eta, carried, inverse) = (first, carried, inverse)
            return Parallel.map(chunks: chunks.count, threads: threads) { chunk in
              let rows = chunks[chunk]
              for row in rows { eta[row] = offset.map { $0[row] } ?? 0 }
              addPredictor(rows, eta + rows.lowerBound)
              var found = Found()
              for row in rows {
                if shift != 0 { eta[row] -= shift }
                // Not-a-number must be seen.
                found.magnitude = eta[row].magnitude <= found.magnitude ? found.magnitude : eta[row].magnitude
                found.greatest = Swift.max(found.greatest, eta[row])
              }
              riskSets.forEachBucket(in: rows) { _, dying, _ in
                for row in dying { found.eventSum.add(eta[row]) }
              }
              let values = UnsafeMutableBufferPointer(start: eta + rows.lowerBound, count: rows.count)
              Elementary.exp(UnsafeBufferPointer(values), into: values)
              for row in rows { carried[row] = eta[row] * inverse[row] }
              return found
            }
          }
        }
      }
    }
  }

  private func updateSums() {
    let (count, columnCount) = (layout.eventTimeCount, covariates.columnCount)
    // Early rows have no part in the sums over their bucket: neither as at risk nor as carried on from it.
    let early = layout.early.map { (place: $0, risk: risk[$0], carried: carriedRisk[$0]) }
    for row in early {
      risk[row.place] = 0
      carriedRisk[row.place] = 0
    }
    var own = bucketSums(risk)
    var carried = bucketSums(carriedRisk)
    for row in early { risk[row.place] = row.risk }
    let start = earlySums(early.map { (place: $0.place, share: $0.carried) })
    let censoring = layout.censoring
    own.withUnsafeMutableBufferPointer { own in
      carried.withUnsafeMutableBufferPointer { carried in
        for column in 0...columnCount {
          let place = column * count
          for event in (0..<count).dropLast().reversed() { own[place + event] += own[place + event + 1] }
          var sum = start[column]
          for event in 0..<count {
            own[place + event] += censoring[event] * sum
            sum += carried[place + event]
          }
        }
      }
    }
    atRisk = Array(own[..<count])
    atRiskCovariates = Array(own[count...])
  }

  /// Sums of a vector and of its products with the covariates over the rows of each bucket, column after column.
  private func bucketSums(_ vector: [Double]) -> [Double] {
    let (count, columnCount) = (layout.eventTimeCount, covariates.columnCount)
    let (riskSets, covariates) = (layout.riskSets, covariates)
    let pieces = FixedChunks(count: count, size: 128)
    return [Double](unsafeUninitializedCapacity: count * (columnCount + 1)) { buffer, initialized in
      initialized = count * (columnCount + 1)
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base
      vector.withUnsafeBufferPointer { vector in
        guard let vectorBase = vector.baseAddress else { return }
        nonisolated(unsafe) let vector = vectorBase
        Parallel.forEach(chunks: pieces.count, threads: threads) { piece in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: columnCount + 1) { space in
            guard let sums = space.baseAddress else { return }
            for event in pieces[piece] {
              let rows = riskSets.bucket(event)
              sums.update(repeating: 0, count: columnCount + 1)
              covariates.addSums(vector + rows.lowerBound, rows: rows, to: sums)
              var total = 0.0
              for row in rows { total += vector[row] }
              target[event] = total
              for column in 0..<columnCount { target[(column + 1) * count + event] = sums[column] }
            }
          }
        }
      }
    }
  }

  /// The same over the early rows, with the share that they carry.
  private func earlySums(_ early: [(place: Int, share: Double)]) -> [Double] {
    var sums = [Double](repeating: 0, count: covariates.columnCount + 1)
    guard !early.isEmpty else { return sums }
    sums[0] = early.reduce(0) { $0 + $1.share }
    for column in 0..<covariates.columnCount {
      let values = covariates.values(column, at: early.map(\.place))
      for (row, value) in zip(early, values) { sums[column + 1] += row.share * value }
    }
    return sums
  }

  func derivatives() -> LikelihoodDerivatives {
    let exposure = SubdistributionExposure(layout, hazard)
    let layout = layout
    let (score, rows) = risk.withUnsafeBufferPointer { risk in
      nonisolated(unsafe) let risk = risk
      return covariates.sums(threads: threads) { rows, exposed, residuals in
        exposure.write(layout, rows: rows, to: exposed)
        for index in 0..<rows.count {
          exposed[index] *= risk[rows.lowerBound + index]
          residuals[index] = -exposed[index]
        }
        layout.riskSets.forEachEvent(in: rows) { row, _ in residuals[row - rows.lowerBound] += 1 }
      }
    }
    let weights = (0..<layout.eventTimeCount).map { hazard[$0] / atRisk[$0] }
    let events = weights.withUnsafeBufferPointer { weights in
      ScaledCovariates.withColumns(
        atRiskCovariates, columnCount: covariates.columnCount, rowCount: layout.eventTimeCount
      ) { WeightedGram.matrix($0, weights: weights.baseAddress, threads: threads) }
    }
    return LikelihoodDerivatives(score: score, information: rows - events)
  }
}

/// Σ over event times of weight(t) · increment(t), for any row.
struct SubdistributionExposure: Sendable {
  private var plain: [Double]
  private var weighted: [Double]

  init(_ layout: FineGrayLayout, _ increments: [Double]) {
    let count = layout.eventTimeCount
    plain = [Double](repeating: 0, count: count + 1)
    weighted = plain
    var sum = CompensatedSum()
    var weightedSum = CompensatedSum()
    for event in 0..<count {
      sum.add(increments[event])
      weightedSum.add(layout.censoring[event] * increments[event])
      plain[event + 1] = sum.value
      weighted[event + 1] = weightedSum.value
    }
  }

  /// Written from the first of the rows on.
  func write(_ layout: FineGrayLayout, rows: Range<Int>, to output: UnsafeMutablePointer<Double>) {
    let last = weighted[weighted.count - 1]
    layout.inverseCensoring.withUnsafeBufferPointer { inverse in
      layout.riskSets.forEachBucket(in: rows) { event, dying, staying in
        let (value, rest) = (plain[event + 1], last - weighted[event + 1])
        for row in dying.lowerBound..<staying.upperBound {
          output[row - rows.lowerBound] = value + rest * inverse[row]
        }
      }
    }
    guard let first = layout.early.first, rows.contains(first) || rows.lowerBound > first else { return }
    for row in layout.early where rows.contains(row) {
      output[row - rows.lowerBound] = plain[0] + (last - weighted[0]) * layout.inverseCensoring[row]
    }
  }
}
