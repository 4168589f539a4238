// What a data set can be asked in sentences and claims.

import DataTables
import Diagnostics

/// The functions behind a data set's id: `nelm.count(age >= 65)`.
public enum DataFunction: String, Sendable, CaseIterable {
  /// What each answers stands in its `summary`, which the manual prints.
  case count, percent, missing, sum, mean, sd, median, min, max, quantile

  var signature: String {
    switch self {
    case .count, .percent: "(condition)"
    case .quantile: "(x, p)"
    default: "(x)"
    }
  }

  var summary: String {
    switch self {
    case .count: "How many rows meet the condition; rows where it is missing do not."
    case .percent: "The rows that meet the condition, in percent of those where it is not missing."
    case .missing: "How many rows have no value."
    case .sum: "The sum over the rows that have a value."
    case .mean: "The mean of the rows that have a value."
    case .sd: "The standard deviation (n - 1) of the rows that have a value."
    case .median: "The median of the rows that have a value (quantile of type 7)."
    case .min: "The smallest value."
    case .max: "The largest value."
    case .quantile: "The quantile p (0 to 1) of the rows that have a value, type 7 as in R."
    }
  }

  var example: String {
    switch self {
    case .count: "nelm.count(primary_site == \"pancreas\")"
    case .percent: "nelm.percent(age >= 65) | digits 1"
    case .missing: "nelm.missing(chromogranin_a)"
    case .quantile: "nelm.quantile(age, 0.25)"
    default: "nelm.\(rawValue)(age)"
    }
  }
}

/// Numbers over all rows, the same for every order of the rows.
package enum Aggregate {
  package static func present(_ values: [Double]) -> [Double] { values.filter { !$0.isNaN } }

  /// Exact for whole numbers; otherwise summed in ascending order with compensation.
  package static func sum(_ values: [Double]) -> Double {
    let isWhole = values.allSatisfy { $0.rounded() == $0 && abs($0) < 4_294_967_296 }
    if isWhole, values.count < 2_000_000 { return values.reduce(0, +) }
    var sum = 0.0
    var lost = 0.0
    for value in values.sorted() {
      let next = sum + value
      lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + lost
  }

  package static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : sum(values) / Double(values.count)
  }

  package static func standardDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    let mean = mean(values)
    return (sum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)).squareRoot()
  }

  /// Type 7: linear between the order statistics at h = (n - 1) p.
  package static func quantile(_ values: [Double], _ probability: Double) -> Double {
    guard !values.isEmpty, probability >= 0, probability <= 1 else { return .nan }
    let sorted = values.sorted()
    let position = Double(sorted.count - 1) * probability
    // R forgives a fuzz of four units of rounding, so that 0.35 * 20 is taken for 7.
    let low = (position + 4 * Double.ulpOfOne).rounded(.down)
    let share = position - low
    let index = min(max(Int(low), 0), sorted.count - 1)
    guard abs(share) > 1e-12, index + 1 < sorted.count else { return sorted[index] }
    return (1 - share) * sorted[index] + share * sorted[index + 1]
  }
}
