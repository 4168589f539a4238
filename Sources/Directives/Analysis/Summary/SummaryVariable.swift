// One variable of a Table 1, by group.

import DataTables
import Diagnostics
import HypothesisTests
import NumericalMethods

/// The values of a column in each group: numbers as ordered samples, everything else as counts.
struct SummaryVariable: Sendable {
  static let mostLevels = 100

  let column: Column
  let content: Content
  /// How numbers and dates are printed.
  let forms: [SummaryForm]
  /// Rows without a value, by group.
  let missing: [Int]
  /// Their weights; the rows where there are none.
  let missingWeights: [Double]
  /// Whole numbers, no more than two different ones, and nobody said how to describe them: more likely a code than a
  /// measurement.
  let looksCoded: Bool

  enum Content: Sendable {
    case numbers(Numbers)
    case levels(Levels)
  }

  struct Numbers: Sendable {
    let groups: [any SummarySample]
    let pooled: any SummarySample
    /// Days since 1970-01-01.
    let areDates: Bool
  }

  struct Levels: Sendable {
    let names: [String]
    /// By group, then level.
    let counts: [[Int]]
    /// Sums of weights likewise; the counts where there are none.
    let weights: [[Double]]
    /// True and false on one line, the line of true.
    let isFlag: Bool

    var totals: [Int] { counts.map { $0.reduce(0, +) } }
    var weightTotals: [Double] { weights.map { CompensatedSum.of($0) } }
    func pooled(_ level: Int) -> Int {
      counts.reduce(0) { $0 + ($1.indices.contains(level) ? $1[level] : 0) }
    }
    func pooledWeight(_ level: Int) -> Double {
      CompensatedSum.of(weights.compactMap { $0.indices.contains(level) ? $0[level] : nil })
    }
  }

  /// - Parameter usual: how numbers are described where the variable names nothing of its own.
  init(
    _ request: SummaryRequest, in dataSet: DataSet, _ groups: SummaryGroups, usual: [SummaryForm]
  ) throws(Diagnostic) {
    column = try dataSet.column(request.column.name, at: request.column.range)
    let isCounted = column.type.hasLevels || column.type == .flag || request.forms.contains(.levels)
    guard isCounted else {
      try Self.check(request, column)
      let values = column.numbers()
      let samples = groups.samples(values)
      let areDates = column.type == .date
      (missing, missingWeights) = groups.missing(values.map(\.isNaN))
      let pooled = samples.pooled
      content = .numbers(Numbers(groups: samples.groups, pooled: pooled, areDates: areDates))
      looksCoded = request.forms.isEmpty && Self.looksCoded(column, pooled.values)
      forms = request.forms.isEmpty ? (areDates ? [.range] : usual) : request.forms
      return
    }
    if let other = request.forms.first(where: { $0 != .levels }) {
      let message =
        request.forms.contains(.levels)
        ? "'levels' stands alone" : "'\(column.name)' holds no numbers for '\(other.rawValue)'"
      throw Diagnostic(
        .invalidOption, message, at: request.formsRange ?? request.column.range,
        remedy: "leave the choice out, or write 'levels'")
    }
    let categories = Categories(column).withoutUnused
    if categories.names.count > Self.mostLevels {
      throw Diagnostic(
        .invalidOption,
        "'\(column.name)' has \(categories.names.count) distinct values, too many to count one by one",
        at: request.column.range, remedy: "leave it out, or derive a column with fewer levels")
    }
    let counts = groups.count(categories)
    (missing, missingWeights) = groups.missing(categories.codes.map { $0 < 0 })
    content = .levels(
      Levels(
        names: categories.names, counts: counts, weights: groups.weigh(categories, counts),
        isFlag: column.type == .flag && request.forms.isEmpty))
    forms = [.levels]
    looksCoded = false
  }

  private static func check(_ request: SummaryRequest, _ column: Column) throws(Diagnostic) {
    guard column.type == .date, request.forms.contains(.mean) else { return }
    throw Diagnostic(
      .invalidOption, "'\(column.name)' holds dates, which have no standard deviation to print",
      at: request.formsRange ?? request.column.range, remedy: "write 'range' or 'median'")
  }

  private static func looksCoded(_ column: Column, _ values: [Double]) -> Bool {
    guard column.type == .integer, values.count > 2, let first = values.first, let last = values.last else {
      return false
    }
    return values.allSatisfy { $0 == first || $0 == last }
  }

  /// First minus second of two groups; `nil` unless there are two.
  var standardisedDifference: Double? {
    switch content {
    case .numbers(let numbers):
      guard numbers.groups.count == 2 else { return nil }
      return numbers.groups[0].standardisedDifference(to: numbers.groups[1])
    case .levels(let levels):
      guard levels.counts.count == 2 else { return nil }
      guard levels.isFlag, let position = levels.names.firstIndex(of: "true") else {
        return StandardisedDifference.ofLevels(levels.weights[0], levels.weights[1])
      }
      let totals = levels.weightTotals
      return StandardisedDifference.ofProportions(
        levels.weights[0][position], of: totals[0], levels.weights[1][position], of: totals[1])
    }
  }
}
