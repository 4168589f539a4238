// Which rows an analysis can use, and why the others are left out.

import DataTables
import NumericalMethods

/// The rows of a table that have a value in everything an analysis uses.
struct CompleteCases: Sendable {
  /// One thing a row needs, with the rows that lack it.
  struct Requirement {
    /// As results name it: a column's label, or what the author wrote.
    let label: String
    /// In print, where that is not the label: a condition without code.
    var printed: String?
    /// One entry per row; empty where no row lacks it.
    let isMissing: [Bool]
  }

  /// Rows left out for want of one variable; a row that lacks several counts with the first.
  struct Exclusion: Sendable, Equatable {
    let label: String
    let count: Int
    var printed: String?
    /// In print.
    var words: String { printed ?? label }
  }

  /// Rows that can be used.
  let count: Int
  let rowCount: Int
  /// `nil` for all.
  private let selected: [Int32]?
  private let all = OnceValue<[Int32]>()

  /// Ascending, unless they were arranged.
  var rows: [Int32] {
    selected ?? all.value { (0..<rowCount).map { Int32(truncatingIfNeeded: $0) } }
  }

  /// In the order of the requirements, those without rows left out.
  let exclusions: [Exclusion]
  /// Rows that lack each variable, whatever else they lack; same order.
  let missingByVariable: [Exclusion]

  init(rows: [Int32], rowCount: Int, exclusions: [Exclusion], missingByVariable: [Exclusion]) {
    selected = rows
    count = rows.count
    self.rowCount = rowCount
    self.exclusions = exclusions
    self.missingByVariable = missingByVariable
  }

  /// The same rows in another order, which everything that is gathered then has.
  func arranged(_ rows: [Int32]) -> CompleteCases {
    CompleteCases(
      rows: rows, rowCount: rowCount, exclusions: exclusions, missingByVariable: missingByVariable)
  }

  var excludedCount: Int { rowCount - count }

  init(rowCount: Int, requirements: [Requirement]) {
    let lacking = requirements.indices.filter { requirements[$0].isMissing.prefix(rowCount).contains(true) }
    var first = [Int](repeating: 0, count: requirements.count)
    var any = first
    // In most tables nothing is missing, and nothing needs to be noted by row.
    var isLeftOut = [Bool](repeating: false, count: lacking.isEmpty ? 0 : rowCount)
    for index in lacking {
      let isMissing = requirements[index].isMissing
      for row in 0..<min(rowCount, isMissing.count) where isMissing[row] {
        any[index] += 1
        if !isLeftOut[row] {
          isLeftOut[row] = true
          first[index] += 1
        }
      }
    }
    if lacking.isEmpty {
      selected = nil
      count = rowCount
    } else {
      let rows = isLeftOut.indices.filter { !isLeftOut[$0] }.map { Int32(truncatingIfNeeded: $0) }
      selected = rows
      count = rows.count
    }
    self.rowCount = rowCount
    func list(_ counts: [Int]) -> [Exclusion] {
      zip(requirements, counts).filter { $1 > 0 }.map {
        Exclusion(label: $0.label, count: $1, printed: $0.printed)
      }
    }
    exclusions = list(first)
    missingByVariable = list(any)
  }

  /// The usable rows' elements, without looking at a row where all are.
  func gathered<Element>(_ values: [Element]) -> [Element] {
    selected.map { values.gathered($0) } ?? values
  }

  /// What to look at when no row is left.
  var remedyForNoRows: String {
    missingByVariable.isEmpty
      ? "look at the conditions under 'where:'"
      : "look at the columns with missing values: \(missingByVariable.map(\.label).joined(separator: ", "))"
  }

  /// "222 left out for missing values (Chromogranin A 140, Alkaline phosphatase 77)", or `nil` when none is.
  func note(count: (Int) -> String) -> String? {
    guard excludedCount > 0 else { return nil }
    let parts = missingByVariable.map { "\($0.words) \(count($0.count))" }.joined(separator: ", ")
    return
      "\(count(excludedCount)) \(excludedCount == 1 ? "row" : "rows") left out for missing values (\(parts))"
  }
}
