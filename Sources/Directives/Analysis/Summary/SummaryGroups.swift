// The columns of a Table 1: the groups, and the rows of each.

import DataTables
import Diagnostics
import HypothesisTests

/// The groups that are described side by side; without a grouping column one without a name.
struct SummaryGroups: Sendable {
  static let mostGroups = 30

  let label: String
  /// Empty without a grouping column.
  let names: [String]
  /// What heads the columns: the name, with the label before it where it is a number or true or false.
  let headings: [String]
  /// Where every value of a number is a group.
  let warnings: [Diagnostic]
  /// For each row of the data set its group; -1 where the group is missing.
  let codes: [Int32]
  let sizes: [Int]
  /// What each row counts for; `nil` where all count for one.
  let weights: SummaryWeights?
  /// Whose rows they are, where some patients have several.
  let patients: PatientCodes?

  init(
    _ column: Column?, named name: ColumnName?, rowCount: Int, weights: SummaryWeights? = nil,
    patients: PatientCodes? = nil
  ) throws(Diagnostic) {
    self.weights = weights
    self.patients = patients
    guard let column, let name else {
      label = ""
      warnings = []
      names = []
      headings = []
      codes = [Int32](repeating: 0, count: rowCount)
      sizes = [rowCount]
      return
    }
    let categories = Categories(column).withoutUnused
    if categories.names.count > Self.mostGroups {
      throw Diagnostic(
        .invalidOption,
        "'\(column.name)' has \(categories.names.count) distinct values, too many for groups", at: name.range,
        remedy: column.type.isNumeric
          ? "derive groups with cut(\(column.name), [50, 65])" : "name a column with fewer levels")
    }
    let count = categories.names.count
    warnings =
      column.type.isNumeric && count >= Grouping.manyValues
      ? [
        Grouping.manyGroups(
          count, of: column.name, at: name.range, remedy: "derive groups with cut(\(column.name), [50, 65])")
      ] : []
    let label = column.label
    self.label = label
    names = categories.names
    headings = GroupHeadings.text(names, label: label, isFlag: column.type == .flag)
    codes = categories.codes
    sizes = categories.counts
  }

  /// One more than none: without a grouping column all rows are one group.
  var count: Int { sizes.count }
  var rowCount: Int { sizes.reduce(0, +) }
  var ungroupedCount: Int { codes.count - rowCount }
  /// Declared, but without rows.
  var emptyNames: [String] { zip(names, sizes).filter { $1 == 0 }.map(\.0) }

  /// Patients of a group, or of all groups; `nil` where rows are all that is known.
  func patientCount(group: Int? = nil) -> Int? {
    patients?.count { row in group.map { Int(codes[row]) == $0 } ?? (codes[row] >= 0) }
  }

  /// Sums of weights by group; the rows where there are none.
  var weightSums: [Double] {
    guard let weights else { return sizes.map { Double($0) } }
    return weights.sums(codes, count: count)
  }

  /// The values of each group, those that are missing counted instead.
  func split(_ values: [Double]) -> (samples: [[Double]], missing: [Int]) {
    var samples = [[Double]](repeating: [], count: count)
    for (group, size) in sizes.enumerated() { samples[group].reserveCapacity(size) }
    var missing = [Int](repeating: 0, count: count)
    for (group, value) in zip(codes, values) where samples.indices.contains(Int(group)) {
      if value.isNaN { missing[Int(group)] += 1 } else { samples[Int(group)].append(value) }
    }
    return (samples, missing)
  }

  /// The values of each group and of all, put in order; those that are missing left out.
  func samples(_ values: [Double]) -> (groups: [any SummarySample], pooled: any SummarySample) {
    let samples = split(values).samples
    let pooled = samples.flatMap(\.self)
    if let weights {
      let present = zip(weights.values, values).map { $1.isNaN ? .nan : $0 }
      let own = split(present).samples
      let groups = zip(samples, own).compactMap { try? WeightedSample($0, weights: $1) }
      if groups.count == count, let all = try? WeightedSample(pooled, weights: own.flatMap(\.self)) {
        return (groups, all)
      }
    }
    return (samples.map { NumericSample($0) }, NumericSample(pooled))
  }

  /// Rows without a value by group, and their weights.
  func missing(_ isMissing: [Bool]) -> (counts: [Int], weights: [Double]) {
    var counts = [Int](repeating: 0, count: count)
    for (group, isMissing) in zip(codes, isMissing) where isMissing && counts.indices.contains(Int(group)) {
      counts[Int(group)] += 1
    }
    guard let weights else { return (counts, counts.map { Double($0) }) }
    return (counts, weights.sums(zip(codes, isMissing).map { $1 ? $0 : -1 }, count: count))
  }

  /// Rows by group and category.
  func count(_ categories: Categories) -> [[Int]] {
    let width = categories.names.count
    var counts = [Int](repeating: 0, count: count * width)
    for (group, category) in zip(codes, categories.codes) where group >= 0 && Int(group) < count {
      if category >= 0, Int(category) < width { counts[Int(group) * width + Int(category)] += 1 }
    }
    return (0..<count).map { Array(counts[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// Sums of weights by group and category; the counts where there are no weights.
  func weigh(_ categories: Categories, _ counts: [[Int]]) -> [[Double]] {
    guard let weights else { return counts.map { $0.map { Double($0) } } }
    let width = categories.names.count
    let cells = zip(codes, categories.codes).map { group, category in
      group < 0 || category < 0 ? -1 : group * Int32(clamping: width) + category
    }
    let sums = weights.sums(cells, count: count * width)
    return (0..<count).map { Array(sums[($0 * width)..<(($0 + 1) * width)]) }
  }
}
