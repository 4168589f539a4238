// Patients behind rows, where one patient may have several.

import DataTables
import ModelFormula
import Survival

/// Which patient each row of an analysis belongs to.
struct PatientCodes: Sendable {
  /// One per row; rows without an id are each a patient of their own.
  private let codes: [Int32]
  private let patientCount: Int

  init(_ column: Column, rows: [Int32]) {
    var codes =
      column.type.hasLevels
      ? column.factorCodes().gathered(rows) : DistinctValues(column.numbers().gathered(rows)).codes
    var next = (codes.max() ?? -1) + 1
    for row in codes.indices where codes[row] < 0 {
      codes[row] = next
      next += 1
    }
    self.codes = codes
    patientCount = Int(next)
  }

  /// Of the column, if one is given, else of clusters that can be patients; `nil` where rows are all that is known.
  static func of(
    _ column: Column?, _ clusters: GroupCodes?, _ columns: SurvivalColumns, rows: [Int32]
  ) -> PatientCodes? {
    if let column { return PatientCodes(column, rows: rows) }
    guard let clusters, let entry = columns.entry else { return nil }
    return PatientCodes(clusters, entry: entry.gathered(rows), time: columns.time.gathered(rows))
  }

  /// Clusters of follow-up in pieces, if they can be patients: nobody is in two rows at once. Centres are not.
  init?(_ clusters: GroupCodes, entry: [Double], time: [Double]) {
    let codes = clusters.codes
    guard codes.count == entry.count, codes.count == time.count else { return nil }
    let order = codes.indices.sorted { left, right in
      (codes[left], entry[left], time[left], left) < (codes[right], entry[right], time[right], right)
    }
    for (row, next) in zip(order, order.dropFirst()) where codes[row] == codes[next] {
      if entry[next] < time[row] { return nil }
    }
    self.codes = codes
    patientCount = clusters.names.count
  }

  /// Patients with at least one of the rows.
  func count(where belongs: (Int) -> Bool = { _ in true }) -> Int {
    var isSeen = [Bool](repeating: false, count: patientCount)
    var count = 0
    for row in codes.indices {
      let code = Int(codes[row])
      guard isSeen.indices.contains(code), !isSeen[code], belongs(row) else { continue }
      isSeen[code] = true
      count += 1
    }
    return count
  }
}

extension PatientCodes {
  /// What a column of counts is called: rows are not patients where follow-up comes in pieces.
  static func heading(_ patients: PatientCodes?, hasEntry: Bool, usual: String = "N") -> String {
    patients != nil ? "Patients" : hasEntry ? "Rows" : usual
  }
}
