// Each row's influence on the Fine–Gray score, that through the censoring distribution included.

import NumericalMethods

/// η + ψ of Fine and Gray (1999) of every row, on the scale of the scaled covariates.
///
/// η is the weighted score residual. ψ is the row's part in the estimate of the censoring distribution:
/// q(T) / Y(T) if censored at T, less Σ_{u ≤ T} q(u) dN^c(u) / Y(u)², with
/// q(u) = Σ_{t ≥ u} G(t−) dΛ(t) (C1(u) − x̄(t) C0(u)) and C the sums over competing events before u of r / G(T−).
struct SubdistributionScores {
  private let likelihood: SubdistributionLikelihood
  private let outcome: SurvivalOutcome
  private let layout: FineGrayLayout
  private let exposure: SubdistributionExposure

  private static let chunkSize = WeightedGram.chunkSize

  init(_ likelihood: SubdistributionLikelihood, outcome: SurvivalOutcome) {
    self.likelihood = likelihood
    self.outcome = outcome
    layout = likelihood.layout
    exposure = SubdistributionExposure(layout, likelihood.hazard)
  }

  /// What one column needs by time.
  private struct Column: Sendable {
    let number: Int
    let table: [Double]?
    let mean: [Double]
    let exposure: SubdistributionExposure
    /// ψ by distinct time, and what is added to it for who is censored there.
    let cumulative: [Double]
    let atTime: [Double]

    /// What somebody censored before the first event adds to the score: no share in any risk set, only in G.
    func censored(_ rank: Int) -> Double { cumulative[rank] + atTime[rank] }
  }

  /// Σ_c u_c u_c' with u_c the sum over the rows of a cluster, or over each row alone: rows and columns as `active`.
  func crossProduct(columns active: [Int], clusters: GroupCodes?) -> Matrix {
    let size = likelihood.covariates.columnCount
    let columns = prepared(active)
    let block = clusters.map { clustered(columns, $0) } ?? byRow(columns)
    var result = Matrix(rowCount: size, columnCount: size)
    for (i, row) in active.enumerated() {
      for (j, column) in active.enumerated() { result[row, column] = block[i, j] }
    }
    return result
  }

  /// Rows stand in an order that does not depend on the file's; who is in no risk set is added by time.
  private func byRow(_ columns: [Column]) -> Matrix {
    let p = columns.count
    let rows = Rows(self)
    let packed = WeightedGram.chunkSum(
      rowCount: layout.rowCount, length: p * (p + 1) / 2, threads: likelihood.threads
    ) { range, output in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: (p + 3) * Self.chunkSize) { space in
        guard let base = space.baseAddress else { return }
        let first = base + 3 * Self.chunkSize
        for (index, column) in columns.enumerated() {
          rows.write(column, range, to: first + index * Self.chunkSize, space: base)
        }
        WeightedGram.packedGram(
          ColumnPointers(
            (0..<p).map { UnsafePointer(first + $0 * Self.chunkSize) }, rowCount: range.count), to: output)
      }
    }
    var result = Matrix(rowCount: p, columnCount: p)
    let left = leftOut
    for j in 0..<p {
      for k in 0...j {
        var sum = packed[j * (j + 1) / 2 + k]
        for time in left {
          sum += Double(time.count) * columns[j].censored(time.rank) * columns[k].censored(time.rank)
        }
        result[j, k] = sum
        result[k, j] = sum
      }
    }
    return result
  }

  private func clustered(_ columns: [Column], _ clusters: GroupCodes) -> Matrix {
    let rows = Rows(self)
    let (layout, outcome) = (layout, outcome)
    let early = Int32(clamping: layout.rank.isEmpty ? 0 : firstEventRank)
    let before = outcome.order.ascending.prefix {
      outcome.order.rank[Int($0)] < early
    }.filter { outcome.event[Int($0)] == 0 }
    let sums = Parallel.map(chunks: columns.count, threads: likelihood.threads) { index in
      var sums = [Double](repeating: 0, count: clusters.count)
      for row in before {
        sums[Int(clusters.codes[Int(row)])] += columns[index].censored(Int(outcome.order.rank[Int(row)]))
      }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * Self.chunkSize) { space in
        guard let base = space.baseAddress else { return }
        for range in FixedChunks(count: layout.rowCount, size: Self.chunkSize) {
          rows.write(columns[index], range, to: base, space: base + Self.chunkSize)
          for row in range {
            sums[Int(clusters.codes[Int(layout.riskSets.rows[row])])] += base[row - range.lowerBound]
          }
        }
      }
      return sums
    }
    return ContentOrder.crossProduct(sums, threads: likelihood.threads)
  }

  private var firstEventRank: Int { layout.eventsBefore.lastIndex(of: 0) ?? 0 }

  /// Times before the first event with the number of rows censored there.
  private var leftOut: [(rank: Int, count: Int)] {
    (0..<firstEventRank).map { (rank: $0, count: Int(layout.censored[$0])) }.filter { $0.count > 0 }
  }

  /// The rows' part, which threads can share.
  private struct Rows: Sendable {
    let layout: FineGrayLayout
    let covariates: ScaledCovariates
    let risk: [Double]
    let exposure: SubdistributionExposure

    init(_ scores: SubdistributionScores) {
      layout = scores.layout
      covariates = scores.likelihood.covariates
      risk = scores.likelihood.risk
      exposure = scores.exposure
    }

    /// η + ψ of some rows, written from their first on; `space` holds twice as many numbers.
    func write(
      _ column: Column, _ rows: Range<Int>, to output: UnsafeMutablePointer<Double>,
      space: UnsafeMutablePointer<Double>
    ) {
      let (x, exposed) = (space, space + rows.count)
      covariates.write(column.number, table: column.table, rows: rows, to: x)
      exposure.write(layout, rows: rows, to: exposed)
      column.exposure.write(layout, rows: rows, to: output)
      let riskSets = layout.riskSets
      risk.withUnsafeBufferPointer { risk in
        layout.rank.withUnsafeBufferPointer { rank in
          layout.inverseCensoring.withUnsafeBufferPointer { inverse in
            for index in 0..<rows.count {
              let row = rows.lowerBound + index
              let time = Int(rank[row])
              output[index] = risk[row] * (output[index] - x[index] * exposed[index])
              output[index] += column.cumulative[time]
            }
            // Who is censored, not who has an event or a competing one.
            riskSets.forEachBucket(in: rows) { _, _, staying in
              for row in staying where inverse[row] == 0 {
                output[row - rows.lowerBound] += column.atTime[Int(rank[row])]
              }
            }
          }
        }
      }
      riskSets.forEachEvent(in: rows) { row, event in
        output[row - rows.lowerBound] += x[row - rows.lowerBound] - column.mean[event]
      }
    }
  }

  private func prepared(_ active: [Int]) -> [Column] {
    let (hazard, count) = (likelihood.hazard, layout.eventTimeCount)
    let (layout, covariates) = (layout, likelihood.covariates)
    let (atRisk, atRiskCovariates) = (likelihood.atRisk, likelihood.atRiskCovariates)
    let weightedHazard = Self.tail(count) { layout.censoring[$0] * hazard[$0] }
    let competing = layout.inverseCensoring.indices.filter { layout.inverseCensoring[$0] > 0 }
    let shares = competing.map { likelihood.risk[$0] * layout.inverseCensoring[$0] }
    let carriedRisk = Self.carried(competing, shares, layout)
    return Parallel.map(chunks: active.count, threads: likelihood.threads) { index in
      let column = active[index]
      let mean = (0..<count).map { atRiskCovariates[column * count + $0] / atRisk[$0] }
      let weightedMean = Self.tail(count) { layout.censoring[$0] * hazard[$0] * mean[$0] }
      let values = covariates.values(column, at: competing)
      let carriedCovariate = Self.carried(
        competing, zip(values, shares).map { $0 * $1 }, layout)
      var atTime = [Double](repeating: 0, count: layout.atRisk.count)
      var cumulative = atTime
      var sum = CompensatedSum()
      for time in atTime.indices {
        let later = layout.eventsBefore[time]
        let q = carriedCovariate[time] * weightedHazard[later] - carriedRisk[time] * weightedMean[later]
        let atRisk = layout.atRisk[time]
        atTime[time] = q / atRisk
        sum.add(-q * layout.censored[time] / (atRisk * atRisk))
        cumulative[time] = sum.value
      }
      return Column(
        number: column, table: covariates.table(column), mean: mean,
        exposure: SubdistributionExposure(layout, (0..<count).map { hazard[$0] * mean[$0] }),
        cumulative: cumulative, atTime: atTime)
    }
  }

  /// Σ of a quantity over the event times from each on; one more element, 0.
  private static func tail(_ count: Int, _ value: (Int) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: count + 1)
    for event in (0..<count).reversed() { result[event] = result[event + 1] + value(event) }
    return result
  }

  /// Σ of values at some places over those before each distinct time.
  private static func carried(_ places: [Int], _ values: [Double], _ layout: FineGrayLayout) -> [Double] {
    var result = [Double](repeating: 0, count: layout.atRisk.count + 1)
    for (place, value) in zip(places, values) { result[Int(layout.rank[place]) + 1] += value }
    for time in result.indices.dropFirst() { result[time] += result[time - 1] }
    return result
  }
}
