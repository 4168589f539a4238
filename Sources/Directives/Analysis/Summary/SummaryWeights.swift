// The weights of a Table 1's rows, and samples with and without them.

import DataTables
import Diagnostics
import HypothesisTests
import NumericalMethods

/// What each row of a weighted table counts for. Rows without a weight, or with a weight of 0, are left out.
struct SummaryWeights: Sendable {
  let name: String
  /// One per row that is described.
  let values: [Double]
  /// Rows left out.
  let missingCount: Int
  let zeroCount: Int

  /// - Returns: the weights, and the data set with the rows that have one.
  static func of(_ name: ColumnName, _ dataSet: DataSet) throws(Diagnostic) -> (SummaryWeights, DataSet) {
    let column = try dataSet.column(name.name, at: name.range)
    guard column.type.isNumeric || column.type == .flag else {
      throw Diagnostic(
        .invalidWeight, "'\(name.name)' holds no numbers to weight rows by", at: name.range,
        remedy: "name a column of numbers that are 0 or more")
    }
    let all = column.numbers()
    let faulty = all.indices.filter { all[$0] < 0 || all[$0].isInfinite }
    if !faulty.isEmpty {
      let notes = faulty.prefix(3).compactMap { row in
        dataSet.table.origin.map {
          Diagnostic.Note("data row \($0.fileRow(row))", at: $0.location(row: row, column: name.name))
        }
      }
      throw Diagnostic(
        .invalidWeight,
        "weights that are negative or infinite in \(faulty.count) row\(faulty.count == 1 ? "" : "s")",
        at: name.range, remedy: "correct the data, or leave the rows out with 'where:'", notes: Array(notes))
    }
    let rows = all.indices.filter { all[$0] > 0 }
    let missing = all.count { $0.isNaN }
    let weights = SummaryWeights(
      name: name.name, values: rows.map { all[$0] }, missingCount: missing,
      zeroCount: all.count - missing - rows.count)
    return (weights, dataSet.keeping(rows.map { Int32(clamping: $0) }))
  }

  /// Sums by code; rows with a code outside 0..<count belong nowhere.
  func sums(_ codes: [Int32], count: Int) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for (code, weight) in zip(codes, values) where code >= 0 && Int(code) < count {
      sums[Int(code)].add(weight)
    }
    return sums.map(\.value)
  }

  /// (Σ w)² / Σ w² by code.
  func effectiveSizes(_ codes: [Int32], count: Int) -> [Double] {
    var squares = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for (code, weight) in zip(codes, values) where code >= 0 && Int(code) < count {
      squares[Int(code)].add(weight * weight)
    }
    return zip(sums(codes, count: count), squares).map { $1.value > 0 ? $0 * $0 / $1.value : 0 }
  }
}

/// Numbers of one variable in one group, weighted or not.
protocol SummarySample: Sendable {
  var values: [Double] { get }
  var count: Int { get }
  var mean: Double { get }
  var standardDeviation: Double { get }
  var minimum: Double { get }
  var maximum: Double { get }
  func quantile(_ probability: Double, type: QuantileType) -> Double
  /// This minus the other; not-a-number for samples of different kinds.
  func standardisedDifference(to other: any SummarySample) -> Double
}

extension NumericSample: SummarySample {
  func standardisedDifference(to other: any SummarySample) -> Double {
    (other as? NumericSample).map { StandardisedDifference.ofMeans(self, $0) } ?? .nan
  }
}

extension WeightedSample: SummarySample {
  /// Types 1 and 2 alone have weighted forms that depend on the weights' ratios only.
  func quantile(_ probability: Double, type: QuantileType) -> Double {
    quantile(probability, averaged: type != .one)
  }

  func standardisedDifference(to other: any SummarySample) -> Double {
    (other as? WeightedSample).map { StandardisedDifference.ofMeans(self, $0) } ?? .nan
  }
}
