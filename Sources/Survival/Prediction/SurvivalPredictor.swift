// Survival of many rows at once, without standard errors: what measures of prediction need.

import NumericalMethods

/// A fitted model's predictions for the rows of a design.
public struct SurvivalPredictor: Sendable {
  private let bases: [PredictionBasis]
  /// Stratum of each row; `nil` where there is one.
  let codes: [Int32]?
  /// The factor of each row's hazard.
  let factors: [Double]
  /// How many threads work; no result depends on it.
  public let threads: Int

  fileprivate init(bases: [PredictionBasis], codes: [Int32]?, predictors: [Double], threads: Int) {
    self.bases = bases
    self.codes = codes
    self.threads = threads
    factors = Self.chunked(predictors.count, threads) { rows, output in
      predictors.withUnsafeBufferPointer {
        Elementary.exp(UnsafeBufferPointer(rebasing: $0[rows]), into: output)
      }
    }
  }

  /// Number of rows.
  public var rowCount: Int { factors.count }

  /// The cumulative hazard of each stratum at a time, which the rows' factors multiply.
  func hazards(at time: Double) -> [Double] {
    bases.map { basis in
      StepIndex.last(in: basis.time, notAfter: time).map { basis.hazard[$0] } ?? 0
    }
  }

  /// S(t | x) of every row; beyond the end of follow-up of its stratum the value at that end.
  public func survival(at time: Double) -> [Double] {
    let hazards = hazards(at: time)
    return Self.chunked(rowCount, threads) { rows, output in
      if let codes {
        for (index, row) in rows.enumerated() { output[index] = -hazards[Int(codes[row])] * factors[row] }
      } else {
        let hazard = hazards.first ?? 0
        for (index, row) in rows.enumerated() { output[index] = -hazard * factors[row] }
      }
      Elementary.exp(UnsafeBufferPointer(output), into: output)
    }
  }

  private static func chunked(
    _ count: Int, _ threads: Int,
    _ body: @Sendable (Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    let chunks = FixedChunks(count: count)
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        body(chunks[chunk], UnsafeMutableBufferPointer(rebasing: buffer[chunks[chunk]]))
      }
      initialized = count
    }
  }
}

extension CoxFit {
  /// Predictions for new rows, given as for `predictedSurvival`.
  ///
  /// - Throws: `SurvivalInputError` for `covariate` (number of columns), `strata` or `offset`.
  public func survivalPredictor(
    _ design: CoxDesign, strata: [Int]? = nil, offset: [Double]? = nil
  ) throws(SurvivalInputError) -> SurvivalPredictor {
    let bases = PredictionBasis.all(of: self)
    let threads = model.options.threads
    if bases.count == 1, strata == nil, let basis = bases.first {
      try checkPrediction(design, offset: offset)
      return SurvivalPredictor(
        bases: bases, codes: nil,
        predictors: basis.predictors(
          of: design.columns.map(\.values), rowCount: design.rowCount, offset: offset), threads: threads)
    }
    let codes = try predictionStrata(design, strata: strata, offset: offset)
    let predictors = codes.indices.map { row in
      bases[codes[row]].predictor(of: design.row(row), offset: offset?[row])
    }
    return SurvivalPredictor(
      bases: bases, codes: codes.map { Int32(truncatingIfNeeded: $0) }, predictors: predictors,
      threads: threads)
  }
}
